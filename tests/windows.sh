#!/usr/bin/env bash
# Builds Larder's programs for Windows and runs the tests of what stands below the window under Wine, on Debian or Ubuntu.
# usage: tests/windows.sh [ROOM...]      all of model formats tables catalog shelf actions cli, and the programs, without any
# A small Debian of its own holds the compiler, its standard library's source, the linker and Wine, as only Debian's own have
# all of them at hand; the computer itself gets no more than debootstrap. It lies in target/tools/windows, is root's, and may
# be removed at any time when nothing runs in it.
set -eu
cd "$(dirname "$0")/.."
suite=trixie
# rustc-web is Debian's newest compiler for a stable release. It brings no standard library for Windows: that is built.
packages="ca-certificates rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix wine64"
root=$(realpath -m "${CARGO_TARGET_DIR:-target}/tools/windows")

[ "$(uname -m)" = x86_64 ] || { echo "Wine runs these programs on processors of their own kind only: x86_64." >&2; exit 1; }
# Everything below is done by root. What is mounted and what runs ends with the namespaces, whatever happens.
if [ "${LARDER_WINDOWS:-}" != mounting ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  # Only what says how to reach a network is carried along.
  exec $sudo env LARDER_WINDOWS=mounting CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}" PATH="$PATH:/usr/sbin:/sbin" \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" \
    unshare --mount --pid --fork --kill-child "tests/$(basename "$0")" "$@"
fi

# inside COMMAND...: runs it in the small Debian.
inside() {
  chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    http_proxy="$http_proxy" https_proxy="$https_proxy" no_proxy="$no_proxy" "$@"
}

# Two at once would build into one folder.
mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9

if [ "$(cat "$root/brought" 2>/dev/null)" != "$suite $packages" ]; then
  command -v debootstrap >/dev/null || { echo "There is no debootstrap here: tests/packages.sh windows brings it." >&2; exit 1; }
  rm -rf --one-file-system "$root"
  # The mirror of this computer, where it is Debian itself.
  mirror=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' | sed -n 's/^Debian Debian //p' | head -n 1)
  debootstrap --variant=minbase "$suite" "$root" $mirror
  apt-config dump Acquire | grep -i proxy >"$root/etc/apt/apt.conf.d/90proxy" || true
fi

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
if [ "$(cat "$root/brought" 2>/dev/null)" != "$suite $packages" ]; then
  inside apt-get update -q
  inside apt-get install -y -q --no-install-recommends $packages
  inside apt-get clean
  echo "$suite $packages" >"$root/brought"
fi
# Whom this computer trusts, the small Debian trusts.
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

# The source can be read there and not be written: what is built stays in the small Debian.
mkdir -p "$root/larder" "$root/build"
mount --bind . "$root/larder"
mount -o remount,bind,ro "$root/larder"
# Except what Tauri notes down beside the window's program at every build.
mount -t tmpfs none "$root/larder/src-tauri/desktop/gen"
inside /larder/tests/windows_inside.sh "$@"
