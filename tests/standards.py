#!/usr/bin/env python3
"""Holds published packages against the standard's own tool, and their files against each other.

    tests/standards.py FOLDER...     each a package, or a folder that holds packages somewhere below

For every folder with a datapackage.json: `frictionless validate` without an error or a warning; what the profile of Data
Package 2.0 asks for and the tool passes over (patterns, lists that may not be empty, licence, contributor); sizes and
hashes; Parquet's types; and that csv, Parquet and workbook hold the same rows. Exit code 1 if anything is wrong.

The tools are installed once into tests/.venv; after that nothing needs a network.
"""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import venv
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from math import isclose
from pathlib import Path

HOME = Path(__file__).resolve().parent / ".venv"
TOOLS = ["frictionless==5.21.0", "openpyxl==3.1.5", "pyarrow==26.0.1"]
CELL_UNITS = 32_767
MOMENT = timedelta(milliseconds=1)
ARROW = {
    "integer": "int64", "number": "double", "percent": "double", "boolean": "bool", "date": "date32[day]",
    "date_time": "timestamp[us]", "time": "time64[us]", "duration": "duration[us]",
}


def python():
    """The interpreter that has the tools; they are installed where they are missing or of other versions."""
    bin_folder = HOME / ("Scripts" if os.name == "nt" else "bin")
    stamp = HOME / "standards.txt"
    if not stamp.exists() or stamp.read_text() != "\n".join(TOOLS):
        venv.create(HOME, with_pip=True)
        subprocess.run([bin_folder / "python", "-m", "pip", "install", "--quiet", *TOOLS], check=True)
        stamp.write_text("\n".join(TOOLS))
    return bin_folder / "python"


def frictionless_faults(folder):
    """Errors and warnings of the tool itself, at every level of its report."""
    run = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"], cwd=folder, capture_output=True, text=True)
    try:
        report = json.loads(run.stdout)
    except ValueError:
        yield f"frictionless: {(run.stdout + run.stderr).strip()[-400:]}"
        return
    for level in [report, *report.get("tasks", [])]:
        for kind in ("errors", "warnings"):
            for fault in level.get(kind, []):
                yield f"frictionless: {level.get('name', 'package')}: {fault.get('message', fault) if isinstance(fault, dict) else fault}"
    if run.returncode != 0 or not report.get("valid"):
        yield f"frictionless: not valid, exit {run.returncode}"


