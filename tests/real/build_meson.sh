#!/bin/sh
# Real libraries in an unchanged meson.build: doctest is a subproject, CLI11, fmt and spdlog are built by CMake and
# installed first. Built and tested from vendor/, without a network where this may take it away.
#
#   tests/real/build_meson.sh MODTOOL FOLDER      the repositories are those of run.sh, kept in FOLDER
set -eu
modtool=$1
folder=$2
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
need_oracle apt command -v apt-get
need_oracle git command -v git
need_oracle cmake command -v cmake
need_oracle meson command -v meson
need_oracle "source package of real libraries" tests/real/make_repositories.sh "$folder"
. "$folder/versions.sh"

scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
unset XDG_CACHE_HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GOFLAGS GOENV CMAKE_GENERATOR PKG_CONFIG_PATH || true
export GIT_CONFIG_NOSYSTEM=1 HOME="$scratch/home"
mkdir -p "$HOME" "$scratch/demo"
printf '[url "file://%s/repositories/github.com/"]\n\tinsteadOf = https://github.com/\n' "$folder" >"$HOME/.gitconfig"
cd "$scratch/demo"

cat >modtool.json <<END
{
  "schema": 1,
  "module": "example.com/acme/logdemo",
  "require": {
    "github.com/CLIUtils/CLI11": "$cli11",
    "github.com/gabime/spdlog": "$spdlog"
  },
  "groups": { "test": { "github.com/doctest/doctest": "$doctest" } },
  "describe": {
    "github.com/fmtlib/fmt": { "build": { "cmake": { "options": { "FMT_TEST": false } } } },
    "github.com/gabime/spdlog": {
      "require": { "github.com/fmtlib/fmt": "$fmtlib" },
      "build": { "cmake": { "options": { "SPDLOG_FMT_EXTERNAL": true, "SPDLOG_BUILD_EXAMPLE": false } } }
    }
  }
}
END
cat >meson.build <<'END'
project('logdemo', 'cpp', default_options: 'cpp_std=c++17')
logdemo = executable('logdemo', 'main.cpp', dependencies: [dependency('CLI11'), dependency('spdlog'), dependency('threads')])
test('runs', logdemo, args: ['--name', 'meson'])
test('unit', executable('unit', 'test.cpp', dependencies: dependency('doctest')))
END
cat >main.cpp <<'END'
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  CLI::App app;
  std::string name;
  app.add_option("--name", name);
  CLI11_PARSE(app, argc, argv);
  spdlog::set_pattern("%v");
  spdlog::info("hello {}", name);
}
END
cat >test.cpp <<'END'
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
TEST_CASE("passes") { CHECK(1 + 1 == 2); }
END

"$modtool" tidy
"$modtool" vendor
rm -rf "$HOME"
without_network=
[ "$(id -u)" != 0 ] || ! unshare -n true || without_network="unshare -n"
$without_network "$modtool" test --strict
[ "$($without_network "$modtool" run logdemo --strict -- --name you | tail -1)" = "hello you" ]
echo "// evil" >>vendor/github.com/CLIUtils/CLI11/include/CLI/App.hpp
if "$modtool" build --strict >/dev/null 2>&1; then exit 1; fi
