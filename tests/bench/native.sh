#!/bin/bash
# Prints how modtool compares with git itself, on made-up repositories with a deep history behind `git daemon` on this
# machine: resolving, locking and vendoring all of them against `git fetch` of the same single tags, at the depth that
# both can do (libgit2 knows none before 1.7: whole histories). Without a lock every server is asked for its tags, filled
# cache or not; with one, none is asked.
#
#   tests/bench/native.sh [REPOSITORIES [COMMITS]]      50 and 500 by default
#   ROUNDS=9 MODTOOL=PATH tests/bench/native.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/bench/measure.sh
need_modtool

count=${1:-50}
commits=${2:-500}
scratch=$(mktemp -d)
daemon=
trap 'kill $daemon 2>/dev/null; rm -rf "$scratch"' EXIT
mkdir "$scratch/targets" "$scratch/home" "$scratch/repositories" "$scratch/project"
export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1
unset XDG_CACHE_HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL

# The requirements of a module: those ten and twenty behind it, so that the graph is a few modules deep.
requirements() {
  local other list=
  for other in $(($1 + 10)) $(($1 + 20)); do
    [ "$other" -gt "$count" ] || list+="${list:+,}\"git.example.com/acme/lib$other\":\"v1.4.0\""
  done
  printf '{"schema":1,"module":"git.example.com/acme/lib%d","require":{%s}}' "$1" "$list"
}

# A history for `git fast-import`: each commit rewrites one of forty sources; five of them are releases.
history() {
  awk -v seed="$1" -v commits="$commits" -v manifest="$(requirements "$1")" '
    function text(bytes,   line, out) {
      for (out = ""; length(out) < bytes;) {
        line = sprintf("int value_%d = function_%d(%d, \"%x\");\n", rand() * 1e6, rand() * 100, rand() * 1e9, rand() * 1e9)
        out = out line
      }
      return out
    }
    function data(content) { printf "data %d\n%s\n", length(content), content }
    BEGIN {
      srand(seed)
      for (n = 1; n <= commits; n++) {
        printf "commit refs/heads/main\nmark :%d\ncommitter a <a@example.com> %d +0000\n", n, 1700000000 + n * 3600
        data("change " n)
        if (n == 1) { printf "M 100644 inline modtool.json\n"; data(manifest) }
        printf "M 100644 inline src/part%d.cpp\n", n % 40
        data(text(4000))
        if (n % int(commits / 5) == 0) printf "reset refs/tags/v1.%d.0\nfrom :%d\n\n", release++, n
      }
    }'
}

make_repositories() {
  local number
  for ((number = 1; number <= count; number++)); do
    git init -q --bare "$scratch/repositories/acme/lib$number"
    history "$number" | git -C "$scratch/repositories/acme/lib$number" fast-import --quiet
    git -C "$scratch/repositories/acme/lib$number" gc -q
  done
}

start_daemon() {
  local tries
  for ((tries = 0; tries < 20; tries++)); do
    port=$((20000 + RANDOM % 20000))
    # The program itself, not `git daemon`: ending that would leave this running.
    "$(git --exec-path)/git-daemon" --listen=127.0.0.1 --port="$port" --base-path="$scratch/repositories" \
      --export-all --max-connections=0 2>/dev/null &
    daemon=$!
    sleep 0.3
    if git ls-remote "git://127.0.0.1:$port/acme/lib1" >/dev/null 2>&1; then return; fi
    kill "$daemon" 2>/dev/null || true
  done
  echo "git daemon did not start" >&2
  exit 2
}

make_project() {
  printf '[url "git://127.0.0.1:%d/"]\n\tinsteadOf = https://git.example.com/\n' "$port" >"$HOME/.gitconfig"
  local number
  {
    printf '{\n  "schema": 1,\n  "module": "example.com/bench",\n  "require": {\n'
    for ((number = 1; number <= 10 && number <= count; number++)); do
      [ "$number" = 1 ] || printf ',\n'
      printf '    "git.example.com/acme/lib%d": "v1.4.0"' "$number"
    done
    printf '\n  }\n}\n'
  } >"$scratch/project/modtool.json"
}

# fetch_all JOBS: the tag of every repository, into a repository of its own below $target.
fetch_all() {
  mkdir -p "$target"
  seq "$count" | xargs -P "$1" -I{} sh -c "git init -q --bare '$target/{}' &&
    git -C '$target/{}' fetch -q --no-tags git://127.0.0.1:$port/acme/lib{} refs/tags/v1.4.0:refs/tags/v1.4.0"
}

fresh='mkdir -p "$target"; cp "$scratch/project/modtool.json" "$target"'
locked='mkdir -p "$target"; cp "$scratch/project/"* "$target"'
cold='XDG_CACHE_HOME=$target.cache "$MODTOOL" -q -C "$target"'
warm='XDG_CACHE_HOME=$scratch/cache "$MODTOOL" -q -C "$target"'

make_repositories
start_daemon
make_project
target=$scratch/project
eval "$warm tidy" >/dev/null
[ "$(grep -c '"sum"' "$scratch/project/modtool.lock")" = "$count" ] || { echo "not all modules are locked" >&2; exit 1; }
printf '%d repositories of %d commits, %s; %s\n' "$count" "$commits" "$(du -sh "$scratch/repositories" | cut -f1)" \
  "$(git --version)"

contender 'git fetch, one by one' : 'fetch_all 1'
contender 'git fetch, as many as processors' : 'fetch_all "$(nproc)"'
contender 'modtool tidy, cold' "$fresh" "$cold tidy"
contender 'modtool tidy and vendor, cold' "$fresh" "$cold tidy && $cold vendor"
contender 'modtool tidy, cache, no lock' "$fresh" "$warm tidy"
contender 'modtool tidy, cache and lock' "$locked" "$warm tidy"
contender 'modtool tidy and vendor, same' "$locked" "$warm tidy && $warm vendor"
contender 'modtool vendor --check, same' "$locked && $warm vendor" "$warm vendor --check"
contender 'modtool graph, lock alone' "$locked" "$cold graph"
compare 'from the manifest to the lock'
