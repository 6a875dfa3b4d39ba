#!/bin/sh
# Real libraries, from the manifest to the proof: fmt, spdlog, googletest and leveldb as the distribution packages them,
# under their real URLs, which lead to repositories on this machine. The second run, on another path, for another user
# whose Git is set up to change whatever is checked out, gives the same bytes.
#
#   tests/real/run.sh MODTOOL FOLDER      the repositories are kept in FOLDER; both are absolute
set -eu
modtool=$1
folder=$2
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
need_oracle apt command -v apt-get
need_oracle git command -v git
need_oracle "source package of real libraries" tests/real/make_repositories.sh "$folder"
. "$folder/versions.sh"

scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
unset XDG_CACHE_HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GOFLAGS GOENV || true
export GIT_CONFIG_NOSYSTEM=1

fail() {
  echo "$*" >&2
  exit 1
}

write_manifest() {
  cat <<END
{
  "schema": 1,
  "module": "example.com/acme/logdemo",
  "require": {
    "github.com/fmtlib/fmt": "$fmtlib_before",
    "github.com/gabime/spdlog": "$spdlog",
    "github.com/google/leveldb": "$leveldb" // tags of two numbers
  },
  "groups": { "test": { "github.com/google/googletest": "$googletest" } },
  "describe": {
    "github.com/gabime/spdlog": { "require": { "github.com/fmtlib/fmt": "$fmtlib" } },
    "github.com/google/googletest": { "tags": ["v{version}", "release-{version}"] },
    "github.com/google/leveldb": { "tags": ["v{version}", "{major}.{minor}"], "submodules": "ignore" }
  }
}
END
}

# project NAME: a project and a home of its own.
project() {
  mkdir -p "$scratch/$1" "$scratch/$1.home"
  write_manifest >"$scratch/$1/modtool.json"
  cat >"$scratch/$1.home/.gitconfig" <<END
[url "file://$folder/repositories/github.com/"]
	insteadOf = https://github.com/
END
}

in_project() {
  name=$1
  shift
  HOME="$scratch/$name.home" "$modtool" -C "$scratch/$name" "$@"
}

# Whatever of this ran would leave a trace.
make_hostile() {
  trap_program=$scratch/trap.sh
  printf '#!/bin/sh\ntouch "%s"\ncat\n' "$scratch/trapped" >"$trap_program"
  chmod +x "$trap_program"
  mkdir "$scratch/hooks"
  for hook in post-checkout reference-transaction fsmonitor-watchman; do cp "$trap_program" "$scratch/hooks/$hook"; done
  printf '* text eol=crlf filter=trap\n' >"$scratch/attributes"
  cat >>"$1" <<END
[core]
	autocrlf = true
	eol = crlf
	fsmonitor = $trap_program
	hooksPath = $scratch/hooks
	attributesFile = $scratch/attributes
	sshCommand = $trap_program
[filter "trap"]
	clean = $trap_program
	smudge = $trap_program
	required = true
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[uploadpack]
	packObjectsHook = $trap_program
END
}

# The h1 hash of a tag by git and sha256sum alone.
hash_of_tag() {
  git -C "$folder/repositories/$1" ls-tree -r --name-only "$2" | LC_ALL=C sort | while read -r file; do
    printf '%s  %s\n' "$(git -C "$folder/repositories/$1" cat-file blob "$2:$file" | sha256sum | cut -c1-64)" "$1@$3/$file"
  done | sha256sum | cut -c1-64 | perl -ne 'chomp; print pack "H*", $_' | base64
}

project one
in_project one tidy
in_project one tidy --check

in_project one graph >"$scratch/graph"
grep -q "^github.com/gabime/spdlog@$spdlog github.com/fmtlib/fmt@$fmtlib\$" "$scratch/graph" || fail "graph lacks spdlog → fmt"
in_project one list >"$scratch/list"
grep -q "^github.com/fmtlib/fmt $fmtlib\$" "$scratch/list" || fail "fmt is not at the version that spdlog asks for"
[ "$(wc -l <"$scratch/list")" = 5 ] || fail "list has other modules than the four and the project"
in_project one why github.com/fmtlib/fmt | grep -q spdlog || fail "why does not name spdlog"
grep -q '"path":"github.com/google/googletest".*"groups":\["test"\]' "$scratch/one/modtool.lock" || fail "no group"
grep -q '"path":"github.com/google/leveldb".*"submodules":"ignored:[1-9]' "$scratch/one/modtool.lock" || fail "no submodules"
hash=$(hash_of_tag github.com/fmtlib/fmt "${fmtlib#v}" "$fmtlib")
grep -q "\"path\":\"github.com/fmtlib/fmt\",\"version\":\"$fmtlib\",\"sum\":\"h1:$hash\"" "$scratch/one/modtool.lock" ||
  fail "the hash of fmt is not $hash"

in_project one vendor
in_project one vendor --check
in_project one verify
cmp "$scratch/one/vendor/github.com/fmtlib/fmt/CMakeLists.txt" - <<END || fail "vendored bytes differ from the tag's"
$(git -C "$folder/repositories/github.com/fmtlib/fmt" show "${fmtlib#v}:CMakeLists.txt")
END

mkdir "$scratch/elsewhere"
project elsewhere/two
make_hostile "$scratch/elsewhere/two.home/.gitconfig"
in_project elsewhere/two tidy
in_project elsewhere/two vendor
in_project elsewhere/two vendor --check
cmp "$scratch/one/modtool.lock" "$scratch/elsewhere/two/modtool.lock"
cmp "$scratch/one/modtool.sums" "$scratch/elsewhere/two/modtool.sums"
diff -r "$scratch/one/vendor" "$scratch/elsewhere/two/vendor"
[ ! -e "$scratch/trapped" ] || fail "something of the hostile Git configuration was run"
[ -z "$(find "$scratch/one/vendor" -name RELEASE)" ] || fail "bytes of another version"
