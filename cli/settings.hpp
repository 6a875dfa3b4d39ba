// From the environment to typed settings, with Go's precedence: flag, environment variable, GOENV file, default.
#pragma once

#include <string>
#include <vector>

#include "cli/environment.hpp"
#include "core/base/result.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/io/file_system.hpp"

namespace modtool::cli {

// The version of Go whose behaviour modtool has.
inline constexpr const char* kGoVersion = "1.26.8";

// The settings that both dialects' commands look at. Names are those of `go env`.
struct Settings {
  std::string go_version = kGoVersion;
  std::string proxy;                     // GOPROXY; empty: Go's default, which needs https
  std::string module_cache;              // GOMODCACHE, absolute
  std::string no_proxy;                  // GONOPROXY, or GOPRIVATE
  std::string no_sum_db;                 // GONOSUMDB, or GOPRIVATE
  std::string sum_db;                    // GOSUMDB; empty: Go's default
  std::string module_mode;               // GO111MODULE
  std::string workspace;                 // GOWORK: empty or "auto", "off", or a path
  git::GitConfigFiles git_config;        // where Git's own settings are
  std::string git_cache;                 // of fetched Git repositories; empty where there is no cache directory
  std::string archive_cache;             // of fetched archives; empty as well
  std::string tree_store;                // of modules' files for builds; likewise
  std::vector<std::string> environment;  // the user's, for the programs of a build
  git::GitNetworkSettings git_network;
  std::string temp_directory;         // the system's, where a stray go.mod does not count
  std::string index_path;             // of the requirement index; empty where there is no cache directory
  std::vector<std::string> go_flags;  // GOFLAGS, split
  // From GOFLAGS, unless the command line says otherwise.
  std::string mod;          // -mod
  std::string modfile;      // -modfile
  bool modcacherw = false;  // -modcacherw
};

// Code::kBadSetting with Go's words for values that Go refuses.
Result<Settings> load_settings(const Environment& environment, const io::FileReader& files);

// Splits a flag list as GOFLAGS is split: at spaces, with quotes around values.
Result<std::vector<std::string>> split_go_flags(std::string_view text);

}  // namespace modtool::cli
