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
. tests/real/scratch_project.sh
enter_scratch_project cmake meson

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

build_vendored "hello you" vendor/github.com/CLIUtils/CLI11/include/CLI/App.hpp logdemo -- --name you
