#!/bin/sh
# Runs clang-tidy 19 with .clang-tidy over the product's sources. Minutes of work: for the nightly run. Exits 77,
# "skipped", where there is no clang-tidy 19.
#
#   tests/lint/tidy.sh [FILE…]      all sources, or only these
set -eu
cd "$(dirname "$0")/../.."
command -v clang-tidy-19 >/dev/null || exit 77

cmake --preset dev >/dev/null
[ $# -gt 0 ] || set -- $(find cli core graph vendor_tool -name '*.cpp')
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 clang-tidy-19 -p build/dev --quiet
