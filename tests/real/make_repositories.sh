#!/bin/sh
# Git repositories of real libraries, made of the source packages of the machine's distribution: each has the packaged
# version under the tag that its upstream gives it, a version before and one after it, by commits with one author and
# date. Done once for a folder; the second time costs nothing.
#
#   tests/real/make_repositories.sh FOLDER      makes FOLDER/repositories/github.com/… and FOLDER/versions.sh;
#                                               FOLDER is absolute
set -eu
folder=$1
here=$(cd "$(dirname "$0")" && pwd)
. "$here/apt_sources.sh"

# What the result depends on, but for the distribution.
recipe=$(cat "$here/make_repositories.sh" "$here/apt_sources.sh" | sha256sum)
[ "$(cat "$folder/recipe" 2>/dev/null)" != "$recipe" ] || exit 0
rm -rf "$folder/packages" "$folder/repositories"
mkdir -p "$folder"
fetch_sources "$folder" cli11 doctest fmtlib spdlog googletest leveldb >&2

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=upstream GIT_AUTHOR_EMAIL=upstream@example.com
export GIT_COMMITTER_NAME=upstream GIT_COMMITTER_EMAIL=upstream@example.com
export GIT_AUTHOR_DATE='2024-01-02T03:04:05Z' GIT_COMMITTER_DATE='2024-01-02T03:04:05Z'

# The upstream version of a source package: of fmtlib_9.1.0+ds1-2.dsc 9.1.0.
version_of() {
  (cd "$folder/packages" && echo "$1"_*.dsc) | sed 's/^[^_]*_//; s/-[^-]*\.dsc$//; s/[+~].*//'
}

# The version before: 9.1.0 → 9.0.9, 1.12.1 → 1.12.0, 1.23 → 1.22.
before() {
  echo "$1" | awk -F. -v OFS=. '{ if ($NF > 0) $NF = $NF - 1; else { $(NF - 1) = $(NF - 1) - 1; $NF = 9 } print }'
}
# The version after: its last number raised.
after() { echo "$1" | awk -F. -v OFS=. '{ $NF = $NF + 1; print }'; }

# unpack PACKAGE DIRECTORY
unpack() {
  mkdir -p "$2"
  tar -xf "$(echo "$folder/packages/$1"_*.orig.tar.*z)" -C "$2" --strip-components=1
}

commit() {
  git add -A -f
  [ ! -f .gitmodules ] || add_submodules
  git commit -q -m "$1"
}

# The directories of submodules, which archives hold empty, become links to commits.
add_submodules() {
  git config -f .gitmodules --get-regexp 'submodule\..*\.path' | while read -r _ path; do
    git update-index --add --cacheinfo "160000,$(printf %s "$path" | sha1sum | cut -c1-40),$path"
  done
}

# repository PACKAGE PATH TAG: TAG has %s for the version. Prints nothing; the caller notes the versions.
repository() {
  version=$(version_of "$1")
  mkdir -p "$folder/repositories/$2"
  cd "$folder/repositories/$2"
  git init -q -b main .
  for release in "$(before "$version")" "$version" "$(after "$version")"; do
    find . -mindepth 1 -maxdepth 1 ! -name .git -exec rm -rf {} +
    unpack "$1" .
    [ "$release" = "$version" ] || echo "$release" >RELEASE
    commit "release $release"
    # shellcheck disable=SC2059  # the tag is a format
    git tag "$(printf "$3" "$release")"
  done
  git gc -q
}

repository fmtlib github.com/fmtlib/fmt %s
repository spdlog github.com/gabime/spdlog v%s
repository googletest github.com/google/googletest release-%s
repository leveldb github.com/google/leveldb %s
repository cli11 github.com/CLIUtils/CLI11 v%s
repository doctest github.com/doctest/doctest v%s
{
  for package in cli11 doctest fmtlib spdlog googletest leveldb; do
    version=$(version_of "$package")
    [ "$package" != leveldb ] || version=$version.0
    echo "$package=v$version"
    echo "${package}_before=v$(before "$(version_of "$package")")"
  done
} >"$folder/versions.sh"
echo "$recipe" >"$folder/recipe"
