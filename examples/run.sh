#!/bin/sh
# Builds modtool as people get it, and does its main job on every example: the graph and its picture, vendor, verify,
# and the proof of the vendored bytes; where there is a CMakeLists.txt or meson.build also the build, the tests and the program. Needs no
# network but for packages that are missing; the checkout stays as it is.
#
#   examples/run.sh [NAME…]      all examples, or only these
#   MODTOOL=PATH examples/run.sh with a modtool that is already built
set -eu
cd "$(dirname "$0")/.."
. tests/support/packages.sh

if [ -z "${MODTOOL:-}" ]; then
  # shellcheck disable=SC2086  # a list of words
  need_packages $BUILD_PACKAGES git meson
  build_preset release modtool
  MODTOOL=$PWD/build/release/cli/modtool
fi
export MODTOOL

scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# An empty cache and an empty home: what an example needs comes from the proxy in its own folder, or from the Git
# repositories that are made of it.
prepare() {
  cp -R "examples/$1" "$scratch/$1"
  mkdir -p "$scratch/$1.home"
  [ ! -d "examples/$1/repositories" ] ||
    examples/make_repositories.sh "examples/$1" "$scratch/$1.repositories" "$scratch/$1.home/.gitconfig"
}

# From proven sources, with no network.
build_it() {
  "$MODTOOL" --offline build
  "$MODTOOL" --offline test
  "$MODTOOL" --offline run app
}

main_job() {
  prepare "$1"
  (
    cd "$scratch/$1"
    export HOME="$scratch/$1.home" GOPATH="$scratch/$1.gopath" GOPROXY="file://$scratch/$1/proxy" GOSUMDB=off
    unset GOFLAGS GOMODCACHE GOENV GOWORK XDG_CACHE_HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL || true
    set -x
    [ ! -f modtool.json ] || "$MODTOOL" tidy --check
    "$MODTOOL" graph
    "$MODTOOL" graph -o graph.svg
    "$MODTOOL" vendor
    "$MODTOOL" vendor --check
    "$MODTOOL" verify
    if [ -f CMakeLists.txt ] || [ -f meson.build ]; then build_it; fi
  )
  grep -q '<svg' "$scratch/$1/graph.svg"
  echo "ok: $1" >&2
}

[ $# -gt 0 ] || set -- $(cd examples && ls -d */ | tr -d /)
for example in "$@"; do main_job "$example"; done
