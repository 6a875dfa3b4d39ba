#!/bin/sh
# Builds and runs all tests of every change: unit tests, lints, scripts and, where there is a go to compare with, the
# differential and peer tests; then the unit tests again under sanitizers.
#
#   tests/run.sh [ctest arguments…]       only some of the first, say -R vendor, or -L lint
#   MODTOOL_REQUIRE_ORACLE=1 tests/run.sh  a test that lacks its oracle fails instead of being skipped
set -eu
cd "$(dirname "$0")/.."
. tests/support/packages.sh

# shellcheck disable=SC2086  # lists of words
need_packages $BUILD_PACKAGES $TEST_PACKAGES
jobs=$(nproc)

build_preset dev
ctest --preset dev -j "$jobs" "$@"
[ $# = 0 ] || exit 0
build_preset asan-ubsan unit_tests
ctest --preset asan-ubsan -j "$jobs" -L unit
