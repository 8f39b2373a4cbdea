#!/usr/bin/env bash
# Holds buckets on more storages than `make test` does: brings them once, then runs the tests that need them.
set -eu
cd "$(dirname "$0")/.."
tools=$(realpath -m "${CARGO_TARGET_DIR:-target}/tools")
if [ "$("$tools/bin/s3s-fs" --version 2>/dev/null)" != "s3s-fs 0.14.1" ]; then
  cargo install --locked --root "$tools" s3s-fs --version 0.14.1 --features binary
fi
LARDER_TOOLS=$tools exec cargo test --locked -p larder-shelf places::real::s3 -- --include-ignored --nocapture
