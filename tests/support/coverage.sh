#!/bin/sh
# Prints how much of each layer's sources the tests ran through, from the .gcda files of a coverage build.
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
