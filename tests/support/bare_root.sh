#!/bin/sh
# Tries both scripts of the first hour, examples/run.sh and tests/run.sh, in a bare Debian 12 with nothing but the
# checkout: made with debootstrap from the mirror that this machine is configured with. Needs root. There is no go in it,
# so the tests that compare with go report themselves as skipped.
#
#   tests/support/bare_root.sh [DIRECTORY]      keeps the root when a directory is given
set -eu
cd "$(dirname "$0")/../.."
. tests/support/packages.sh
need_packages debootstrap

mirror() {
  apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "bookworm" && $2 == "main" && $3 !~ /security/ { print $3; exit }'
}

root=${1:-$(mktemp -d)}
cleanup() {
  umount "$root/proc" "$root/dev/pts" 2>/dev/null || true
  [ -n "${kept:-}" ] || rm -rf --one-file-system "$root"
}
kept=${1:-}
trap cleanup EXIT
trap 'exit 130' INT TERM

address=$(mirror)
[ -n "$address" ] || { echo "this machine has no mirror of Debian 12 configured" >&2; exit 2; }
[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root" "$address" >"$root.log" 2>&1 ||
  { tail -n 20 "$root.log" >&2; exit 1; }
rm -f "$root.log"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev/pts" || mount -t devpts devpts "$root/dev/pts"

# What an installed Debian has, and debootstrap leaves to the installer.
[ -e "$root/etc/hosts" ] || printf '127.0.0.1 localhost\n::1 localhost ip6-localhost\n' >"$root/etc/hosts"

# As the directory of a machine: what runs without privileges in there must get through it.
chmod 755 "$root"
mkdir -p "$root/checkout"
git ls-files -z | tar -cf - --null -T - | tar -xf - -C "$root/checkout"

inside() { env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 chroot "$root" sh -c "cd /checkout && $1"; }
for script in examples/run.sh tests/run.sh; do
  start=$(date +%s)
  inside "$script"
  echo "bare root: $script took $(($(date +%s) - start)) s"
done
