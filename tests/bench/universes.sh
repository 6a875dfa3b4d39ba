#!/bin/bash
# Draws the graphs of made-up universes of growing size, and fails when modtool's output is not go's (where there is a
# go) or when time or memory grow faster than the graph: more than twice as fast as its edges.
#
#   tests/bench/universes.sh COUNT…      say 1000 10000 100000
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/bench/measure.sh
: "${MODTOOL:=$PWD/build/release/cli/modtool}"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
${CXX:-c++} -O1 -std=c++23 tests/bench/make_universe.cpp -o "$scratch/make_universe"
export GOWORK=off GOFLAGS=-mod=mod GOPROXY=off GOSUMDB=off GOENV=off XDG_CACHE_HOME="$scratch/cache"

status=0
# grows_with_the_graph WHAT NOW BEFORE: NOW may be twice what the growth of the edges explains, and 20 more.
grows_with_the_graph() {
  awk -v now="$2" -v before="$3" -v factor="$((2 * edges / edges_before + 1))" 'BEGIN { exit (now > before * factor + 20) }' || {
    echo "  $1 grew from $3 to $2, faster than the graph" >&2
    status=1
  }
}

wall_and_cpu() { measured "$1" | awk '{ print $1, $2 + $3 }'; }

edges_before=
for count in "$@"; do
  "$scratch/make_universe" "$count" "$scratch/universe"
  cd "$scratch/universe/main"
  export GOMODCACHE="$scratch/universe/cache"
  "$MODTOOL" mod graph >"$scratch/graph"
  edges=$(wc -l <"$scratch/graph")
  memory=$(peak_memory "'$MODTOOL' mod graph")
  repeat=1
  read -r wall cpu < <(wall_and_cpu '"$MODTOOL" mod graph')
  printf '%7d versions, %7d edges: wall %8.1f ms   CPU %8.1f ms   memory %5s MB\n' "$count" "$edges" "$wall" "$cpu" "$memory"
  if command -v go >/dev/null; then
    go mod graph | cmp - "$scratch/graph" || status=1
    read -r go_wall go_cpu < <(wall_and_cpu 'go mod graph')
    printf '%30s go: wall %8.1f ms   CPU %8.1f ms   memory %5s MB\n' '' "$go_wall" "$go_cpu" "$(peak_memory 'go mod graph')"
  fi
  if [ -n "$edges_before" ]; then
    grows_with_the_graph 'CPU time (ms)' "$cpu" "$cpu_before"
    grows_with_the_graph 'memory (MB)' "$memory" "$memory_before"
  fi
  edges_before=$edges cpu_before=$cpu memory_before=$memory
  cd "$scratch"
  rm -rf "$scratch/universe" "$XDG_CACHE_HOME"
done
exit $status
