#!/bin/sh
# Real libraries, from the manifest to the running program: an unchanged CMakeLists.txt finds fmt, spdlog and leveldb by
# find_package() and googletest by FetchContent, and is built and tested from vendor/, without a network where this may
# take it away.
#
#   tests/real/build.sh MODTOOL FOLDER      the repositories are those of run.sh, kept in FOLDER
set -eu
modtool=$1
folder=$2
cd "$(dirname "$0")/../.."
. tests/support/oracles.sh
. tests/real/scratch_project.sh
enter_scratch_project cmake

cat >modtool.json <<END
{
  "schema": 1,
  "module": "example.com/acme/logdemo",
  "require": {
    "github.com/fmtlib/fmt": "$fmtlib",
    "github.com/gabime/spdlog": "$spdlog",
    "github.com/google/leveldb": "$leveldb"
  },
  "build": { "allow": ["Python"] }, // googletest looks for an interpreter
  "groups": { "test": { "github.com/google/googletest": "$googletest" } },
  "describe": {
    "github.com/fmtlib/fmt": { "build": { "cmake": { "options": { "FMT_TEST": false, "FMT_INSTALL": false } } } },
    "github.com/gabime/spdlog": {
      "require": { "github.com/fmtlib/fmt": "$fmtlib" },
      "build": { "cmake": { "options": { "SPDLOG_FMT_EXTERNAL": true } } }
    },
    "github.com/google/googletest": {
      "tags": ["v{version}", "release-{version}"],
      "build": { "cmake": { "names": ["GTest", "googletest"], "options": { "INSTALL_GTEST": false } } }
    },
    "github.com/google/leveldb": {
      "tags": ["v{version}", "{major}.{minor}"],
      "submodules": "ignore",
      "build": { "cmake": {
        "alias": { "leveldb::leveldb": "leveldb" },
        "options": { "LEVELDB_BUILD_TESTS": false, "LEVELDB_BUILD_BENCHMARKS": false, "LEVELDB_INSTALL": false } } }
    }
  }
}
END
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.14)
project(logdemo CXX)
set(CMAKE_CXX_STANDARD 17)
find_package(fmt 9 REQUIRED)
find_package(spdlog REQUIRED)
find_package(leveldb 1.20 REQUIRED)
find_package(Threads REQUIRED)
add_executable(logdemo main.cpp)
target_link_libraries(logdemo PRIVATE fmt::fmt spdlog::spdlog leveldb::leveldb Threads::Threads)

enable_testing()
include(FetchContent)
FetchContent_Declare(googletest GIT_REPOSITORY https://github.com/google/googletest GIT_TAG main)
FetchContent_MakeAvailable(googletest)
add_executable(logdemo_test test.cpp)
target_link_libraries(logdemo_test PRIVATE gtest_main)
add_test(NAME logdemo_test COMMAND logdemo_test)
END
cat >main.cpp <<'END'
#include <fmt/format.h>
#include <leveldb/db.h>
#include <spdlog/spdlog.h>

int main() {
  spdlog::set_pattern("%v");
  spdlog::info(fmt::format("leveldb {}", leveldb::kMajorVersion));
}
END
cat >test.cpp <<'END'
#include <gtest/gtest.h>
TEST(Demo, Passes) { EXPECT_EQ(1, 1); }
END

build_vendored "leveldb 1" vendor/github.com/fmtlib/fmt/src/format.cc logdemo
