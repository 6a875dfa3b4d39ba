#!/bin/sh
# Compares a modtool with the real go: on the trees in cases/ and on made-up module graphs. ctest does the same with the
# modtool of its build (ctest --preset dev -L differential); this is for any other.
#
#   MODTOOL=/usr/bin/modtool tests/differential/run.sh [CASE.txtar…]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build/dev
: "${MODTOOL:=$build/cli/modtool}"

status=0
if [ $# -eq 0 ]; then
  set -- "$here"/cases/*.txtar
  "$build/tests/differential/random_graphs" "$MODTOOL" || status=1
fi
for case in "$@"; do
  "$build/tests/scripts/run_script" "$MODTOOL" "$case" || { [ $? -eq 77 ] || status=1; }
done
exit $status
