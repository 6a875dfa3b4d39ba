#!/bin/sh
# The first contact of real Go projects with modtool: in a fresh clone that commits vendor/, with nothing else at hand, one
# finding; then the proof, in one command, without Go and from a proxy; then the proof in the repository, which a clone
# verifies offline. A changed byte is found. What `mod vendor` makes is what go makes.
#
#   tests/real/go_projects.sh MODTOOL DIR [REPOSITORY…]      DIR holds a Git repository for each row of go_projects.tsv: DIR/OWNER/NAME
#
# Only the go client asks the network, to fill its own module cache, which then serves as the proxy.
set -eu
modtool=$1
folder=$(cd "$2" && pwd)
shift 2
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
need_oracle go command -v go
need_oracle git command -v git
table=$PWD/tests/real/go_projects.tsv

scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
filled=$(go env GOMODCACHE)
proxy=file://$filled/cache/download
unset GOFLAGS || true
export GOENV=off GOWORK=off GOTOOLCHAIN=local

fail() {
  echo "$repository: $*" >&2
  failed=1
}

# status EXPECTED WORDS…: runs modtool in the clone; what it says is in $scratch/said.
status() {
  expected=$1
  shift
  got=0
  (cd "$clone" && HOME="$scratch/home" XDG_CACHE_HOME="$scratch/cache" GOMODCACHE="$scratch/modcache" GOPROXY="$proxy" \
    "$modtool" "$@" ${modfile:+--modfile "$modfile"}) >"$scratch/said" 2>&1 || got=$?
  [ "$got" = "$expected" ] && return 0
  fail "modtool $*: exit status $got, not $expected"
  cat "$scratch/said" >&2
}

says() { grep -q -e "$1" "$scratch/said" || { fail "no line with: $1"; cat "$scratch/said" >&2; }; }

clone_commit() {
  clone=$scratch/$1
  git -c advice.detachedHead=false clone --quiet --no-checkout "$2" "$clone" &&
    git -C "$clone" -c advice.detachedHead=false checkout --quiet "$3"
}

# For go a manifest of another name has to be go.mod, its checksums go.sum.
fill_cache() {
  clone_commit for_go "$folder/$repository" "$commit" || return 1
  cd "$clone"
  [ "$manifest" = go.mod ] || cp "$manifest" go.mod
  [ "$manifest" = go.mod ] || cp "${manifest%.mod}.sum" go.sum
  GOPROXY=off GOFLAGS=-mod=mod go mod download 2>/dev/null || GOENV= GOFLAGS=-mod=mod go mod download
  filled_well=$?
  cd - >/dev/null
  return $filled_well
}

# In the clone that go has used.
check_vendoring() {
  for who in go modtool; do
    program=$who
    [ $who = go ] || program=$modtool
    (cd "$clone" && GOPROXY=off HOME="$scratch/home" GOMODCACHE="$filled" "$program" mod vendor -o "$scratch/by_$who")
  done
  diff -r "$scratch/by_go" "$scratch/by_modtool" >&2 || fail "mod vendor makes another tree than go"
}

check_project() {
  modfile=
  [ "$manifest" = go.mod ] || modfile=$manifest
  fill_cache || { fail "no commit $commit in $folder/$repository, or go could not fill its module cache"; return 0; }
  check_vendoring
  clone_commit first "$folder/$repository" "$commit"

  status 4 verify
  [ "$(grep -c 'fix: ' "$scratch/said")" = 1 ] || fail "more than one finding in a clone with nothing at hand"
  says 'modtool verify --fetch'
  says 'modtool vendor --sums-only'
  status "$fetch" verify --fetch
  status "$as_git_keeps" verify --fetch --as-git-keeps
  [ "$as_git_keeps" = 0 ] || return 0
  [ -z "$(git -C "$clone" status --porcelain)" ] || fail "verify --fetch wrote into the project"

  if [ "$fetch" = 0 ]; then status 0 vendor --sums-only; else status 0 vendor --sums-only --as-git-keeps; fi
  git -C "$clone" add modtool.sums
  git -C "$clone" -c user.name=t -c user.email=t@example.com commit --quiet -m 'Add the proof'
  clone_commit second "$clone" HEAD
  rm -rf "$scratch/modcache" "$scratch/cache"
  status 0 verify --offline
  says ' files of .* modules proven by modtool.sums'
  victim=$(find "$clone/vendor" -name '*.go' | sort | head -n 1)
  echo '// and more' >>"$victim"
  status 4 verify --offline
  says "${victim#"$clone"/}"
}

failed=
while read -r repository manifest commit fetch as_git_keeps; do
  case $repository in '' | '#'*) continue ;; esac
  case " $* " in "  " | *" $repository "*) ;; *) continue ;; esac
  echo "-- $repository"
  mkdir -p "$scratch/home"
  check_project
  chmod -R u+w "$scratch"
  find "$scratch" -mindepth 1 -delete
done <"$table"
[ -z "$failed" ] || exit 1
