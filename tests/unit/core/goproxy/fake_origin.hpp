// A source of zips for tests: what it has is put into its members, and what it was asked for is written down.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/goproxy/zip_source.hpp"
#include "core/io/file_system.hpp"
#include "tests/support/zip_builder.hpp"

namespace modtool::goproxy::test {

class FakeOrigin final : public ZipSource {
 public:
  explicit FakeOrigin(io::FileSystem& files) : files_(files) {}

  std::map<std::string, std::string> mods;  // by "path@version"
  std::map<std::string, std::string> zips;
  std::map<std::string, source::VersionInfo> infos;  // by "path@query"
  std::map<std::string, std::vector<std::string>> lists;
  Error absent{.code = Code::kNotFound, .message = "reading proxy: 404 Not Found"};

  // What was asked for: "mod example.com/a@v1.0.0".
  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

  Result<std::vector<std::string>> fetch_versions(const std::string& path) override {
    return find(lists, "list", path);
  }
  Result<source::VersionInfo> fetch_info(const std::string& path, const std::string& query) override {
    return find(infos, "info", path + "@" + query);
  }
  Result<source::VersionInfo> fetch_latest(const std::string& path) override {
    return find(infos, "info", path + "@latest");
  }
  Result<std::string> fetch_mod(const module::ModuleVersion& module) override {
    return find(mods, "mod", to_string(module));
  }
  Result<void> fetch_zip(const module::ModuleVersion& module, const std::string& destination) override {
    MODTOOL_TRY(const std::string bytes, find(zips, "zip", to_string(module)));
    return files_.write_new(destination, bytes);
  }

 private:
  template <class T>
  Result<T> find(const std::map<std::string, T>& known, const std::string& what, const std::string& key) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(what + " " + key);
    const auto found = known.find(key);
    if (found == known.end()) return fail(absent);
    return found->second;
  }

  io::FileSystem& files_;
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
};

// The zip of a module with these files.
inline std::string module_zip(const std::string& module, const std::map<std::string, std::string>& files) {
  std::vector<modtool::test::ZipMember> members;
  for (const auto& [name, bytes] : files) members.push_back({.name = module + "/" + name, .bytes = bytes});
  return modtool::test::build_zip(members);
}

}  // namespace modtool::goproxy::test
