#!/usr/bin/env python3
"""Reads a file with another loader, which is told nothing about it, and prints standard CSV.

    pollock_peers.py PEER FILE               prints what the peer made of one file
    pollock_peers.py PEER --all FOLDER OUT   does so for every file in FOLDER, into files of that name in OUT

The first form is for `pollock score FOLDER python3 pollock_peers.py PEER`, the second, which starts Python
only once, for `pollock outputs FOLDER OUT`. A file the peer cannot read has no output.

Peers: python (csv module with its sniffer), clevercsv, pandas (separator guessed), duckdb and
frictionless. Needs the packages of pollock_peers.txt beside this script, or those of the peers
that are asked for.
"""

import csv
import io
import os
import sys


def printed(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def text_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return file.read()


def read_python(path):
    text = text_of(path)
    dialect = csv.Sniffer().sniff(text)
    return printed(csv.reader(io.StringIO(text, newline=""), dialect))


def read_clevercsv(path):
    import clevercsv

    text = text_of(path)
    dialect = clevercsv.Sniffer().sniff(text)
    return printed(clevercsv.reader(io.StringIO(text, newline=""), dialect))


def read_pandas(path):
    import pandas

    frame = pandas.read_csv(path, sep=None, engine="python", dtype=str, on_bad_lines="skip")
    return frame.to_csv(index=False, lineterminator="\n")


def read_duckdb(path):
    import duckdb

    # The lenient options of DuckDB's own entry in the benchmark; none of them is about the file.
    options = {"strict_mode": False, "ignore_errors": True, "null_padding": True}
    with duckdb.connect() as connection:
        frame = connection.read_csv(path, **options).df()
    return frame.to_csv(index=False, lineterminator="\n")


def read_frictionless(path):
    from frictionless import Resource

    # Paths outside the working directory are refused unless they are trusted.
    folder, name = os.path.split(os.path.abspath(path))
    with Resource(path=name, basepath=folder) as resource:
        return printed(resource.cell_stream)


PEERS = {
    "python": read_python,
    "clevercsv": read_clevercsv,
    "pandas": read_pandas,
    "duckdb": read_duckdb,
    "frictionless": read_frictionless,
}


def read_all(read, folder, out):
    os.makedirs(out, exist_ok=True)
    failed = 0
    for name in sorted(os.listdir(folder)):
        target = os.path.join(out, name)
        try:
            text = read(os.path.join(folder, name))
        except Exception as error:  # whatever a peer raises, it has not read the file
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
            if os.path.exists(target):
                os.remove(target)
            continue
        with open(target, "w", newline="", encoding="utf-8") as file:
            file.write(text)
    print(f"{failed} files not read", file=sys.stderr)


def main(words):
    if len(words) == 2 and words[0] in PEERS:
        sys.stdout.write(PEERS[words[0]](words[1]))
    elif len(words) == 4 and words[0] in PEERS and words[1] == "--all":
        read_all(PEERS[words[0]], words[2], words[3])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
