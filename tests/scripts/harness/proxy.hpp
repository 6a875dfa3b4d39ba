// A module proxy in a directory, made from the sections of a script.
//
//   -- .proxy/example.com/a@v1.0.0/go.mod --
//   module example.com/a
//   -- .proxy/example.com/a@v1.0.0/a.go --
//   package a
//
// Layout: https://go.dev/ref/mod#goproxy-protocol, as a file:// proxy holds it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/txtar.hpp"

namespace modtool::test {

struct ProxyModule {
  std::string path;
  std::string version;
  std::map<std::string, std::string> files;  // name inside the module → bytes

  // Its go.mod, or the one that go makes up for a module without.
  std::string go_mod() const;
};

// The modules of a script's `.proxy/` sections, sorted by path and version in the order of their text.
std::vector<ProxyModule> proxy_modules(const Txtar& archive);

// Writes list, .info, .mod and .zip of each module.
void write_proxy(const std::vector<ProxyModule>& modules, const std::filesystem::path& directory);

// The same as go's module cache holds it under cache/download: the hash of each zip beside it, nothing extracted.
void write_download_cache(const std::vector<ProxyModule>& modules, const std::filesystem::path& directory);

// The go.sum that holds every module, both lines each.
std::string format_go_sum(const std::vector<ProxyModule>& modules);

inline constexpr std::string_view kProxySections = ".proxy/";

}  // namespace modtool::test
