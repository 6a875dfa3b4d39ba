#!/bin/sh
# Runs cmd/go's own script tests with `go mod graph`, `go mod vendor` and `go mod verify` handed to modtool_peer; with
# `download`, `go mod download` too, and with `without_database` that under GOSUMDB=off. Fails when a script of the list
# does not pass. Exits 77, "skipped", where there is no suite or no go.
#
#   tests/peer/run.sh [download | without_database] MODTOOL_PEER [arguments of the suite…]      say --scripts mod_vendor -v
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
. tests/support/oracles.sh

need_oracle "peer suite" test -x "$MODTOOL_PEER_SUITE/run"
need_oracle "go" command -v go
commands=graph,vendor,verify
list=passing.txt
database=
case $1 in
  download | without_database)
    commands=$commands,download
    list=passing_$1.txt
    [ "$1" = download ] || database='--setenv GOSUMDB=off'
    shift
    ;;
esac
program=$(realpath "$1")
shift
exec "$MODTOOL_PEER_SUITE/run" --modtool "$program" --commands "$commands" $database --must-pass "$here/$list" "$@"
