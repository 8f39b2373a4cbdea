#!/usr/bin/env python3
"""What the peers need for the same work: one work of one peer, in a process of its own. Called by `bench`.

    tests/bench_peers.py WORK ARGUMENT... PEER
    tests/bench_peers.py versions

Says its figures as one line of JSON: {"<row>": {"samples": [seconds...], "peak_bytes": n}}. Importing the peer is not counted.
"""

import importlib
import importlib.metadata
import json
import random
import sqlite3
import sys
from time import perf_counter

PACKAGES = {"polars": ["polars", "fastexcel"], "duckdb": ["duckdb"], "calamine": ["python-calamine"]}
SHARES = [0.05, 0.25, 0.5, 0.75, 0.95]
PAGE_ROWS = 200
BINS = 24


def peak_bytes():
    """The most memory that this process ever had in use; None where the system does not say so in a file."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return None


class Figures:
    def __init__(self):
        self.rows = {}

    def took(self, row, begun, peak=True):
        seconds = perf_counter() - begun
        figure = self.rows.setdefault(row, {"samples": [], "peak_bytes": None})
        figure["samples"].append(seconds)
        if peak:
            figure["peak_bytes"] = peak_bytes()


def as_text(rows):
    """Rows as text, which is how they reach a page."""
    return json.dumps(rows, default=str)


def page_through(figures, row, total, pages, page):
    """Random pages; the same places for every peer."""
    places = random.Random(200)
    for _ in range(pages):
        start = places.randrange(max(1, total - PAGE_ROWS + 1))
        begun = perf_counter()
        as_text(page(start))
        figures.took(row, begun, peak=False)


# polars


def polars_profile(table):
    import polars as pl

    asked = []
    for name, kind in table.schema.items():
        column = pl.col(name)
        asked += [column.count().alias(f"{name} count"), column.n_unique().alias(f"{name} distinct")]
        asked += [column.min().alias(f"{name} min"), column.max().alias(f"{name} max")]
        if kind.is_numeric():
            asked.append(column.mean().alias(f"{name} mean"))
        if kind.is_numeric() or kind.is_temporal():
            asked += [column.quantile(share).alias(f"{name} {share}") for share in SHARES]
    table.lazy().select(asked).collect()
    for name, kind in table.schema.items():
        table.lazy().group_by(name).len().top_k(10, by="len").collect()
        if kind.is_numeric():
            table[name].hist(bin_count=BINS)


def polars_csv(figures, source, out):
    import polars as pl

    begun = perf_counter()
    table = pl.read_csv(source, try_parse_dates=True)
    figures.took("csv-typed", begun)
    polars_profile(table)
    figures.took("csv-profiled", begun)
    begun = perf_counter()
    table.write_parquet(out, compression="zstd", compression_level=3)
    figures.took("parquet", begun)


def polars_xlsx(figures, source):
    import fastexcel  # noqa: F401: what polars reads with, brought in before the clock runs
    import polars as pl

    begun = perf_counter()
    table = pl.read_excel(source, engine="calamine")
    figures.took("xlsx-typed", begun)
    polars_profile(table)
    figures.took("xlsx-profiled", begun)


def polars_large_csv(figures, source):
    import polars as pl

    begun = perf_counter()
    pl.read_csv(source, try_parse_dates=True)
    figures.took("large-csv", begun)


def polars_large_xlsx(figures, source):
    import fastexcel  # noqa: F401: what polars reads with, brought in before the clock runs
    import polars as pl

    begun = perf_counter()
    pl.read_excel(source, engine="calamine")
    figures.took("large-xlsx", begun)


def polars_publish(figures, source, pages):
    import polars as pl

    table = pl.scan_parquet(source)
    total = table.select(pl.len()).collect().item()
    page_through(figures, "page", total, int(pages), lambda start: table.slice(start, PAGE_ROWS).collect().rows())
    numbered = table.with_row_index("row number")
    columns = table.collect_schema().names()
    product, amount = columns[3], columns[7]
    contains = pl.col(product).str.to_lowercase().str.contains("rye", literal=True)
    for name, view in [
        ("sorted", numbered.sort(amount, descending=True, maintain_order=True)),
        ("filtered", numbered.filter(contains)),
        ("both", numbered.filter(contains).sort(amount, descending=True, maintain_order=True)),
    ]:
        begun = perf_counter()
        view.select("row number").collect()
        figures.took(f"view-{name}", begun, peak=False)


# DuckDB


def duckdb_profile(connection):
    names = connection.execute("select column_name, column_type from (describe t)").fetchall()
    asked = []
    for name, kind in names:
        column = '"' + name.replace('"', '""') + '"'
        asked += [f"count({column})", f"count(distinct {column})", f"min({column})", f"max({column})"]
        is_number = any(kind.startswith(begin) for begin in ("BIGINT", "DOUBLE", "DECIMAL", "INTEGER", "HUGEINT"))
        if is_number:
            asked.append(f"avg({column})")
        if is_number or kind in ("DATE", "TIMESTAMP"):
            asked.append(f"quantile_disc({column}, {SHARES})")
    connection.execute(f"select {', '.join(asked)} from t").fetchall()
    for name, kind in names:
        column = '"' + name.replace('"', '""') + '"'
        connection.execute(f"select {column}, count(*) from t group by 1 order by 2 desc limit 10").fetchall()
        if any(kind.startswith(begin) for begin in ("BIGINT", "DOUBLE", "DECIMAL", "INTEGER", "HUGEINT")):
            smallest, largest = connection.execute(f"select min({column}), max({column}) from t").fetchone()
            width = max((float(largest) - float(smallest)) / BINS, 1e-9)
            bars = f"select floor(({column} - {smallest}) / {width}), count(*) from t group by 1"
            connection.execute(bars).fetchall()


def duckdb_csv(figures, source, out):
    import duckdb

    connection = duckdb.connect()
    begun = perf_counter()
    connection.execute("create table t as select * from read_csv(?)", [source])
    figures.took("csv-typed", begun)
    duckdb_profile(connection)
    figures.took("csv-profiled", begun)
    begun = perf_counter()
    path = out.replace("'", "''")
    connection.execute(f"copy t to '{path}' (format parquet, compression zstd, compression_level 3)")
    figures.took("parquet", begun)


def duckdb_large_csv(figures, source):
    import duckdb

    connection = duckdb.connect()
    begun = perf_counter()
    connection.execute("create table t as select * from read_csv(?)", [source])
    figures.took("large-csv", begun)


def duckdb_publish(figures, source, pages):
    import duckdb

    connection = duckdb.connect()
    path = "'" + source.replace("'", "''") + "'"
    total = connection.execute(f"select count(*) from read_parquet({path})").fetchone()[0]

    def page(start):
        return connection.execute(f"select * from read_parquet({path}) limit {PAGE_ROWS} offset {start}").fetchall()

    page_through(figures, "page", total, int(pages), page)
    columns = [row[0] for row in connection.execute(f"describe select * from read_parquet({path})").fetchall()]
    product, amount = columns[3], columns[7]
    numbered = f"select file_row_number from read_parquet({path}, file_row_number = true)"
    contains = f"where contains(lower(\"{product}\"), 'rye')"
    order = f'order by "{amount}" desc, file_row_number'
    for name, rest in [("sorted", order), ("filtered", contains), ("both", f"{contains} {order}")]:
        begun = perf_counter()
        connection.execute(f"create or replace temp table v as {numbered} {rest}")
        figures.took(f"view-{name}", begun, peak=False)


# calamine, from Python


def calamine_xlsx(figures, source):
    from python_calamine import CalamineWorkbook

    begun = perf_counter()
    rows = CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python()
    figures.took("xlsx-typed", begun)
    assert len(rows) > 1


# The till sales as an old workbook


def write_xls(source, target):
    import csv
    import datetime
    import os

    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Till sales")
    styles = {0: xlwt.easyxf(num_format_str="yyyy-mm-dd"), 1: xlwt.easyxf(num_format_str="hh:mm:ss")}
    plain, money = xlwt.Style.default_style, xlwt.easyxf(num_format_str="0.00")
    with open(source, encoding="utf-8", newline="") as file:
        for row, cells in enumerate(csv.reader(file)):
            for column, cell in enumerate(cells):
                if not cell:
                    continue
                if row and column == 0:
                    cell = datetime.date.fromisoformat(cell)
                elif row and column == 1:
                    cell = datetime.time.fromisoformat(cell)
                elif row and column in (5, 6, 7):
                    cell = float(cell)
                style = styles.get(column, money if column in (6, 7) else plain) if row else plain
                sheet.write(row, column, cell, style)
    book.save(target + ".begun")
    os.replace(target + ".begun", target)


# SQLite's own search, ranked


def fts5_search(figures, source):
    with open(source, encoding="utf-8") as file:
        given = json.load(file)
    names = ["title", "columns", "tags", "summary", "people", "area"]
    connection = sqlite3.connect(":memory:")
    tokens = "unicode61 remove_diacritics 2"
    connection.execute(f"create virtual table texts using fts5({', '.join(names)}, prefix='1 2 3', tokenize='{tokens}')")
    texts = ([product[name] for name in names] for product in given["products"])
    connection.executemany(f"insert into texts values ({', '.join('?' * len(names))})", texts)
    connection.commit()
    weights = "10, 6, 5, 3, 2, 1"
    ask = f"select title, summary, area, people from texts where texts match ? order by bm25(texts, {weights}) limit ?"
    for typed in given["typed"]:
        words = ["".join(c for c in word if c.isalnum()) for word in typed.split()]
        query = " AND ".join(f'"{word}"*' for word in words if word)
        begun = perf_counter()
        as_text(connection.execute(ask, [query, given["hits"]]).fetchall() if query else [])
        figures.took("search", begun, peak=False)


WORKS = {
    ("csv", "polars"): polars_csv,
    ("xlsx", "polars"): polars_xlsx,
    ("large-csv", "polars"): polars_large_csv,
    ("large-csv", "duckdb"): duckdb_large_csv,
    ("large-xlsx", "polars"): polars_large_xlsx,
    ("publish", "polars"): polars_publish,
    ("csv", "duckdb"): duckdb_csv,
    ("publish", "duckdb"): duckdb_publish,
    ("xlsx", "calamine"): calamine_xlsx,
    ("search", "fts5"): fts5_search,
}


def versions():
    """The peers that are here."""
    here = {}
    for peer, packages in PACKAGES.items():
        try:
            here[peer] = importlib.metadata.version(packages[0])
            for package in packages:
                importlib.import_module(package.replace("-", "_"))
        except (ImportError, OSError):
            here.pop(peer, None)
    try:
        sqlite3.connect(":memory:").execute("create virtual table t using fts5(a)")
        here["fts5"] = f"of SQLite {sqlite3.sqlite_version}"
    except sqlite3.Error:
        pass
    return here


def main(arguments):
    if arguments == ["versions"]:
        print(json.dumps(versions()))
        return
    if arguments[0] == "xls":
        write_xls(*arguments[1:])
        return
    work, *given, peer = arguments
    figures = Figures()
    WORKS[work, peer](figures, *given)
    print(json.dumps(figures.rows))


main(sys.argv[1:])
