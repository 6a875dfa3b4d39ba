# What tests compare modtool with: the real go, its module cache filled for a large real module, and the suite of go's
# own script tests. All of it may be absent; then the tests that need it are skipped (MODTOOL_REQUIRE_ORACLE=1: fail).
# For sourcing by sh from the top of the checkout.

# Where a checkout keeps what is shared between checkouts, unless the environment says otherwise.
: "${MODTOOL_PLATFORM:=$PWD/../shared/real/platform}"
: "${MODTOOL_PEER_SUITE:=$PWD/../shared/peer-suite}"
export MODTOOL_PLATFORM MODTOOL_PEER_SUITE

# need_oracle NAME TEST…: goes on where the test succeeds; otherwise the script ends, skipped (77) or failed.
need_oracle() {
  oracle=$1
  shift
  "$@" >/dev/null 2>&1 && return 0
  echo "there is no $oracle to compare with" >&2
  [ "${MODTOOL_REQUIRE_ORACLE:-}" = 1 ] && exit 1
  exit 77
}

# Fills go's module cache with everything that the platform module needs. Only the go client asks the network, and only
# for what the cache lacks.
fill_platform_cache() {
  [ -d "$MODTOOL_PLATFORM" ] && command -v go >/dev/null || return 0
  copy=$(mktemp -d)
  cp "$MODTOOL_PLATFORM/go.mod" "$MODTOOL_PLATFORM/go.sum" "$copy"
  (
    cd "$copy"
    export GOWORK=off GOFLAGS=-mod=mod
    GOPROXY=off go mod download 2>/dev/null && GOPROXY=off go mod graph >/dev/null 2>&1 && exit 0
    go mod download && go mod graph >/dev/null
  ) || echo "go could not fill its module cache; the tests on the platform module will say so" >&2
  rm -rf "$copy"
}
