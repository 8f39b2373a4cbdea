#!/usr/bin/env python3
"""Cuts workbooks into their parts, as the target `parts` of the fuzzer wants them: fuzz_parts.py FROM TO."""
import sys
import zipfile
from pathlib import Path

source, target = Path(sys.argv[1]), Path(sys.argv[2])
PLACES = {"sharedStrings.xml": 1, "styles.xml": 2, "workbook.xml": 3, "workbook.xml.rels": 4, "content.xml": 5}
for path in sorted(source.iterdir()):
    if not zipfile.is_zipfile(path):
        continue
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            last = name.rsplit("/", 1)[-1]
            place = PLACES.get(last)
            if place is None and "worksheets/" in name and "_rels" not in name:
                place = 7 if last.endswith(".bin") else 0
            if place is not None:
                data = archive.read(name)
                (target / f"{path.stem}_{last}").write_bytes(bytes([place]) + data[:100_000])
