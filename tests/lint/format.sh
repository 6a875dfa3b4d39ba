#!/bin/sh
# Checks that all sources are as clang-format 19 writes them. Exits 77, "skipped", where there is no clang-format 19, and
# fails with MODTOOL_REQUIRE_ORACLE=1.
#
#   tests/lint/format.sh [--fix] [FILE…]      the files of the repository, or only these
set -eu
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
need_oracle clang-format-19 command -v clang-format-19

mode="--dry-run -Werror"
if [ "${1:-}" = --fix ]; then
  mode=-i
  shift
fi
[ $# -gt 0 ] || set -- $(find cli core graph vendor_tool tests -name '*.cpp' -o -name '*.hpp')
# shellcheck disable=SC2086  # two flags
exec clang-format-19 $mode "$@"
