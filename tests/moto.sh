#!/usr/bin/env bash
# Brings the S3 storage that tests of places run against, and says where its program is.
# It is installed once, into a folder of its own below target; after that nothing needs a network.
set -eu
cd "$(dirname "$0")/.."
tools="moto==5.2.5 flask==3.1.3 flask-cors==6.0.5 PyYAML==6.0.4 py-partiql-parser==0.6.3"
venv=${CARGO_TARGET_DIR:-target}/tools/moto
mkdir -p "$(dirname "$venv")"
# Several tests may want it at once: one of them brings it.
exec 9>"$venv.lock"
flock 9
if [ "$(cat "$venv/tools.txt" 2>/dev/null)" != "$tools" ]; then
  rm -rf "$venv"
  command -v python3 >/dev/null || { echo "There is no Python here: install python3 and python3-venv." >&2; exit 1; }
  python3 -m venv "$venv" >&2 || { echo "Python makes no venv here: install python3-venv." >&2; exit 1; }
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --retries 2 --timeout 30 $tools >&2 \
    || { echo "pip does not bring $tools: the first run of the tests needs a network." >&2; exit 1; }
  echo "$tools" >"$venv/tools.txt"
fi
realpath "$venv/bin"
