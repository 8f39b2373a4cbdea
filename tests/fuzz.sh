#!/usr/bin/env bash
# Reads bytes that nobody meant, minute after minute, and keeps those that a reader stumbles over.
# usage: tests/fuzz.sh [MINUTES] [TARGET...]      10 minutes over all of text archive parts xls markup described locked sealed
#                                        records lists names invited listings addresses
# A stumble lies in tests/artifacts/fuzz/<target>/crash-*; it becomes a fixture and a test before it is mended.
set -eu
cd "$(dirname "$0")/.."
minutes=${1:-10}
shift || true
targets=${*:-text archive parts xls markup described locked sealed records lists names invited listings addresses}
count=$(wc -w <<<"$targets")
seconds=$((minutes * 60 / count))
out=$PWD/tests/artifacts/fuzz
# libFuzzer is told which branches are new by what the compiler counts; the same options in every version of it.
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
host=$(rustc -vV | sed -n 's/^host: //p')
# The crates are those of the workspace.
cp Cargo.lock tests/fuzz/Cargo.lock
cargo build --release --manifest-path tests/fuzz/Cargo.toml --target "$host" --target-dir target/fuzz
unset RUSTFLAGS
stumbled=""
for target in $targets; do
  mkdir -p "$out/$target" "$out/corpus/$target"
  case $target in
  text) seeds="tests/fixtures/corpus/known/csv_* tests/fixtures/corpus/known/txt_* tests/fixtures/corpus/known/tsv_*" ;;
  archive) seeds="tests/fixtures/corpus/known/xlsx_* tests/fixtures/corpus/known/xlsb_* tests/fixtures/corpus/known/ods_* tests/fixtures/corpus/known/zip_*" ;;
  xls) seeds="tests/fixtures/corpus/known/xls_* tests/fixtures/formats/*.xls" ;;
  markup) seeds="tests/fixtures/corpus/known/html_* tests/fixtures/corpus/known/xml_* tests/fixtures/corpus/known/fods_*" ;;
  parts) seeds="" ;;
  locked) seeds="tests/fixtures/formats/locked/*" ;;
  sealed) seeds="tests/fixtures/shelves/v2/larder-data/w/*/b/*/*" ;;
  described) seeds="tests/fixtures/formats/described/*/*" ;;
  records | lists | names | invited | listings | addresses) seeds="tests/fixtures/fuzz/$target/*" ;;
  esac
  rm -rf "$out/seeds/$target"
  mkdir -p "$out/seeds/$target"
  for seed in $seeds; do
    # Beside the files of the corpus lies what is expected of them.
    case $seed in
    */known/*.json) ;;
    *) cp "$seed" "$out/seeds/$target/$(tr / _ <<<"$seed")" ;;
    esac
  done
  case $target in
  parts) tests/fuzz_parts.py tests/fixtures/corpus/known "$out/seeds/parts" ;;
  records | lists) tests/fuzz_shelf.py "$target" tests/fixtures/shelves "$out/seeds/$target" ;;
  esac
  echo "$target: $seconds s"
  # Plain text is cut every few hundred bytes, so more of it says nothing new and only takes longer.
  case $target in text) longest=16384 ;; *) longest=131072 ;; esac
  # Nothing may take ten seconds or a gigabyte.
  "target/fuzz/$host/release/$target" "$out/corpus/$target" "$out/seeds/$target" \
    -max_total_time="$seconds" -rss_limit_mb=1024 -malloc_limit_mb=800 -timeout=10 -max_len="$longest" \
    -artifact_prefix="$out/$target/" -print_final_stats=1 2>"$out/$target.log" ||
    { tail -n 40 "$out/$target.log"; stumbled="$stumbled $target"; }
  grep -E "stat::number_of_executed_units|stat::peak_rss_mb" "$out/$target.log" | paste -sd ' '
done
# The others are read to the end all the same.
[ -z "$stumbled" ] || { echo "stumbled:$stumbled" >&2; exit 1; }
