#!/usr/bin/env bash
# Tries a package as a person meets it: installs it, looks at what it brought, has the desktop open a file with it, and takes
# it off again. A .deb goes on this computer; an .rpm, which is not of this system, into a tree of its own that is searched
# for programs first. Needs to be root or to have sudo, and what tests/packages.sh package brings.
# usage: tests/package_test.sh FILE.deb|FILE.rpm
set -eu
file=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
leashed=""
case $file in
  *.deb)
    package=$(dpkg-deb -f "$file" Package)
    tree=""
    known() { dpkg-query -W "$package" >/dev/null 2>&1; }
    contents() { dpkg-deb -c "$file" | awk '$1 !~ /^d/ {print $6}' | sed -E 's#^(\./)?#/#'; }
    scripts() { dpkg-deb -I "$file" | grep -E '(preinst|postinst|prerm|postrm)' || true; }
    install() { $sudo dpkg -i "$file" || $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -f --no-install-recommends; }
    remove() { $sudo dpkg --purge "$package"; }
    ;;
  *.rpm)
    package=$(rpm -qp --queryformat '%{NAME}' "$file")
    tree=$scratch/tree
    mkdir -p "$tree"
    known() { [ -d "$tree/usr" ] && $sudo rpm --root "$tree" -q "$package" >/dev/null 2>&1; }
    # Folders that it shares with others do not count.
    contents() { rpm -qp --queryformat '[%{FILEMODES:perms} %{FILENAMES}\n]' "$file" | awk '$1 !~ /^d/ {sub(/^[^ ]+ /, ""); print}'; }
    scripts() { rpm -qp --scripts "$file"; }
    # What it needs is named as Fedora and openSUSE name it; here that can only be read.
    install() { rpm -qp --requires "$file" | grep -q webkit2gtk && $sudo rpm --root "$tree" -i --nodeps "$file"; }
    remove() { $sudo rpm --root "$tree" -e --nodeps "$package"; }
    ;;
  *) echo "usage: tests/package_test.sh FILE.deb|FILE.rpm" >&2; exit 2 ;;
esac

finish() {
  # Letting go of the pipe ends everything that was started.
  [ -z "$leashed" ] || exec 9>&-
  ! known || remove >/dev/null
  sleep 1
  $sudo rm -rf "$scratch"
}
trap finish EXIT
fail() { echo "package test: $*" >&2; [ ! -f "$scratch/said" ] || tail -n 20 "$scratch/said" >&2; exit 1; }
# within SECONDS COMMAND...: tries until it holds.
within() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do [ "$SECONDS" -lt "$end" ] || return 1; sleep 0.3; done
}

known && fail "$package is installed already; take it off first"

echo "1. what is in it"
contents > "$scratch/files"
for each in /usr/bin/larder-desktop /usr/bin/larder /usr/share/applications/Larder.desktop \
  /usr/share/icons/hicolor/128x128/apps/larder-desktop.png /usr/share/metainfo/app.larder.desktop.metainfo.xml \
  /usr/share/mime/packages/app.larder.desktop.xml; do
  grep -qx "$each" "$scratch/files" || fail "$each is missing"
done
grep -vE '^/usr/(bin|lib|share)/' "$scratch/files" && fail "it puts files elsewhere"
[ -z "$(scripts)" ] || fail "it runs scripts as root: $(scripts)"

echo "2. installing"
install >"$scratch/said" 2>&1 || fail "it cannot be installed"
export PATH="$tree/usr/bin:$PATH"
entry=$tree/usr/share/applications/Larder.desktop
grep -qx 'Exec=larder-desktop %U' "$entry" || fail "the desktop does not hand over files: $(grep Exec= "$entry")"
for each in application/x-larder-invitation x-scheme-handler/larder; do
  grep -q "^MimeType=.*$each;" "$entry" || fail "the desktop does not know that it opens $each"
done
! command -v desktop-file-validate >/dev/null || desktop-file-validate "$entry" || fail "$entry is not as it should be"
[ "$(command -v larder)" = "$tree/usr/bin/larder" ] || fail "another larder comes first: $(command -v larder)"
larder --version | grep -q '^larder [0-9]' || fail "larder does not say its version"
grep -qaE 'LARDER_ANSWER_DIALOGS' "$tree/usr/bin/larder-desktop" && fail "a test's way in is part of the release"

echo "3. opening a file from the desktop"
mkdir -p "$scratch/home" "$scratch/run" "$scratch/larder"
chmod 700 "$scratch/run"
printf 'Datum;Artikel;Menge\n03.03.2026;00417;12\n04.03.2026;00499;7\n' > "$scratch/till export März.csv"
mkfifo "$scratch/leash"
cat > "$scratch/desktop.sh" <<'INNER'
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$1/display" 2>/dev/null &
until [ -s "$1/display" ]; do sleep 0.1; done
export DISPLAY=":$(cat "$1/display")"
openbox --sm-disable 2>/dev/null &
export HOME="$1/home" XDG_RUNTIME_DIR="$1/run" LARDER_HOME="$1/larder" GDK_BACKEND=x11
export XDG_DATA_DIRS=/usr/local/share:/usr/share LANG=C.UTF-8
dbus-run-session -- sh -c 'gio launch "$2" "$1"; sleep 600' sh "$1/till export März.csv" "$2"
INNER
setsid bash "$here/screens/leash.sh" bash "$scratch/desktop.sh" "$scratch" "$entry" <"$scratch/leash" >"$scratch/said" 2>&1 &
disown
exec 9>"$scratch/leash"
leashed=yes
within 20 test -s "$scratch/display" || fail "no screen"
display=":$(cat "$scratch/display")"
shown() { DISPLAY=$display xdotool search --onlyvisible --class larder-desktop >/dev/null 2>&1; }
within 40 shown || fail "no window"
brought() { grep -qs 'brought in files=1 drafts=1' "$scratch"/larder/logs/*.log; }
within 40 brought || fail "the file was not brought in: $(cat "$scratch"/larder/logs/*.log 2>&1)"
mkdir -p "$here/artifacts"
picture="$here/artifacts/package-${file##*.}.png"
drawn() {
  DISPLAY=$display import -window root "$picture"
  # Paper alone has one colour; a page has letters with their edges.
  [ "$(convert "$picture" -gravity center -crop 800x500+0+0 -format %k info:)" -gt 50 ]
}
within 30 drawn || fail "the window stays blank, see $picture"

echo "4. what it listens to"
pid=$(pgrep -n -f '^larder-desktop .*till export' || pgrep -n -x larder-desktop)
inodes=$(find "/proc/$pid/fd" -lname 'socket:*' -printf '%l\n' 2>/dev/null | tr -dc '0-9\n')
for inode in $inodes; do
  awk -v inode="$inode" '$4 == "0A" && $10 == inode {found = 1} END {exit !found}' /proc/net/tcp /proc/net/tcp6 2>/dev/null \
    && fail "it listens on the network"
done

echo "5. taking it off"
exec 9>&-
leashed=""
gone() { ! pgrep -x larder-desktop >/dev/null; }
within 10 gone || fail "it does not end"
remove >"$scratch/said" 2>&1 || fail "it cannot be taken off"
while read -r each; do
  [ ! -e "$tree$each" ] || fail "$each stays behind"
done < "$scratch/files"
[ -d "$scratch/larder" ] || fail "it took a person's work with it"
echo "package test: all well"
