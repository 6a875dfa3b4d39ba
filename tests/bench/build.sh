#!/bin/bash
# Prints what the proof adds to a build that has nothing to do: a project with libraries of headers, from vendor/ and from
# the cache, against the build tool alone.
#
#   tests/bench/build.sh [LIBRARIES [FILES]]      20 and 500 by default, of 10 KB a file
#   ROUNDS=9 MODTOOL=PATH tests/bench/build.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/bench/measure.sh
need_modtool

count=${1:-20}
files=${2:-500}
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
enter_own_home

make_repository() {
  local directory=$scratch/repositories/acme/lib$1
  mkdir -p "$directory"
  awk -v directory="$directory" -v library="$1" -v files="$files" 'BEGIN {
    for (n = 1; n <= files; n++) {
      name = sprintf("%s/part%d.h", directory, n)
      for (line = 1; line <= 200; line++) printf "int lib%d_part%d_function_%d(int a, int b, int c);\n", library, n, line >name
      close(name)
    }
  }'
  git -C "$directory" init -q -b main
  git -C "$directory" add .
  git -C "$directory" commit -q -m one
  git -C "$directory" tag v1.0.0
}

make_project() {
  local number comma=
  {
    printf '{"schema":1,"module":"example.com/bench","require":{'
    for ((number = 1; number <= count; number++)); do
      printf '%s"git.example.com/acme/lib%d":"v1.0.0"' "$comma" "$number"
      comma=,
    done
    printf '},"describe":{'
    comma=
    for ((number = 1; number <= count; number++)); do
      printf '%s"git.example.com/acme/lib%d":{"build":{"headerOnly":["."]}}' "$comma" "$number"
      comma=,
    done
    printf '}}\n'
  } >"$1/modtool.json"
  {
    printf 'cmake_minimum_required(VERSION 3.14)\nproject(bench C)\nadd_executable(app main.c)\n'
    for ((number = 1; number <= count; number++)); do
      printf 'find_package(lib%d REQUIRED)\ntarget_link_libraries(app PRIVATE lib%d::lib%d)\n' "$number" "$number" "$number"
    done
  } >"$1/CMakeLists.txt"
  printf 'int main(void) { return 0; }\n' >"$1/main.c"
}

for ((library = 1; library <= count; library++)); do make_repository "$library"; done
make_project "$scratch/project"
"$MODTOOL" -q -C "$scratch/project" tidy >/dev/null
cp -R "$scratch/project" "$scratch/vendored"
"$MODTOOL" -q -C "$scratch/vendored" vendor
for project in project vendored; do "$MODTOOL" -q -C "$scratch/$project" build >/dev/null; done
printf '%d libraries, %d files, %s\n' "$count" "$(find "$scratch/vendored/vendor" -type f | wc -l)" \
  "$(du -sh "$scratch/vendored/vendor" | cut -f1)"

contender 'cmake --build' : 'cmake --build "$scratch/vendored/build/modtool"'
contender 'modtool vendor --check' : '"$MODTOOL" -C "$scratch/vendored" vendor --check'
contender 'modtool build, vendored' : '"$MODTOOL" -C "$scratch/vendored" build'
contender 'modtool build, from the cache' : '"$MODTOOL" -C "$scratch/project" build'
contender 'find -type f | xargs sha256sum' : 'find "$scratch/vendored/vendor" -type f -print0 | xargs -0 -P "$(nproc)" -n 500 sha256sum'
compare 'a build with nothing to do' 3
