#!/usr/bin/env python3
"""Takes kept shelves apart, as the targets of the fuzzer that read shelves want them: fuzz_shelf.py TARGET SHELVES TO."""
import json
import sys
from pathlib import Path

target, shelves, to = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
# In the order of the target: the first byte of a seed.
KINDS = "head release roster cosign card join rules request answer withdraw founding review receipt".split()
HASH, WRITER, SHELF, AT = "ab" * 32, "a" * 26, "cd" * 32, "2026-03-03T07:40:00+01:00"
COMMON = {"protocol": 1, "shelf": SHELF, "at": AT}
# What stands on no kept shelf.
MADE = [
    ("cosign", COMMON | {"roster": HASH}),
    ("withdraw", COMMON | {"request": HASH}),
    ("receipt", {"protocol": 1, "shelf": SHELF, "note": "YWdl"}),
    ("review", COMMON | {"reviews": [{"product": "p", "release": HASH, "at": AT}]}),
    ("rules", COMMON | {"v": 1, "prev": [], "rosters": [HASH], "rules": {
        "required": ["has_title"], "publishers": "members", "retention_days": 30, "max_size_bytes": 1000,
        "kinds": ["csv", "xlsx"], "review_days": 90, "receipts": True, "min_version": "0.1.0"}}),
    ("release", COMMON | {"product": "p", "n": 2, "parents": [HASH], "seq": 3, "title": "Sales", "state": "retired",
                          "reason": "old", "successor": "q", "keep_until": AT, "about": {"a": [1, 2.5, "x", None]}}),
    ("release", COMMON | {"protocol": 2, "product": "p", "n": 1, "parents": [], "seq": 3, "title": "", "state": "live",
                          "list": HASH, "list_size": 9, "files": 1, "bytes": 9, "rows": 1, "sealed": True,
                          "keyring": HASH, "keyring_size": 9, "owner": "anna", "how_to_ask": "by telephone"}),
    ("head", COMMON | {"seq": 2, "content": 1, "prev": [HASH], "app": "larder 1", "products": {"p": [HASH]},
                       "card": HASH, "messages": [HASH], "gov": [HASH], "seen": {WRITER: {"seq": 4, "at": AT}},
                       "seen_at": AT, "gc_plan": [f"b/ab/{HASH}", "h/00000001-0123456789abcdef.rec"]}),
]
FILE = {"name": "data/a.csv", "parts": [[HASH, 3], [HASH, 4]], "size": 7, "sha256": HASH, "type": "text/csv"}
SEALED = {"name": "a.csv", "type": "text/csv", "size": 3, "sha256": HASH, "parts": [[HASH, 9]], "sealed_size": 9,
          "sealed_sha256": HASH}
LISTS = [
    {"protocol": 1, "files": [FILE]},
    {"protocol": 1, "files": [FILE, FILE | {"name": "B.csv"}]},
    {"protocol": 2, "shelf": SHELF, "product": "p", "n": 1, "writer": WRITER, "title": "Sales", "rows": 3,
     "about": {"a": 1.5}, "recipients": [WRITER], "files": [SEALED]},
]


def put(name, data):
    (to / name).write_bytes(data)


if target == "records":
    for number, (kind, payload) in enumerate(MADE):
        put(f"made_{number}", bytes([KINDS.index(kind)]) + json.dumps(payload, separators=(",", ":")).encode())
    for path in shelves.rglob("*.rec"):
        data = path.read_bytes()
        record = json.loads(data)
        put(f"whole_{path.stem[:24]}", bytes([len(KINDS)]) + data)
        put(f"payload_{path.stem[:24]}", bytes([KINDS.index(record["t"])]) + record["p"].encode())
elif target == "lists":
    for number, made in enumerate(LISTS):
        put(f"made_{number}", json.dumps(made, separators=(",", ":")).encode())
    for path in shelves.rglob("b/*/*"):
        if path.read_bytes()[:12] == b'{"protocol":':
            put(path.name[:24], path.read_bytes())
