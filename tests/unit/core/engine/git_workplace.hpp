// A native project on the disk whose modules are in Git repositories beside it: git.example.com/o/NAME is at
// repos/NAME.
#pragma once

#include <map>
#include <string>

#include "core/base/text.hpp"
#include "core/manifest/lock.hpp"
#include "core/native/native_dialect.hpp"
#include "tests/support/check.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/unit/core/engine/workplace.hpp"

namespace modtool::engine::test {

inline std::string path_of(const std::string& name) { return "git.example.com/o/" + name; }

class GitWorkplace {
 public:
  GitWorkplace() {
    write("../gitconfig", "[url \"file://" + temp_.path() + "/repos/\"]\n\tinsteadOf = https://git.example.com/o/\n");
    place.settings.git_config = {.files = {temp_ / "gitconfig"}, .home = temp_.path()};
    place.settings.git_cache = temp_ / "cache";
  }

  // The repository of a module, made when it is first asked for.
  modtool::test::GitFixture& repository(const std::string& name) {
    return repositories_.try_emplace(name, temp_ / ("repos/" + name)).first->second;
  }
  // Publishes a version of a module that requires others, by name: {{"lib", "v1.0.0"}}. One process, as there are many.
  void release(const std::string& name, const std::string& version,
               const std::map<std::string, std::string>& require = {}) {
    std::string stream = "commit refs/tags/" + version + "\ncommitter a <a@example.com> 1672628645 +0000\ndata 0\n";
    for (const auto& [file, bytes] : files_of(name, version, require)) {
      stream += "M 100644 inline " + file + "\ndata " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
    }
    static_cast<void>(repository(name).git({"fast-import", "--quiet"}, stream));
  }
  // What such a version consists of.
  static std::map<std::string, std::string> files_of(const std::string& name, const std::string& version,
                                                     const std::map<std::string, std::string>& require = {}) {
    std::vector<std::string> entries;
    for (const auto& [other, least] : require) entries.push_back("\"" + path_of(other) + "\": \"" + least + "\"");
    return {{name + ".c", version + "\n"},
            {"modtool.json",
             R"({"schema": 1, "module": ")" + path_of(name) + R"(", "require": {)" + join(entries, ", ") + "}}\n"}};
  }

  // Files of the project, which is in a directory of its own.
  void write(const std::string& name, const std::string& text) {
    const std::string path = temp_ / ("project/" + name);
    REQUIRE_OK(io::disk().make_directories(temp_ / "project"));
    REQUIRE_OK(io::disk().make_directories(io::directory_of(path)));
    REQUIRE_OK(io::disk().write_atomic(path, text));
  }
  std::string read(const std::string& name) const {
    return io::disk().read(temp_ / ("project/" + name)).or_nothing().value_or("(not there)");
  }
  // The project's manifest: `members` are those behind the module's path.
  void write_manifest(const std::string& members) {
    write("modtool.json", "{\n  \"schema\": 1,\n  \"module\": \"example.com/app\",\n  " + members + "\n}\n");
  }
  manifest::Lock lock() const {
    return REQUIRE_OK(native::make_native_dialect("0.1.0")->parse_lock(read("modtool.lock"), "modtool.lock"));
  }
  // "lib v1.1.0 net v1.0.0": what the lock has a hash of.
  std::string selected() const {
    std::vector<std::string> names;
    for (const auto& locked : lock().modules) {
      if (!locked.sum.empty()) names.push_back(io::base_name(locked.module.path) + " " + locked.module.version);
    }
    return join(names, " ");
  }

 private:
  modtool::test::TempDirectory temp_;
  std::map<std::string, modtool::test::GitFixture> repositories_;

 public:
  Workplace place{io::disk(), temp_ / "project"};
};

}  // namespace modtool::engine::test
