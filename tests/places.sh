#!/usr/bin/env bash
# Holds shelves on more servers than `make test` does: brings them once, then runs every test that needs one. Nothing is
# installed where it goes on listening, except that Debian's nginx, lighttpd and Syncthing are packages, whose services are
# not started.
set -eu
cd "$(dirname "$0")/.."
tools=$(realpath -m "${CARGO_TARGET_DIR:-target}/tools")
mkdir -p "$tools"
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
missing=""
for name in nginx libnginx-mod-http-dav-ext lighttpd lighttpd-mod-webdav rclone syncthing; do
  dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $name"
done
if [ -n "$missing" ]; then
  echo "Installing:$missing"
  $sudo apt-get update -q
  # Their services are not to start: the tests start them, on ports of their own.
  printf '#!/bin/sh\nexit 101\n' | $sudo tee /usr/sbin/policy-rc.d >/dev/null
  $sudo chmod 755 /usr/sbin/policy-rc.d
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
  $sudo rm -f /usr/sbin/policy-rc.d
fi
if [ ! -x "$tools/openssh/usr/sbin/sshd" ] && [ ! -x /usr/sbin/sshd ]; then
  fresh=$(mktemp -d)
  trap 'rm -rf "$fresh"' EXIT
  (cd "$fresh" && apt-get -q download openssh-server libwrap0)
  mkdir -p "$tools/openssh"
  for package in "$fresh"/*.deb; do
    dpkg -x "$package" "$tools/openssh"
  done
fi
if [ "$("$tools/bin/s3s-fs" --version 2>/dev/null)" != "s3s-fs 0.14.1" ]; then
  cargo install --locked --root "$tools" s3s-fs --version 0.14.1 --features binary
fi
if [ "$("$tools/bin/dufs" --version 2>/dev/null)" != "dufs 0.47.0" ]; then
  cargo install --locked --root "$tools" dufs --version 0.47.0
fi
if [ ! -x "$tools/places-venv/bin/wsgidav" ]; then
  python3 -m venv "$tools/places-venv"
  "$tools/places-venv/bin/python" -m pip install -q --disable-pip-version-check wsgidav==4.4.0 cheroot==11.1.2
fi
LARDER_TOOLS=$tools cargo test --locked -p larder-shelf places::real -- --include-ignored --nocapture --test-threads 2
