#!/bin/sh
# Runs clang-tidy 19 with .clang-tidy over the product's sources: all of them take half an hour, so that is for the nightly
# run. Exits 77, "skipped", where there is no clang-tidy 19, and fails with MODTOOL_REQUIRE_ORACLE=1.
#
#   tests/lint/tidy.sh [FILE…]      all sources, or only these
#   tests/lint/tidy.sh --recent     those that the last commits changed, without the slow analyzer: for every change
set -eu
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
need_oracle clang-tidy-19 command -v clang-tidy-19

kept_commits=3
checks=
if [ "${1:-}" = --recent ]; then
  shift
  checks=--checks=-clang-analyzer-*
  for file in $(git log -n "$kept_commits" --diff-filter=AM --name-only --format= -- cli core graph vendor_tool | sort -u); do
    case $file in *.cpp) [ ! -e "$file" ] || set -- "$@" "$file" ;; esac
  done
  [ $# -gt 0 ] || exit 0
fi
[ -e build/dev/compile_commands.json ] || cmake --preset dev >/dev/null
[ $# -gt 0 ] || set -- $(find cli core graph vendor_tool -name '*.cpp')
# The precompiled header is GCC's, and so is the library, which uses what it calls deprecated.
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 clang-tidy-19 -p build/dev --quiet --extra-arg=-Wno-ignored-gch --extra-arg=-Wno-deprecated-declarations $checks
