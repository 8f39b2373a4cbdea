#!/usr/bin/env bash
# What tests/windows.sh runs in its small Debian: builds for Windows, and runs under Wine what was built.
set -eu
cd "$(dirname "$0")/.."
rooms=${*:-model formats tables catalog shelf actions cli}
windows=x86_64-pc-windows-gnu
export CARGO_TARGET_DIR=/build CARGO_INCREMENTAL=0 CARGO_BUILD_TARGET=$windows
# Debian's compiler has no standard library for Windows, and building one is still called unstable.
export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort,panic_unwind
# The linker that .cargo/config.toml names is not here.
export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=cc CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=cc
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=/usr/lib/wine/wine64
# No desktop, no browser, no .NET, and none of Wine's own remarks.
export WINEPREFIX=/build/wine WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" XDG_RUNTIME_DIR=/tmp

# The standard library is not what is tested: it is built fast, and without debug information.
how=(--locked --config profile.dev.debug=0)
for part in core alloc std hashbrown memchr; do
  how+=(--config "profile.dev.package.$part.opt-level=3")
done
if [ $# = 0 ]; then
  cargo build "${how[@]}" -p larder-cli -p larder-desktop
fi
picked=()
for room in $rooms; do
  picked+=(-p "larder-$room")
done
cargo test "${how[@]}" "${picked[@]}" --lib --bins --tests --no-run

# One server for all programs, instead of one that starts anew for each. It ends with everything else here.
/usr/lib/wine/wine64 wineboot --init >/dev/null 2>&1
/usr/lib/wine/wineserver64 --persistent || true
cargo test "${how[@]}" "${picked[@]}" --lib --bins --tests --no-fail-fast
