// What a run is told from outside, as values: cli makes them of flags and the environment, and nothing below reads
// either.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/io/http.hpp"
#include "core/project/project.hpp"

namespace modtool::engine {

// Names in capitals are those of `go env`. Directories are absolute; a cache's is empty where there is none.
struct Settings {
  // Of the command line.
  std::string directory;                         // where the project is looked for
  project::Which which = project::Which::all();  // --dialect
  bool offline = false;                          // nothing is fetched
  bool locked = false;                           // neither manifest nor lock is written
  project::ToolVersions tools;                   // what this run stands for
  // The command lines of the children of this program: for Git's network work, and to lay out a graph.
  std::vector<std::string> git_child;
  std::vector<std::string> layout_child;

  // Of Go.
  std::string proxy;                  // GOPROXY
  std::string proxy_again;            // "GOPROXY=…": what to type where it is "off"
  std::string go_auth;                // GOAUTH; empty: netrc
  std::string module_cache;           // GOMODCACHE
  std::string no_proxy;               // GONOPROXY, or GOPRIVATE
  std::string no_sum_db;              // GONOSUMDB, or GOPRIVATE
  std::string sum_db;                 // GOSUMDB; empty: Go's default
  std::string module_mode;            // GO111MODULE
  std::string workspace;              // GOWORK: empty or "auto", "off", or a path
  std::vector<std::string> go_flags;  // GOFLAGS, split
  std::string mod;                    // -mod, of GOFLAGS, unless the command line says otherwise
  std::string modfile;                // -modfile, likewise
  bool modcacherw = false;            // -modcacherw, likewise

  // Of Git.
  git::GitConfigFiles git_config;  // where Git's own settings are
  git::GitNetworkSettings git_network;

  // Of the machine.
  std::string git_cache;                 // of fetched Git repositories
  std::string archive_cache;             // of fetched archives
  std::string tree_store;                // of modules' files for builds
  std::string index_path;                // of the requirement index; empty: none
  std::string temp_directory;            // the system's, where a stray go.mod does not count
  io::HttpProxies http_proxies;          // of all that is not Git
  std::vector<std::string> environment;  // the user's, for the programs of a build
  std::vector<Error> problems;           // of values that cannot be used; a run that needs them does not begin
};

// What unsets a variable of the environment, perhaps in small letters there, or one that `go env -w` wrote.
Fix unsetting(const Settings& settings, std::string_view variable);

}  // namespace modtool::engine
