# What the builds of real libraries share, for sourcing by sh from the top of the checkout; `set -eu`, $modtool and $folder
# (where the repositories of make_repositories.sh are kept) are the caller's.

# enter_scratch_project TOOL…: goes to an empty directory whose Git leads github.com to the repositories; the versions of the
# libraries are set. The test is skipped where a tool is missing.
enter_scratch_project() {
  need_oracle apt command -v apt-get
  for needed in git "$@"; do need_oracle "$needed" command -v "$needed"; done
  need_oracle "source package of real libraries" tests/real/make_repositories.sh "$folder"
  . "$folder/versions.sh"
  scratch=$(mktemp -d)
  trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
  unset XDG_CACHE_HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GOFLAGS GOENV CMAKE_GENERATOR PKG_CONFIG_PATH || true
  export GIT_CONFIG_NOSYSTEM=1 HOME="$scratch/home"
  mkdir -p "$HOME" "$scratch/demo"
  printf '[url "file://%s/repositories/github.com/"]\n\tinsteadOf = https://github.com/\n' "$folder" >"$HOME/.gitconfig"
  cd "$scratch/demo"
}

# build_vendored EXPECTED ATTACKED RUN…: vendors, tests and runs (`modtool run RUN…`, whose last line is the expected one)
# with neither cache nor repositories nor, where this may take it away, a network. Then a vendored file is changed, and
# nothing is built any more.
build_vendored() {
  expected=$1
  attacked=$2
  shift 2
  "$modtool" tidy
  "$modtool" vendor
  rm -rf "$HOME"
  without_network=
  [ "$(id -u)" != 0 ] || ! unshare -n true || without_network="unshare -n"
  $without_network "$modtool" test --strict
  [ "$($without_network "$modtool" run --strict "$@" | tail -1)" = "$expected" ]
  echo "// evil" >>"$attacked"
  if "$modtool" build --strict >/dev/null 2>&1; then exit 1; fi
}
