#!/usr/bin/env bash
# Holds folders on OpenSSH's server: brings the program once, then runs the tests that need it. It is not installed, so
# nothing goes on listening.
set -eu
cd "$(dirname "$0")/.."
tools=$(realpath -m "${CARGO_TARGET_DIR:-target}/tools")
if [ ! -x "$tools/openssh/usr/sbin/sshd" ] && [ ! -x /usr/sbin/sshd ]; then
  fresh=$(mktemp -d)
  trap 'rm -rf "$fresh"' EXIT
  (cd "$fresh" && apt-get -q download openssh-server libwrap0)
  mkdir -p "$tools/openssh"
  for package in "$fresh"/*.deb; do
    dpkg -x "$package" "$tools/openssh"
  done
fi
LARDER_TOOLS=$tools cargo test --locked -p larder-shelf places::real::sftp -- --include-ignored --nocapture --test-threads 2
