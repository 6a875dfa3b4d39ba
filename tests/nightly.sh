#!/bin/sh
# What is too slow for every change. Goes on after a failure and exits 1 at the end.
#
#   tests/nightly.sh [PART…]      tests scripts faults hostile mutants tsan coverage tidy fuzz platform universes scale
#                                 bench libraries bare-root; all of them by default
#   tests/nightly.sh real DIR       real projects, of which DIR holds copies (tests/real/go_projects.sh)
set -u
cd "$(dirname "$0")/.."
. tests/support/packages.sh
. tests/support/oracles.sh

run_tests() { .ci/run; }

# The scripts with a modtool that watches itself.
run_scripts() {
  build_preset asan-ubsan modtool run_script &&
    ctest --preset asan-ubsan -j "$(nproc)" -L script -E '^process_tests$|^script_(cmake|meson)_[0-9]'
}

run_tsan() { build_preset tsan unit_tests && ctest --preset tsan -j "$(nproc)" -L unit; }

run_coverage() {
  need_packages gcovr
  build_preset coverage && ctest --preset coverage -j "$(nproc)" -L 'unit|script'
  tests/support/coverage.sh build/coverage && python3 tests/support/typed_fixes.py build/coverage
}

run_faults() {
  build_preset dev modtool fault_injection &&
    python3 tests/faults/campaign.py build/dev/cli/modtool build/dev/tests/faults/libfault_injection.so --most 20000 &&
    python3 tests/faults/campaign.py build/dev/cli/modtool build/dev/tests/faults/libfault_injection.so --children --most 4000
}

run_hostile() {
  build_preset dev modtool && python3 tests/hostile/campaign.py build/dev/cli/modtool --count 6000 --seed "$(date +%F)"
}

run_mutants() { python3 tests/mutants/mutate.py; }

run_tidy() { tests/lint/tidy.sh; }

run_fuzz() { tests/fuzz/run.sh; }

run_platform() { build_preset release modtool && tests/differential/platform.sh build/release/cli/modtool proof verify fill; }

run_universes() { build_preset release modtool && tests/bench/universes.sh 1000 10000 100000; }

run_scale() { build_preset release modtool && tests/bench/scale.sh 50000 100000; }

run_bench() { build_preset release modtool && tests/bench/run.sh && tests/bench/proxy.sh; }

run_libraries() { build_preset release modtool && tests/real/cpp_libraries.sh "$PWD/build/release/cli/modtool"; }

run_bare_root() { tests/support/bare_root.sh; }

if [ "${1:-}" = real ]; then
  build_preset release modtool || exit 1
  exec tests/real/go_projects.sh "$PWD/build/release/cli/modtool" "${2:?"which directory holds the copies"}"
fi

[ $# -gt 0 ] ||
  set -- tests scripts faults hostile mutants tsan coverage tidy fuzz platform universes scale bench libraries bare-root
failed=
for part in "$@"; do
  echo "== $part"
  "run_$(echo "$part" | tr - _)" || failed="$failed $part"
done
[ -z "$failed" ] && echo "nightly: all well" && exit 0
echo "nightly: failed:$failed" >&2
exit 1
