# Source packages of the machine's distribution, through an apt of our own: its lists, cache and configuration lie below a
# folder, and where packages come from is derived from the machine's sources, which stay as they are.
# For sourcing by sh; `set -eu` is the caller's.

# The machine's sources, asking for source packages. FOLDER/sources.d is made anew.
derive_sources() {
  rm -rf "$1/sources.d"
  mkdir -p "$1/sources.d"
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$list" ] || continue
    sed -n 's/^[[:space:]]*deb[[:space:]]/deb-src /p' "$list" >"$1/sources.d/$(basename "$list" .list).list"
  done
  for stanzas in /etc/apt/sources.list.d/*.sources; do
    [ -f "$stanzas" ] || continue
    sed 's/^Types:.*/Types: deb-src/' "$stanzas" >"$1/sources.d/$(basename "$stanzas")"
  done
}

# The machine's settings without its hooks, and with every place below FOLDER.
derive_settings() {
  apt-config dump | grep -Ev '^(Dir|DPkg|APT::[A-Za-z:]*Invoke)' >"$1/apt.conf"
  cat >>"$1/apt.conf" <<END
Dir::Etc::main "$1/none";
Dir::Etc::parts "$1/none.d";
Dir::Etc::sourcelist "$1/none";
Dir::Etc::sourceparts "$1/sources.d";
Dir::State::lists "$1/lists";
Dir::Cache "$1/cache";
APT::Sandbox::User "root";
Acquire::Retries "1";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
END
  mkdir -p "$1/none.d" "$1/lists/partial" "$1/cache/archives/partial"
}

# fetch_sources FOLDER PACKAGE…: the archives of source packages, into FOLDER/packages. They are checked as apt always
# does; nothing is unpacked.
fetch_sources() {
  folder=$1
  shift
  mkdir -p "$folder/packages"
  derive_sources "$folder"
  derive_settings "$folder"
  export APT_CONFIG="$folder/apt.conf"
  apt-get update -qq || echo "some package lists could not be had" >&2
  (cd "$folder/packages" && apt-get source -qq --download-only "$@")
  unset APT_CONFIG
}