def no_double_keys(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError(f"a name twice: {names}")
    return dict(pairs)


def profile_faults(package):
    """What the profile asks for and the tool does not notice."""
    if package.get("$schema") != "https://datapackage.org/profiles/2.0/datapackage.json":
        yield "it does not name the profile of Data Package 2.0"
    for name in ("name", "title", "version", "created", "licenses", "contributors", "resources"):
        if not package.get(name):
            yield f"no {name}"
    if not isinstance(package.get("version"), str):
        yield "its version is not text"
    for name in ("keywords", "sources", "contributors", "licenses", "resources"):
        if name in package and not (isinstance(package[name], list) and package[name]):
            yield f"{name} is no list, or an empty one"
    for license_ in package.get("licenses", []):
        if not ("name" in license_ or "path" in license_) or not license_.get("title"):
            yield "a licence without a name or path, or without a title"
    for someone in package.get("contributors", []):
        if not someone.get("title") or not someone.get("roles"):
            yield "a contributor without a title or roles"
    names = [resource.get("name") for resource in package.get("resources", [])]
    if len(set(names)) != len(names):
        yield f"two resources of one name: {names}"
    for name in [package.get("name"), *names]:
        if not re.fullmatch(r"[-a-z0-9._/]+", name or ""):
            yield f"{name!r} is not a name"


def bytes_faults(folder, package):
    for resource in package.get("resources", []):
        path = resource["path"]
        if not re.fullmatch(r"(?!\.\.?/)[^/\\:]+(/(?!\.\.?/)[^/\\:]+)*", path):
            yield f"{path!r} is not a safe path"
            continue
        content = (folder / path).read_bytes()
        if len(content) != resource.get("bytes") or f"sha256:{hashlib.sha256(content).hexdigest()}" != resource.get("hash"):
            yield f"{path}: another size or hash than told"
    for license_ in package.get("licenses", []):
        if not (folder / license_.get("path", "")).is_file():
            yield f"no file {license_.get('path')}"


def from_csv(text, kind):
    """The value that a cell of the csv stands for."""
    if text == "":
        return None
    match kind:
        case "integer":
            return int(text)
        case "number" | "percent":
            return float(text)
        case "money":
            return Decimal(text)
        case "boolean":
            return {"true": True, "false": False}[text]
        case "date":
            return date.fromisoformat(text)
        case "date_time":
            return datetime.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
        case "duration":
            sign, hours, minutes, seconds = re.fullmatch(r"(-?)PT(\d+)H(\d+)M([\d.]+)S", text).groups()
            length = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
            return -length if sign else length
    return text


def units(text):
    return len(text.encode("utf-16-le")) // 2


def same_in_workbook(value, cell, kind, text):
    """Whether a cell of the workbook is this value, or its text where Excel cannot hold it."""
    from openpyxl.utils.escape import unescape

    if isinstance(cell, str):
        cell = unescape(cell)
        if units(text) > CELL_UNITS:
            return cell.endswith("…") and text.startswith(cell[:-1])
        outside = kind in ("integer", "money") and abs(value) >= 10**13 or kind in ("date", "date_time") and value.year < 1901
        return cell == text and (outside or not isinstance(value, (int, float, Decimal, date, datetime, time)))
    if value is None or cell is None:
        return value is None and cell is None
    if isinstance(value, bool) or isinstance(cell, bool):
        return value is cell
    if isinstance(value, datetime):
        return isinstance(cell, datetime) and abs(cell - value) <= MOMENT
    if isinstance(value, date):
        return isinstance(cell, datetime) and cell == datetime(value.year, value.month, value.day)
    if isinstance(value, timedelta):
        # Excel has no type for it: openpyxl tells one by the cell's format, short ones as times of day.
        if isinstance(cell, time):
            cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
        return isinstance(cell, timedelta) and abs(cell - value) <= MOMENT
    if isinstance(value, time):
        # Midnight and times close to it come back as other types.
        start = datetime(2000, 1, 1)
        found = cell if isinstance(cell, timedelta) else timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
        return abs((datetime.combine(start, value) - start) - found) <= MOMENT
    return isinstance(cell, (int, float)) and isclose(float(value), float(cell), rel_tol=1e-15)


def workbook_rows(folder, width):
    """Rows of all sheets after the one about it, names left out."""
    import openpyxl

    files = sorted(folder.glob("*.xlsx"))
    if not files:
        return
    book = openpyxl.load_workbook(files[0], read_only=True)
    for name in book.sheetnames[1:]:
        for row in book[name].iter_rows(min_row=2, max_col=width, values_only=True):
            yield tuple(row) + (None,) * (width - len(row))
    book.close()


def rows_faults(folder, resource):
    """csv, Parquet and workbook against each other, cell by cell."""
    import pyarrow.parquet as parquet

    fields = resource["schema"]["fields"]
    kinds = [field["kind"] for field in fields]
    path = folder / resource["path"]
    with path.open(encoding="utf-8", newline="") as file:
        csv.field_size_limit(1 << 30)
        header, *lines = csv.reader(file)
    if header != [field["name"] for field in fields]:
        yield f"{path.name}: other names than the schema"
    if path.read_bytes()[:3] == b"\xef\xbb\xbf":
        yield f"{path.name}: begins with a byte order mark"
    table = parquet.read_table(path.with_suffix(".parquet"))
    for field, kind, found in zip(fields, kinds, table.schema):
        wanted = ARROW.get(kind, "decimal128(18," if kind == "money" else "string")
        if found.name != field["name"] or not str(found.type).replace(" ", "").startswith(wanted):
            yield f"Parquet: {found.name} is {found.type}, not {wanted}"
    columns = [column.to_pylist() for column in table.columns]
    if table.num_rows != len(lines):
        yield f"{len(lines)} rows in csv, {table.num_rows} in Parquet"
        return
    for number, (line, cells) in enumerate(zip_longest(lines, workbook_rows(folder, len(fields))), 1):
        if line is None:
            yield f"row {number} is in the workbook only"
            return
        for place, (text, kind) in enumerate(zip(line, kinds)):
            try:
                value = from_csv(text, kind)
            except (KeyError, ValueError, InvalidOperation):
                yield f"row {number}, {header[place]}: {text!r} in csv is no {kind}"
                return
            if columns[place][number - 1] != value:
                yield f"row {number}, {header[place]}: {text!r} in csv, {columns[place][number - 1]!r} in Parquet"
                return
            # A workbook ends with its last filled row; what comes after is empty.
            cell = cells[place] if cells else None
            if not same_in_workbook(value, cell, kind, text):
                yield f"row {number}, {header[place]}: {text!r} in csv, {cell!r} in the workbook"
                return


def faults_of(folder):
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"), object_pairs_hook=no_double_keys)
    except ValueError as error:
        return [f"datapackage.json: {error}"]
    faults = [*frictionless_faults(folder), *profile_faults(package), *bytes_faults(folder, package)]
    tables = [resource for resource in package.get("resources", []) if resource.get("type") == "table"]
    if (folder / "data").exists() and len(tables) != 1:
        faults.append(f"{len(tables)} tables are described, not one")
    for resource in tables:
        faults += rows_faults(folder, resource)
    return faults


def main(arguments):
    if not arguments:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    folders = sorted({file.parent for argument in arguments for file in Path(argument).rglob("datapackage.json")})
    if not folders:
        print(f"no datapackage.json under {', '.join(arguments)}", file=sys.stderr)
        return 1
    bad = 0
    for folder in folders:
        faults = faults_of(folder)
        bad += bool(faults)
        print(f"{'FAIL' if faults else 'ok  '} {folder.name}")
        for fault in faults:
            print(f"     {fault}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    if Path(sys.prefix).resolve() != HOME.resolve():
        sys.exit(subprocess.run([python(), "-B", __file__, *sys.argv[1:]]).returncode)
    sys.exit(main(sys.argv[1:]))
