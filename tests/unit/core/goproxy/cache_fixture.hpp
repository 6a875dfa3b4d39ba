// A module cache in memory with a fake origin behind it.
#pragma once

#include <string>
#include <vector>

#include "core/goproxy/module_cache.hpp"
#include "core/module/hash.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/recording_reporter.hpp"
#include "tests/unit/core/goproxy/fake_origin.hpp"

namespace modtool::goproxy::test {

inline const module::ModuleVersion kA{"example.com/a", "v1.0.0"};
inline const std::map<std::string, std::string> kFilesOfA = {
    {"go.mod", "module example.com/a\n"}, {"a.go", "package a\n"}, {"sub/dir/b.go", "package b\n"}};
inline const std::string kVersions = "/cache/cache/download/example.com/a/@v";
inline const std::string kTreeOfA = "/cache/example.com/a@v1.0.0";

// The h1 hash of a module with these files.
inline std::string h1_of(const module::ModuleVersion& module, const std::map<std::string, std::string>& files) {
  module::Preimage preimage;
  for (const auto& [name, bytes] : files) preimage.push_back({.name = name, .sha256 = sha256(bytes)});
  return module::h1_of(preimage, to_string(module));
}

struct CacheFixture {
  explicit CacheFixture(source::ChecksumPolicy policy = {}) : verifier(checksums, std::move(policy)) {}

  // Lets the origin have example.com/a at v1.0.0.
  void offer_a() {
    origin.mods["example.com/a@v1.0.0"] = kFilesOfA.at("go.mod");
    origin.zips["example.com/a@v1.0.0"] = module_zip("example.com/a@v1.0.0", kFilesOfA);
    origin.infos["example.com/a@v1.0.0"] = {.version = "v1.0.0", .time = "2024-01-02T03:04:05Z"};
  }
  // Gives go.sum its two lines for it.
  void list_a() {
    checksums.add(kA, h1_of(kA, kFilesOfA), {});
    checksums.add(manifest::go_mod_key(kA), module::h1_of_go_mod(kFilesOfA.at("go.mod")), {});
  }
  ModuleCache cache_over(io::FileSystem& system) {
    return {*CacheLayout::create("/cache"),
            {.files = system, .origin = origin, .checksums = verifier, .pool = pool, .reporter = reporter}};
  }
  ModuleCache cache() { return cache_over(files); }
  // Fills the cache, and forgets that it happened.
  void fill() {
    offer_a();
    manifest::ChecksumTable none;
    source::ChecksumVerifier trusting(none, {.rule = source::ChecksumRule::kModMode, .database_off = true});
    ModuleCache filling(*CacheLayout::create("/cache"),
                        {.files = files, .origin = origin, .checksums = trusting, .pool = pool, .reporter = reporter});
    REQUIRE_OK(filling.manifest(kA));
    REQUIRE_OK(filling.tree(kA));
    origin.mods.clear();
    origin.zips.clear();
    origin.infos.clear();
    reporter.clear();
    files.clear_paths();
  }
  std::string text_of(const std::string& path) {
    const auto text = files.read(path).required();
    return text ? *text : "(" + to_line(text.error()) + ")";
  }

  modtool::test::MemoryFileSystem files;
  FakeOrigin origin{files};
  modtool::test::RecordingReporter reporter;
  Cancellation cancellation;
  WorkerPool pool{2, cancellation};
  manifest::ChecksumTable checksums;
  source::ChecksumVerifier verifier;
};

// All bytes of a tree by name.
inline std::map<std::string, std::string> contents_of(const module::ModuleTree& tree) {
  std::map<std::string, std::string> contents;
  for (const auto& file : tree.list()) contents[file.name] = REQUIRE_OK(tree.read(file.name));
  return contents;
}

}  // namespace modtool::goproxy::test
