#!/bin/bash
# Reads, draws, checks and merges made-up manifests and locks of growing size, and fails when twice the input costs more
# than 2.3 times the processor time or the memory, or when a file of 100,000 requirements or modules, or the merge of three
# of them, takes more than 2 s or 300 MB. Nothing is fetched.
#
#   tests/bench/scale.sh COUNT…      say 25000 50000 100000
#   MODTOOL=PATH tests/bench/scale.sh 50000 100000
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/bench/measure.sh
need_modtool
[ -x /usr/bin/time ] || { echo "/usr/bin/time is missing; type: sudo apt-get install time" >&2; exit 2; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch/home XDG_CACHE_HOME=$scratch/cache
status=0

# manifest REQUIREMENTS
manifest() {
  seq "$1" | awk -v first='{"schema": 1, "module": "example.com/app", "require": {' '
    { printf "%s\n  \"git.example.com/o/m%06d\": \"v1.0.0\"", NR == 1 ? first : ",", $1 }
    END { print "\n}}" }'
}

# lock ROOTS MODULES [CHANGED]: each module requires the next one; the root CHANGED is at another version.
lock() {
  awk -v roots="$1" -v modules="$2" -v changed="${3:-0}" '
    function version(i) { return i == changed ? "v1.1.0" : "v1.0.0" }
    BEGIN {
      sum = "h1:yPVp0nKI3sWPhcBZkNdkvvAB309H5LGP1Omba71inOk="
      print "[\n {\"lock\":1}"
      for (i = 1; i <= roots; i++) printf ",{\"root\":\"git.example.com/o/m%06d\",\"version\":\"%s\"}\n", i, version(i)
      for (i = 1; i <= modules; i++) {
        printf ",{\"path\":\"git.example.com/o/m%06d\",\"version\":\"%s\",\"sum\":\"%s\"", i, version(i), sum
        printf ",\"git\":{\"ref\":\"refs/tags/%s\",\"commit\":\"93c8ddb374c7588f9a9a153728a5b54788507402\"", version(i)
        printf ",\"tree\":\"57e4e172386bb69111dce84dbb9c2866f12d394c\"}"
        if (i < modules && i + 1 != changed && i != changed)
          printf ",\"require\":{\"git.example.com/o/m%06d\":\"v1.0.0\"},\"from\":\"manifest\",\"modsum\":\"%s\"", i + 1, sum
        print "}"
      }
      print "]"
    }'
}

# at_most WHAT NOW LIMIT
at_most() {
  awk -v now="$2" -v limit="$3" 'BEGIN { exit (now > limit) }' && return
  echo "  $1: $2, and $3 is the limit" >&2
  status=1
}

declare -A before
# one COUNT LABEL COMMAND: measures one command.
one() {
  local count=$1 label=$2 seconds memory
  shift 2
  /usr/bin/time -f '%U %S %M' -o "$scratch/time" "$@" >/dev/null 2>&1 || true
  read -r seconds memory < <(tail -1 "$scratch/time" | awk '{ print $1 + $2, int($3 / 1024) }')
  printf '%7d  %-34s %6.2f s   %5d MB\n' "$count" "$label" "$seconds" "$memory"
  if [ "$count" = 100000 ]; then
    at_most "$label, seconds" "$seconds" 2
    at_most "$label, MB" "$memory" 300
  fi
  if [ -n "${before[$label]:-}" ]; then
    # What costs next to nothing is not measured to a tenth.
    at_most "$label, twice the input, seconds" "$seconds" "$(awk -v b="${before[$label]% *}" 'BEGIN { print 2.3 * b + 0.1 }')"
    at_most "$label, twice the input, MB" "$memory" "$(awk -v b="${before[$label]#* }" 'BEGIN { print 2.3 * b + 10 }')"
  fi
  before[$label]="$seconds $memory"
}

for count in "$@"; do
  project=$scratch/$count
  mkdir -p "$project/wide" "$project/deep" "$project/merge"
  manifest "$count" >"$project/wide/modtool.json"
  manifest 1 >"$project/deep/modtool.json"
  lock 1 "$count" >"$project/deep/modtool.lock"
  one "$count" 'edit, of many requirements' "$MODTOOL" -C "$project/wide" edit --print
  for words in list 'graph --format=dot' 'graph --format=json' 'why git.example.com/o/m000007' 'vendor --check'; do
    one "$count" "${words%% git.*}, of many modules" "$MODTOOL" -C "$project/deep" $words
  done
  for side in base:0 ours:20 theirs:40; do lock "$count" "$count" "${side#*:}" >"$project/merge/${side%:*}"; done
  one "$count" 'merging three locks' "$MODTOOL" merge-driver "$project/merge/base" "$project/merge/ours" "$project/merge/theirs" modtool.lock
  rm -rf "$project"
done
exit $status
