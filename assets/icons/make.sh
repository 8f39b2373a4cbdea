#!/usr/bin/env bash
# Makes the icons of every system from larder.svg. What it makes is committed; run it again after changing the drawing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$here/../../ui/node_modules/.bin/tauri" icon "$here/larder.svg" --output "$made" >/dev/null 2>&1
cp "$made/32x32.png" "$made/64x64.png" "$made/128x128.png" "$made/128x128@2x.png" "$made/icon.png" "$made/icon.ico" "$made/icon.icns" "$here/"
