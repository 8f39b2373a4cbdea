#!/usr/bin/env bash
# Brings the system packages that Larder needs on Debian and Ubuntu, and nothing when all are there.
# usage: tests/packages.sh run|test|package|windows
set -eu
build="build-essential pkg-config curl ca-certificates libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev mold clang"
# What the tests of the real window need on top: a screen, a window manager, a driver, a mouse and a camera.
screens="webkit2gtk-driver xvfb xdotool openbox dbus-x11 imagemagick x11-utils python3 python3-venv python3-gi gir1.2-gtk-3.0 fonts-dejavu-core xclip"
# Real servers that a shelf is held to. Only programs: nothing of them goes on running.
servers="apache2-bin"
# A clock that is years off.
clocks="faketime"
wanted="$build"
# What trying out packages needs on top of that.
packages="rpm desktop-file-utils libglib2.0-bin"
case "${1:-run}" in
  test) wanted="$build $screens $servers $clocks" ;;
  package) wanted="$build $screens $servers $clocks $packages" ;;
  # The rest of what is needed there goes into a small Debian of its own.
  windows) wanted="debootstrap debian-archive-keyring ca-certificates" ;;
esac

command -v apt-get >/dev/null 2>&1 || { echo "This is not Debian or Ubuntu: install the like of: $wanted"; exit 0; }

here() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }
missing=""
for name in $wanted; do
  here "$name" || missing="$missing $name"
done
# Node comes from the system only where there is none at all; whether it is new enough, tests/toolchain.sh says.
command -v npm >/dev/null 2>&1 || missing="$missing nodejs npm"
[ -z "$missing" ] && exit 0

echo "Installing:$missing"
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -q
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
