#!/bin/sh
# Builds and runs all tests of every change: unit tests, lints, scripts and, where there is a go to compare with, the
# differential and peer tests. The same unit tests under sanitizers are a part of tests/nightly.sh.
#
#   tests/run.sh [ctest arguments…]       say -R vendor, or -L lint
#   MODTOOL_REQUIRE_ORACLE=1 tests/run.sh  a test that lacks its oracle fails instead of being skipped
set -eu
cd "$(dirname "$0")/.."
. tests/support/packages.sh

# shellcheck disable=SC2086  # lists of words
need_packages $BUILD_PACKAGES $TEST_PACKAGES
jobs=$(nproc)

build_preset dev
exec ctest --preset dev -j "$jobs" "$@"
