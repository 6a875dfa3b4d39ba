#!/bin/sh
# with_cmake.sh DIR VERSION PROGRAM [ARGUMENT…]: runs a program with another CMake in PATH, beside which `older-cmake` is an
# empty program that tells so. It is installed into DIR by Python's pip, once; where it cannot be had the test is skipped
# (MODTOOL_REQUIRE_ORACLE=1: fails).
set -eu
directory=$1
version=$2
shift 2

. "$(dirname "$0")/oracles.sh"

# Several tests may come at once: each makes its own, and the first that is done counts.
install_cmake() {
  [ -x "$directory/older-cmake" ] && return
  mkdir -p "$directory"
  new=$(mktemp -d "$directory/new.XXXXXX")
  if python3 -m venv "$new" && "$new/bin/pip" install --quiet --retries 0 "cmake==$version.*"; then
    programs=$(find "$new/lib" -path '*/cmake/data/bin')
    printf '#!/bin/sh\n' >"$new/older-cmake"
    chmod +x "$new/older-cmake"
    ln -sf "$programs/cmake" "$programs/ctest" "$directory/" && mv "$new/older-cmake" "$directory/"
  else
    rm -r "$new"
    return 1
  fi
}

need_oracle "CMake $version" install_cmake
PATH=$directory:$PATH
export PATH
exec "$@"
