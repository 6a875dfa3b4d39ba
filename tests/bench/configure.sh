#!/bin/bash
# Prints what the dependency provider adds to a configuration: a project with libraries, each found by find_package(), against the same
# libraries by add_subdirectory(); the first one in a build directory, which asks the compiler, and one anew, which does not. The
# proof, which is not the provider's, is left out of it.
#
#   tests/bench/configure.sh [LIBRARIES]      20 by default
#   ROUNDS=9 MODTOOL=PATH tests/bench/configure.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/bench/measure.sh
need_modtool

count=${1:-20}
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
enter_own_home

# A library of ten files in two directories, with options and what small libraries do besides.
make_repository() {
  local directory=$scratch/repositories/acme/lib$1
  mkdir -p "$directory/src"
  cat >"$directory/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.14)
project(lib$1 VERSION 1.0.0 LANGUAGES C)
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
include(CheckCSourceCompiles)
check_c_source_compiles("int main(void) { return $1; }" LIB$1_COMPILES)
foreach(part RANGE 30)
  option(LIB$1_PART_\${part} "" ON)
endforeach()
set(LIB$1_DIRECTORY "\${CMAKE_CURRENT_SOURCE_DIR}" PARENT_SCOPE)
add_subdirectory(src)
END
  for part in 1 2 3 4 5 6 7 8 9; do echo "int lib$1_part$part(void) { return 1; }" >"$directory/src/part$part.c"; done
  printf 'file(GLOB sources *.c)\nadd_library(lib%s STATIC ${sources})\nadd_library(lib%s::lib%s ALIAS lib%s)\n' "$1" "$1" "$1" "$1" >"$directory/src/CMakeLists.txt"
  git -C "$directory" init -q -b main
  git -C "$directory" add .
  git -C "$directory" commit -q -m one
  git -C "$directory" tag v1.0.0
}

# make_lists FORMAT: a CMakeLists.txt with a line for each library.
make_lists() {
  printf 'cmake_minimum_required(VERSION 3.14)\nproject(bench C)\nadd_executable(app main.c)\n'
  for ((number = 1; number <= count; number++)); do
    printf "$1"'target_link_libraries(app PRIVATE lib%d::lib%d)\n' "$number" "$number" "$number"
  done
}

cd "$scratch/project"
for ((library = 1; library <= count; library++)); do make_repository "$library"; done
{
  printf '{"schema":1,"module":"example.com/bench","require":{'
  for ((number = 1; number <= count; number++)); do
    printf '%s"git.example.com/acme/lib%d":"v1.0.0"' "$([ "$number" = 1 ] || echo ,)" "$number"
  done
  printf '}}\n'
} >modtool.json
echo 'int main(void) { return 0; }' >main.c
make_lists 'find_package(lib%d REQUIRED)\n' >CMakeLists.txt
"$MODTOOL" -q tidy
"$MODTOOL" -q vendor
"$MODTOOL" -q cmake >/dev/null
mkdir "$scratch/plain"
cp -R vendor main.c "$scratch/plain"
make_lists 'add_subdirectory(vendor/git.example.com/acme/lib%d EXCLUDE_FROM_ALL)\n' >"$scratch/plain/CMakeLists.txt"
export MODTOOL_PROVEN=$scratch/project
printf '%d libraries, %s\n' "$count" "$(cmake --version | head -n 1)"
contender 'add_subdirectory()' : 'cmake -S "$scratch/plain" -B "$target"'
contender 'find_package() by the provider' : 'cmake -S "$scratch/project" -B "$target" -C "$scratch/project/.modtool/attach.cmake"'
compare 'a first configuration'
cmake -S "$scratch/plain" -B "$scratch/plain/build" >/dev/null
cmake -S . -B build -C .modtool/attach.cmake >/dev/null
contender 'add_subdirectory()' : 'cmake -S "$scratch/plain" -B "$scratch/plain/build"'
contender 'find_package() by the provider' : 'cmake -S "$scratch/project" -B "$scratch/project/build"'
compare 'a configuration anew' 3
