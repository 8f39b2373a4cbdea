#!/usr/bin/env bash
# How fast Larder is and how much memory it takes, beside its peers: one table, and tests/artifacts/bench.json.
# usage: tests/bench.sh [--quick] [--record] [--only WORD]
#   --quick   small sizes and the debug build: shows that everything works, not how fast it is
#   --record  keeps the ratios in tests/bench-last.json, against which later runs are held
#   --only    the works whose name holds the word: first-rows csv xlsx large-csv large-xlsx ods
#             xlsb xls head-… choice publish search moved poll first-sync sample core terminal window
# `make bench` builds the programs first that this starts.
set -eu
cd "$(dirname "$0")/.."
venv=tests/.bench-venv
peers="polars==2.1.0 fastexcel==0.21.0 duckdb==2.0.0 python-calamine==0.9.1 xlwt==1.3.0"

profile=--release
for word in "$@"; do
  [ "$word" != --quick ] || profile=
done

# The peers, each in its version; without a network only those that are here already.
python=
if command -v python3 >/dev/null; then
  if [ "$(cat "$venv/peers.txt" 2>/dev/null)" = "$peers" ]; then
    python=$venv/bin/python
  elif rm -rf "$venv" && python3 -m venv "$venv" 2>/dev/null \
    && "$venv/bin/python" -m pip install -q --disable-pip-version-check --retries 1 --timeout 20 $peers; then
    echo "$peers" >"$venv/peers.txt"
    python=$venv/bin/python
  else
    echo "peers not measured: pip does not bring them" >&2
  fi
else
  echo "peers not measured: there is no Python here" >&2
fi

cargo build --locked $profile -q --workspace --bins
exec "${CARGO_TARGET_DIR:-target}/$([ -n "$profile" ] && echo release || echo debug)/bench" ${python:+--peers "$python"} "$@"
