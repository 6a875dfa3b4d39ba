#!/bin/sh
# Builds the fuzz targets and runs each for a while.
#
#   tests/fuzz/run.sh [SECONDS [TARGET…]]     60 seconds and every target by default
#
# New inputs are kept in build/fuzz/corpus. One that breaks something stands in build/fuzz/found; put it into
# tests/fuzz/corpus/TARGET, where it is tried by every run of the tests from then on, and mend what it broke.
# Exit status: 0 nothing found, 1 something found, 2 no clang.
set -u
cd "$(dirname "$0")/../.."
. tests/support/packages.sh
need_packages clang-19 libclang-rt-19-dev
command -v clang++-19 >/dev/null || {
  echo "clang++-19 is needed" >&2
  exit 2
}

seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- $(basename -s .cpp tests/fuzz/*.cpp)

build_preset fuzz $(printf 'fuzz_%s ' "$@") || exit 1

fuzz_one() {
  mkdir -p "build/fuzz/corpus/$1" build/fuzz/found
  ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer-19) build/fuzz/tests/fuzz/fuzz_"$1" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz/found/$1-" "build/fuzz/corpus/$1" "tests/fuzz/corpus/$1" >"build/fuzz/$1.log" 2>&1
}

found=
for target in "$@"; do
  if fuzz_one "$target"; then
    echo "$target: nothing in $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$target.log") runs"
  else
    tail -n 60 "build/fuzz/$target.log" >&2
    found="$found $target"
  fi
done
[ -z "$found" ] && exit 0
echo "fuzzing found something in:$found" >&2
exit 1
