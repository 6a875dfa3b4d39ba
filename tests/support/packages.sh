# The Debian packages that modtool is built and tested with, and how a script gets those that are missing.
# For sourcing by sh; `set -eu` is the caller's.

BUILD_PACKAGES="g++ cmake ninja-build pkg-config libarchive-dev libcli11-dev libcurl4-openssl-dev libdeflate-dev \
libfmt-dev libgit2-dev libgraphviz-dev libssl-dev libzip-dev nlohmann-json3-dev zlib1g-dev"
TEST_PACKAGES="clang-format-19 clang-tidy-19 doctest-dev fcgiwrap git make meson mold nginx-light openssh-client openssh-server openssl \
python3-venv xz-utils"

# Prints those of the given packages that are not installed.
missing_packages() {
  for package in "$@"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=absent
    [ "$status" = installed ] || printf '%s ' "$package"
  done
}

# Prints `sudo` or nothing, whichever lets a command run as root; fails where nothing does.
root_prefix() {
  if [ "$(id -u)" = 0 ]; then return 0; fi
  sudo -n true 2>/dev/null && echo sudo
}

# Installs those of the given packages that are missing, from the sources this machine has. Where it may not, it
# prints the line to type and exits 2. Machines without dpkg are left to the configure step, which names what it lacks.
need_packages() {
  command -v dpkg-query >/dev/null || return 0
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  if ! as_root=$(root_prefix); then
    echo "these packages are missing; type: sudo apt-get install --no-install-recommends $missing" >&2
    exit 2
  fi
  echo "installing: $missing" >&2
  install_packages "$as_root" "$missing" || {
    echo "the packages could not be installed: $missing" >&2
    exit 2
  }
}

# The package lists are fetched only where those at hand do not know, or no longer serve, a package.
install_packages() {
  # shellcheck disable=SC2086  # both are lists of words
  $1 env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $2 >/dev/null 2>&1 ||
    { $1 apt-get update -qq >&2 &&
      $1 env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $2 >&2; }
}

# Configures and builds a preset: build_preset dev [target…].
build_preset() {
  preset=$1
  shift
  cmake --preset "$preset" --log-level=WARNING >/dev/null
  cmake --build --preset "$preset" ${1:+--target "$@"}
}
