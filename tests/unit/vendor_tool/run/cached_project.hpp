// A Go project in memory, in /p, whose modules lie in Go's module cache, in /cache; nothing can be fetched. What a run
// does with it goes through any file system in front of that memory, say one that fails.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/module/hash.hpp"
#include "tests/support/check.hpp"
#include "tests/support/in_memory_modules.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/zip_builder.hpp"
#include "tests/unit/core/engine/workplace.hpp"

namespace modtool::vendor_tool::test {

class CachedProject {
 public:
  using Files = std::map<std::string, std::string>;  // by full path

  // Puts the modules of a text (in_memory_modules.hpp) into the cache, and their hashes into go.sum.
  void publish(std::string_view text) {
    std::string sums = disk.read("/p/go.sum").or_nothing().value_or("");
    for (const auto& [module, files] : modtool::test::parse_modules(text)) {
      const std::string place = "/cache/cache/download/" + module.path + "/@v/" + module.version;
      std::vector<modtool::test::ZipMember> members;
      module::Preimage preimage;
      for (const auto& [name, bytes] : files) {
        members.push_back({.name = to_string(module) + "/" + name, .bytes = bytes});
        preimage.push_back({.name = name, .sha256 = sha256(bytes)});
      }
      const std::string h1 = module::h1_of(preimage, to_string(module));
      disk.add(place + ".zip", modtool::test::build_zip(members));
      disk.add(place + ".ziphash", h1);
      disk.add(place + ".mod", files.at("go.mod"));
      sums += module.path + " " + module.version + " " + h1 + "\n";
      sums += module.path + " " + module.version + "/go.mod " + module::h1_of_go_mod(files.at("go.mod")) + "\n";
    }
    disk.add("/p/go.sum", sums);
  }

  // The place of a run over `files`, which are `disk` or in front of it.
  struct Place : engine::test::Workplace {
    explicit Place(io::FileSystem& files) : Workplace(files, "/p") {
      settings.module_cache = "/cache";
      settings.proxy = "off";
    }
  };

  // The project's files; those below its vendor directory.
  Files files() const { return below("/p/"); }
  Files vendored() const { return below("/p/vendor/"); }

  modtool::test::MemoryFileSystem disk;

 private:
  Files below(const std::string& directory) const {
    Files files = disk.files();
    std::erase_if(files, [&](const auto& file) { return !file.first.starts_with(directory); });
    return files;
  }
};

}  // namespace modtool::vendor_tool::test
