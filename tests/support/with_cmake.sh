#!/bin/sh
# with_cmake.sh DIR VERSION PROGRAM [ARGUMENT…]: runs a program with another CMake in PATH, the newest whose version starts
# so. An empty program beside it tells scripts what it is: `older-cmake` of one without dependency providers (before 3.24),
# `newer-cmake` of one that refuses what is written for a CMake before 3.5 (4.0). It is installed into DIR by Python's pip,
# once; where it cannot be had the test is skipped (MODTOOL_REQUIRE_ORACLE=1: fails).
set -eu
directory=$1
version=$2
shift 2

. "$(dirname "$0")/oracles.sh"

empty_program() {
  printf '#!/bin/sh\n' >"$1"
  chmod +x "$1"
}

# Several tests may come at once: each makes its own, and the first that is done counts.
install_cmake() {
  [ -e "$directory/installed" ] && return
  mkdir -p "$directory"
  new=$(mktemp -d "$directory/new.XXXXXX")
  if python3 -m venv "$new" && "$new/bin/pip" install --quiet --retries 0 "cmake==$version.*"; then
    programs=$(find "$new/lib" -path '*/cmake/data/bin')
    case $version in
    3.1? | 3.2[0-3]) empty_program "$directory/older-cmake" ;;
    4*) empty_program "$directory/newer-cmake" ;;
    esac
    ln -sf "$programs/cmake" "$programs/ctest" "$directory/" && touch "$directory/installed"
  else
    rm -r "$new"
    return 1
  fi
}

need_oracle "CMake $version" install_cmake
PATH=$directory:$PATH
export PATH
exec "$@"
