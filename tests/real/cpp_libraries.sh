#!/bin/bash
# Real C and C++ libraries, as Debian has their sources, in projects that know nothing of modtool: each by find_package() and by
# FetchContent, from the cache and from vendor/, by ninja and by make, built twice, and proven afterwards; with a program that runs.
#
#   tests/real/cpp_libraries.sh MODTOOL [LIBRARY…]
#
# What Debian leaves out of the sources and a build needs is added below, library by library. Prints a line for each library, and
# exits 1 if one of them was not as it should be. By an older CMake, and by an ordinary user:
#
#   tests/support/with_release.sh cmake DIR 3.14 tests/real/cpp_libraries.sh MODTOOL
#   setpriv --reuid=65534 --regid=65534 --clear-groups tests/real/cpp_libraries.sh MODTOOL
set -u
modtool=$(realpath "$1")
shift
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
. tests/real/apt_sources.sh
need_oracle apt-get command -v apt-get
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1
mkdir -p "$HOME" "$scratch/repositories"
git config --global user.name tests && git config --global user.email tests@example.com
failed=0

# A library: the Debian package, the path of its module, its version, its tag, what finds it, what is linked, its description, and
# the files that Debian's sources lack and its CMakeLists.txt needs.
library() {
  package[$1]=$2 path[$1]=$3 version[$1]=$4 tag[$1]=$5 find[$1]=$6 target[$1]=$7 describe[$1]=$8 lacks[$1]=${9:-}
  names+=("$1")
}
declare -A package path version tag find target describe lacks program
names=()
library fmt fmtlib github.com/fmtlib/fmt v9.1.0 9.1.0 'fmt 9' fmt::fmt '"tags": ["{version}"]'
library spdlog spdlog github.com/gabime/spdlog v1.10.0 v1.10.0 'spdlog 1.10' spdlog::spdlog \
  '"require": { "github.com/fmtlib/fmt": "v9.1.0" }, "build": { "cmake": { "options": { "SPDLOG_FMT_EXTERNAL": true } } }'
library Catch2 catch2 github.com/catchorg/Catch2 v2.13.10 v2.13.10 'Catch2 2' Catch2::Catch2 ''
library GTest googletest github.com/google/googletest v1.12.1 release-1.12.1 'GTest' GTest::gtest_main \
  '"tags": ["release-{version}"], "build": { "cmake": { "names": ["GTest", "googletest"], "absent": ["Python"] } }'
library yaml-cpp yaml-cpp github.com/jbeder/yaml-cpp v0.7.0 yaml-cpp-0.7.0 'yaml-cpp' yaml-cpp '"tags": ["yaml-cpp-{version}"]'
library tinyxml2 tinyxml2 github.com/leethomason/tinyxml2 v9.0.0 9.0.0 'tinyxml2 9' tinyxml2::tinyxml2 '"tags": ["{version}"]'
library leveldb leveldb github.com/google/leveldb v1.23.0 1.23 'leveldb' leveldb::leveldb \
  '"tags": ["{major}.{minor}"], "build": { "cmake": { "alias": { "leveldb::leveldb": "leveldb" },
    "options": { "LEVELDB_BUILD_TESTS": false, "LEVELDB_BUILD_BENCHMARKS": false } } }'
library CLI11 cli11 github.com/CLIUtils/CLI11 v2.1.2 v2.1.2 'CLI11 2' CLI11::CLI11 ''
library absl abseil github.com/abseil/abseil-cpp v20220623.1.0 20220623.1 'absl' absl::strings \
  '"tags": ["{major}.{minor}"], "compat": "always", "build": { "cmake": { "names": ["absl"], "options": { "ABSL_PROPAGATE_CXX_STD": true } } }'
library ZLIB zlib github.com/madler/zlib v1.2.13 v1.2.13 'ZLIB 1.2' ZLIB::ZLIB \
  '"build": { "copy": true, "cmake": { "alias": { "ZLIB::ZLIB": "zlibstatic" }, "options": { "CMAKE_POLICY_VERSION_MINIMUM": "3.5" } } }' win32/zlib1.rc
