#!/bin/sh
# Prints how much of each layer's sources the tests ran through, from the .gcda files of a coverage build; then, by gcovr and
# file by file, the vendor_tool and what verifies sources, which fails below 98 % of lines and 90 % of branches, those that
# only an exception takes left out. Functions that a header holds are run where the unit tests use them, too.
#
#   tests/support/coverage.sh BUILD_DIRECTORY
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$1"
find cli core graph vendor_tool -name '*.gcda' | xargs gcov -n -s "$top" -r 2>/dev/null | awk '
  /^File / { split($0, quoted, "\047"); file = quoted[2] }
  /^Lines executed/ && file ~ /\.cpp$/ {
    split($0, part, /[:% ]+/); percent = part[3]; lines = part[5]
    layer = file; sub(/\/[^\/]*$/, "", layer)
    all[layer] += lines; run[layer] += lines * percent / 100
    file = ""
  }
  END {
    for (layer in all) {
      printf "%-20s %6.1f %% of %5d lines\n", layer, 100 * run[layer] / all[layer], all[layer] | "sort"
      sum_all += all[layer]; sum_run += run[layer]
    }
    close("sort")
    if (sum_all) printf "%-20s %6.1f %% of %5d lines\n", "all", 100 * sum_run / sum_all, sum_all
  }'

cd "$top"
proving="core/source/checksum_verifier.cpp core/source/tree_store.cpp core/goproxy/cache_verification.cpp
core/goproxy/module_store.cpp core/module/hash.cpp core/module/proven_tree.cpp"
set -- --root . --gcov-ignore-parse-errors --exclude-throw-branches --exclude-unreachable-branches --filter vendor_tool/
for file in $proving; do set -- "$@" --filter "$file"; done
objects="vendor_tool core/source core/goproxy core/module tests/CMakeFiles/unit_vendor_tool.dir/unit/vendor_tool"
for room in $objects; do set -- "$@" "$OLDPWD/$room"; done
gcovr "$@" --fail-under-line 98
gcovr "$@" --branches --fail-under-branch 90
