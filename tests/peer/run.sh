#!/bin/sh
# Runs cmd/go's own script tests with `go mod graph`, `go mod vendor` and `go mod verify` handed to modtool_peer.
# Fails when a script of passing.txt does not pass. Exits 77, "skipped", where there is no suite or no go.
#
#   tests/peer/run.sh MODTOOL_PEER [arguments of the suite…]      say --scripts mod_vendor -v
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. tests/support/oracles.sh

need_oracle "peer suite" test -x "$MODTOOL_PEER_SUITE/run"
need_oracle "go" command -v go
program=$(realpath "$1")
shift
exec "$MODTOOL_PEER_SUITE/run" --modtool "$program" --commands graph,vendor,verify --must-pass "$here/passing.txt" "$@"
