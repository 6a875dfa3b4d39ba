#!/bin/bash
# Prints how modtool compares with go and with plain copying, on a large real module: medians of interleaved rounds,
# wall clock and CPU. The disk decides much of the wall clock; trust ratios and CPU (TMPDIR=/dev/shm leaves the disk out
# of it, where memory allows). Needs some 10 GB below TMPDIR, go with a filled module cache
# (.ci/run fills it) and the platform module (MODTOOL_PLATFORM); nothing here asks the network.
#
#   tests/bench/run.sh [PART…]      graph verify vendor fill check start memory; all of them by default
#   tests/bench/run.sh native       the native dialect against git; needs neither go nor the platform module
#   tests/bench/run.sh build        what the proof adds to a build; needs neither, too
#   tests/bench/run.sh configure    what the dependency provider adds to a configuration; needs neither, too
#   ROUNDS=9 MODTOOL=PATH tests/bench/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
case "$*" in native | build | configure) exec "tests/bench/$1.sh" ;; esac
. tests/support/oracles.sh
. tests/bench/measure.sh

need_modtool
[ -x /usr/bin/time ] || { echo "/usr/bin/time is missing; type: sudo apt-get install time" >&2; exit 2; }
need_oracle "the platform module" test -f "$MODTOOL_PLATFORM/go.mod"
need_oracle go command -v go

scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
cp -R "$MODTOOL_PLATFORM" "$scratch/platform"
chmod -R u+w "$scratch/platform"
rm -rf "$scratch/platform/vendor" "$scratch/platform/modtool.sums"
filled=$(go env GOMODCACHE)
mkdir "$scratch/targets"
cd "$scratch/platform"

export GOWORK=off GOFLAGS=-mod=mod GOPROXY=off GOSUMDB=off GOENV=off
export XDG_CACHE_HOME="$scratch/cache"
modtool() { "$MODTOOL" "$@"; }

part_graph() {
  contender 'go mod graph' : 'go mod graph'
  contender 'modtool mod graph, without index' : 'XDG_CACHE_HOME= HOME= GOMODCACHE="$filled" modtool mod graph'
  contender 'modtool mod graph, with index' 'modtool mod graph' 'modtool mod graph'
  # The drop-in face reads and checks every go.mod as go does, index or not; our own face asks the index first.
  contender 'modtool graph, with index' 'modtool graph' 'modtool graph --format=text'
  compare 'graph' 10
}

part_verify() {
  contender 'go mod verify' : 'go mod verify'
  contender 'modtool mod verify' : 'modtool mod verify'
  compare 'verify'
}

# A copy of the project that nothing was vendored in.
fresh_project='mkdir -p "$target"; cp -R "$scratch/platform/." "$target"'

part_vendor() {
  GOFLAGS= go mod vendor -o "$scratch/tree"
  contender 'go mod vendor' : 'go mod vendor -o "$target"'
  contender 'modtool mod vendor' : 'modtool mod vendor -o "$target"'
  contender 'modtool vendor, first' "$fresh_project" 'XDG_CACHE_HOME="$target.cache" modtool -C "$target" vendor'
  contender 'cp -r' : 'cp -r "$scratch/tree" "$target"'
  contender 'cp -r, then sync -f' : 'cp -r "$scratch/tree" "$target"; sync -f "$target"'
  compare 'vendor'
}

part_fill() {
  local from='GOPROXY="file://$filled/cache/download" GOMODCACHE="$target"'
  eval "target=$scratch/reference; $from go mod vendor -o '$scratch/reference.out'" >/dev/null 2>&1
  contender 'go mod vendor' : "$from go mod vendor -o \"\$target.out\""
  contender 'modtool mod vendor' : "$from modtool mod vendor -o \"\$target.out\""
  contender 'cp -r of the filled cache' : 'cp -r "$scratch/reference" "$target"'
  compare 'an empty cache, file:// proxy'
}

part_check() {
  modtool vendor
  contender 'go mod vendor' : 'go mod vendor -o "$target"'
  contender 'modtool vendor --check' : 'modtool vendor --check'
  compare 'proof of the vendored bytes'
  rm -rf vendor modtool.sums
}

part_start() {
  contender 'go version' : 'go version'
  contender 'modtool --version' : 'modtool --version'
  contender 'true' : '/bin/true'
  compare 'start-up' 50
}

part_memory() {
  printf '\npeak memory, MB\n'
  for words in 'mod graph' 'mod verify' "mod vendor -o $scratch/out"; do
    printf '  %-34s go %5s' "${words%% -o*}" "$(peak_memory "go $words")"
    rm -rf "$scratch/out"
    printf '   modtool %5s\n' "$(peak_memory "'$MODTOOL' $words")"
  done
  printf '  %-34s            modtool %5s\n' vendor "$(peak_memory "'$MODTOOL' vendor")"
  printf '  %-34s            modtool %5s\n' 'vendor --check' "$(peak_memory "'$MODTOOL' vendor --check")"
}

[ $# -gt 0 ] || set -- graph verify vendor fill check start memory
for part in "$@"; do "part_$part"; done