program[ZLIB]='#include <zlib.h>
#include <cstring>
int main() { return std::strcmp(zlibVersion(), ZLIB_VERSION); }'
program[fmt]='#include <fmt/format.h>
int main() { return fmt::format("{}", 42) == "42" ? 0 : 1; }'
program[spdlog]='#include <spdlog/spdlog.h>
int main() { spdlog::info("{}", 42); }'
program[Catch2]='#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
TEST_CASE("it") { CHECK(true); }'
program[GTest]='#include <gtest/gtest.h>
TEST(it, works) { EXPECT_EQ(1, 1); }'
program[yaml-cpp]='#include <yaml-cpp/yaml.h>
int main() { return YAML::Load("[1, 2]").size() == 2 ? 0 : 1; }'
program[tinyxml2]='#include <tinyxml2.h>
int main() { tinyxml2::XMLDocument d; return d.Parse("<a/>"); }'
program[leveldb]='#include <leveldb/db.h>
int main() { return leveldb::kMajorVersion == 1 ? 0 : 1; }'
program[CLI11]='#include <CLI/CLI.hpp>
int main() { CLI::App app; return app.get_name().empty() ? 0 : 1; }'
program[absl]='#include <absl/strings/str_cat.h>
int main() { return absl::StrCat(4, 2) == "42" ? 0 : 1; }'

# A repository of the upstream's part of the sources, with its tag.
make_repository() {
  repository=$scratch/repositories/$1
  mkdir -p "$repository"
  tar -xf "$(echo "$scratch/apt/packages/${package[$1]}"_*.orig.tar.*z*)" --strip-components=1 -C "$repository" || return 1
  for file in ${lacks[$1]}; do mkdir -p "$(dirname "$repository/$file")" && : >"$repository/$file"; done
  git -C "$repository" init -q -b main && git -C "$repository" add -A -f && git -C "$repository" commit -qm upstream &&
    git -C "$repository" tag "${tag[$1]}"
  git config --global "url.file://$repository.insteadOf" "https://${path[$1]}"
}

make_project() {
  project=$scratch/projects/$1
  mkdir -p "$project"
  describes=
  for each in "$1" $([ "$1" != spdlog ] || echo fmt); do
    [ -z "${describe[$each]}" ] || describes="${describes:+$describes, }\"${path[$each]}\": { ${describe[$each]} }"
  done
  printf '{ "schema": 1, "module": "example.com/app", "require": { "%s": "%s" }, "describe": { %s } }\n' \
    "${path[$1]}" "${version[$1]}" "$describes" >"$project/modtool.json"
  printf '%s\n' "${program[$1]}" >"$project/main.cpp"
  cat >"$project/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.14)
project(app CXX C)
set(CMAKE_CXX_STANDARD 17)
if(BY_CONTENT)
  include(FetchContent)
  FetchContent_Declare($1 GIT_REPOSITORY https://${path[$1]} GIT_TAG ${tag[$1]})
  FetchContent_MakeAvailable($1)
else()
  find_package(${find[$1]} REQUIRED)
endif()
add_executable(app main.cpp)
target_link_libraries(app PRIVATE ${target[$1]})
enable_testing()
$([ "$1" != Catch2 ] || printf 'include(Catch)\ncatch_discover_tests(app)\n')
add_test(NAME app COMMAND app)
END
}

# run LIBRARY WORDS…: modtool in its project, what it says is shown if it fails.
run() {
  (cd "$scratch/projects/$1" && shift && "$modtool" "$@") >"$scratch/said" 2>&1 && return 0
  failed=1
  echo "FAIL $1: modtool ${*:2}"
  tail -n 25 "$scratch/said"
  return 1
}

# build LIBRARY ARGUMENTS…: twice, the second time with nothing to do, then the tests.
build() {
  run "$1" build "${@:2}" && run "$1" build "${@:2}" || return 1
  grep -Eq 'no work to do|up.to.date|Built target' "$scratch/said" && ! grep -q 'Building C' "$scratch/said" ||
    { failed=1 && echo "FAIL $1: the second build ${*:2} compiles"; }
  run "$1" test "${@:2}"
}

try_library() {
  make_project "$1"
  run "$1" tidy || return
  build "$1" -B build/cache && run "$1" verify
  run "$1" vendor || return
  build "$1" -B build/vendor && run "$1" vendor --check
  build "$1" -B build/content -D BY_CONTENT=ON && run "$1" vendor --check
  build "$1" -B build/make -G 'Unix Makefiles' && run "$1" vendor --check
  command -v older-cmake >/dev/null || { build "$1" -B build/strict --strict && run "$1" vendor --check; }
  echo "tried $1"
}

[ $# -gt 0 ] || set -- "${names[@]}"
wanted=" $* fmt "
packages=
for name in "${names[@]}"; do case $wanted in *" $name "*) packages="$packages ${package[$name]}" ;; esac done
need_oracle "source package of$packages" fetch_sources "$scratch/apt" $packages
for name in "${names[@]}"; do case $wanted in *" $name "*) make_repository "$name" || exit 1 ;; esac done
for name; do try_library "$name"; done
exit $failed
