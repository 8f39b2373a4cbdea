#!/usr/bin/env bash
# Scores Larder and other readers on spoilt csv files (Vitagliano et al., "Pollock: A Data Loading Benchmark", PVLDB 2023).
# The reports lie in tests/artifacts/pollock. `make pollock` builds first.
set -eu
cd "$(dirname "$0")/.."
out=tests/artifacts/pollock
venv=tests/.pollock-venv
rm -rf "$out"
mkdir -p "$out"
cargo build --locked --release -q --workspace --bins
pollock=target/release/pollock
"$pollock" generate "$out/files"
"$pollock" score "$out/files" target/release/larder convert '{}' --raw >"$out/larder.txt"
echo "larder: $(tail -n 2 "$out/larder.txt" | paste -sd ' ')"
# The peers need a network once.
if [ ! -x "$venv/bin/python" ] && ! { python3 -m venv "$venv" && "$venv/bin/python" -m pip install -q -r tests/pollock_peers.txt; }; then
  rm -rf "$venv"
  echo "peers not measured: pip does not bring them" >&2
  exit 0
fi
for peer in python clevercsv pandas duckdb frictionless; do
  "$venv/bin/python" tests/pollock_peers.py "$peer" --all "$out/files/csv" "$out/$peer" >/dev/null 2>&1 || true
  "$pollock" outputs "$out/files" "$out/$peer" >"$out/$peer.txt"
  echo "$peer: $(tail -n 2 "$out/$peer.txt" | paste -sd ' ')"
done
