#!/bin/sh
# modtool against go on a large real module: 1,442 modules in its graph, 254 vendored. The module cache is go's own, filled
# before (.ci/run does it); nothing here asks the network. Exits 77, "skipped", where the module or go is absent.
#
#   tests/differential/platform.sh MODTOOL PART…      graph vendor proof verify fill
set -eu
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
need_oracle "platform module" test -f "$MODTOOL_PLATFORM/go.mod"
need_oracle go command -v go
modtool=$(realpath "$1")
shift

scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
cp -R "$MODTOOL_PLATFORM" "$scratch/platform"
chmod -R u+w "$scratch/platform"
cd "$scratch/platform"
rm -rf vendor modtool.sums
GOMODCACHE=$(go env GOMODCACHE)
export GOMODCACHE GOWORK=off GOPROXY=off GOSUMDB=off GOENV=off XDG_CACHE_HOME="$scratch/cache"
unset GOFLAGS
need_oracle "filled module cache for the platform module" go mod download

fail() {
  echo "platform: $1" >&2
  exit 1
}

# same NAME FILE FILE
same() { cmp "$2" "$3" || fail "$1 is not what go prints"; }

part_graph() {
  go mod graph >"$scratch/expected"
  "$modtool" mod graph >"$scratch/graph"
  same 'mod graph' "$scratch/graph" "$scratch/expected"
  # The first wrote the index, the second reads it.
  "$modtool" mod graph >"$scratch/graph"
  same 'mod graph with the index' "$scratch/graph" "$scratch/expected"
  "$modtool" graph >"$scratch/graph"
  same 'graph' "$scratch/graph" "$scratch/expected"
}

part_vendor() {
  go mod vendor -v -o "$scratch/expected.vendor" 2>"$scratch/expected"
  "$modtool" mod vendor -v -o "$scratch/vendor" 2>"$scratch/printed"
  same 'mod vendor -v' "$scratch/printed" "$scratch/expected"
  diff -r "$scratch/vendor" "$scratch/expected.vendor" || fail 'the vendored tree is not what go writes'
  rm -rf "$scratch/vendor"
  "$modtool" vendor
  diff -r vendor "$scratch/expected.vendor" || fail 'the tree of vendor is not what go writes'
  env -u HOME GOMODCACHE=/nonexistent "$modtool" vendor --check || fail 'a fresh tree is not proven'
}

# attacked FILE: whatever the last lines did to the tree must end in exit status 4, naming the file.
attacked() {
  status=0
  "$modtool" vendor --check -v >"$scratch/findings" 2>&1 || status=$?
  [ "$status" = 4 ] || fail "an attack on $1 ended with exit status $status"
  grep -q -F "$1" "$scratch/findings" || fail "an attack on $1 is not named"
}

part_proof() {
  "$modtool" vendor
  file=vendor/github.com/spf13/cobra/command.go
  cp -p "$file" "$scratch/kept"

  echo 'package cobra' >vendor/github.com/spf13/cobra/evil.go
  attacked vendor/github.com/spf13/cobra/evil.go
  rm vendor/github.com/spf13/cobra/evil.go

  echo '// changed' >>"$file"
  attacked "$file"
  rm "$file"
  attacked "$file"
  ln -s "$scratch/kept" "$file"
  attacked "$file"
  rm "$file" && cp -p "$scratch/kept" "$file"

  cp vendor/modules.txt "$scratch/kept"
  sed '/^# github.com\/spf13\/cobra /{n;s/go 1\.[0-9]*/go 1.1/;}' "$scratch/kept" >vendor/modules.txt
  attacked vendor/modules.txt
  cp "$scratch/kept" vendor/modules.txt

  mv vendor "$scratch/moved" && ln -s "$scratch/moved" vendor
  attacked vendor
  rm vendor && mv "$scratch/moved" vendor

  cp go.sum "$scratch/kept"
  grep -v '^github.com/spf13/cobra .* h1:' "$scratch/kept" | grep -v '^github.com/spf13/cobra v[^/]* h1:' >go.sum
  attacked github.com/spf13/cobra
  cp "$scratch/kept" go.sum
  "$modtool" vendor --check || fail 'a mended tree is not proven'
}

part_verify() {
  go mod verify >"$scratch/expected" 2>&1
  "$modtool" mod verify >"$scratch/printed" 2>&1
  same 'mod verify' "$scratch/printed" "$scratch/expected"
  "$modtool" verify || fail 'verify finds something in an untouched cache'
}

# An empty cache, filled from the real one as a file:// proxy, is what go fills it with.
part_fill() {
  proxy=file://$GOMODCACHE/cache/download
  GOPROXY=$proxy GOMODCACHE=$scratch/go.cache go mod vendor -o "$scratch/expected.vendor" 2>/dev/null
  GOPROXY=$proxy GOMODCACHE=$scratch/our.cache "$modtool" mod vendor -o "$scratch/vendor" 2>/dev/null
  diff -r "$scratch/vendor" "$scratch/expected.vendor" || fail 'the tree vendored from an empty cache differs'
  for cache in go our; do
    (cd "$scratch/$cache.cache" && find . -type f ! -name '*.lock' ! -name lock ! -name '*.info' | sort >"$scratch/$cache.files")
  done
  diff "$scratch/go.files" "$scratch/our.files" || fail 'the filled cache holds other files'
  while read -r name; do
    cmp -s "$scratch/go.cache/$name" "$scratch/our.cache/$name" || fail "$name differs in the filled cache"
  done <"$scratch/go.files"
}

for part in "$@"; do
  "part_$part"
  echo "platform: $part is as it should be"
done
