#!/bin/sh
# with_release.sh TOOL DIR VERSION PROGRAM [ARGUMENT…]: runs a program with another release of a build tool (`cmake`, `meson`) in
# PATH, the newest whose version starts so. An empty program beside it tells scripts what it is: `older-cmake` of one without
# dependency providers (before 3.24), `newer-cmake` of one that refuses what is written for a CMake before 3.5 (4.0). It is
# installed into DIR by Python's pip, once; where it cannot be had the test is skipped (MODTOOL_REQUIRE_ORACLE=1: fails).
set -eu
tool=$1
directory=$2
version=$3
shift 3

. "$(dirname "$0")/oracles.sh"

empty_program() {
  printf '#!/bin/sh\n' >"$1"
  chmod +x "$1"
}

# place ENVIRONMENT: the programs of a virtual environment come into the directory.
place() {
  if [ "$tool" = meson ]; then
    ln -sf "$1/bin/meson" "$directory/"
    return
  fi
  programs=$(find "$1/lib" -path '*/cmake/data/bin')
  case $version in
  3.1? | 3.2[0-3]) empty_program "$directory/older-cmake" ;;
  4*) empty_program "$directory/newer-cmake" ;;
  esac
  ln -sf "$programs/cmake" "$programs/ctest" "$directory/"
}

# Several tests may come at once: the first installs it, and the others wait.
install_release() {
  mkdir -p "$directory"
  exec 9>"$directory/lock"
  flock 9
  install_once && exec 9>&-
}

install_once() {
  [ ! -e "$directory/installed" ] || return 0
  rm -rf "$directory/environment"
  python3 -m venv "$directory/environment" &&
    "$directory/environment/bin/pip" install --quiet --retries 0 "$tool==$version.*" &&
    place "$directory/environment" && touch "$directory/installed"
}

need_oracle "$tool $version" install_release
PATH=$directory:$PATH
export PATH
exec "$@"
