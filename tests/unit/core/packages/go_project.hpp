// A Go project in memory: the main module's files, and the trees of its dependencies.
#pragma once

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/worker_pool.hpp"
#include "core/packages/go_usage.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::packages::test {

using Files = std::map<std::string, std::string>;
using Names = std::vector<std::string>;

// A tree that writes down which files are read.
class RecordingTree : public module::ModuleTree {
 public:
  explicit RecordingTree(Files files) : tree_(module::make_memory_tree(std::move(files))) {}

  const std::vector<module::TreeFile>& list() const override { return tree_->list(); }
  Result<std::string> read(std::string_view name) const override {
    const std::lock_guard lock(mutex_);
    read_.emplace(name);
    if (unproven_.contains(std::string(name))) return fail(Code::kUnproven, "no bytes of " + std::string(name));
    return tree_->read(name);
  }

  Names read_names() const { return {read_.begin(), read_.end()}; }
  // Takes the bytes of all other files away, as in a proof.
  void keep_only(const std::set<std::string>& names) {
    for (const auto& file : list()) {
      if (!names.contains(file.name)) unproven_.insert(file.name);
    }
    read_.clear();
  }

 private:
  std::unique_ptr<module::ModuleTree> tree_;
  mutable std::mutex mutex_;
  mutable std::set<std::string> read_;
  std::set<std::string> unproven_;
};

struct GoProject {
  std::string go = "1.26";
  Files main;                                   // the main module "example.com/m", without go.mod
  std::map<std::string, Files> modules;         // by "path@version"; all of them roots, less those that are `deep`
  std::map<std::string, Names> requires_ = {};  // of a module by "path@version", likewise
  std::set<std::string> deep = {};              // modules that only the build list has
  std::set<std::string> unlisted = {};          // modules that only a replacement has
  std::set<std::string> unsummed = {};          // modules that go.sum lacks
  Names tools = {};
  Names ignore = {};
  std::vector<manifest::Replacement> replace = {};
  std::string explicit_mode = {};
  bool allow_errors = false;
  std::map<std::string, Files> also_main = {};  // further main modules "example.com/NAME", by NAME
};

inline module::ModuleVersion parse_module(const std::string& text) {
  const auto at = text.find('@');
  return {text.substr(0, at), text.substr(at + 1)};
}

// A project that can be analysed more than once, and what is known of its modules.
class GoProjectRun : public manifest::Modules {
 public:
  explicit GoProjectRun(const GoProject& project, std::size_t threads = 4)
      : Modules(replacements_), project_(project), replacements_(project.replace), pool_(threads, cancellation_) {
    files_.add("/m/go.mod", "module example.com/m\n");
    for (const auto& [name, bytes] : project.main) files_.add("/m/" + name, bytes);
    for (const auto& [main, files] : project.also_main) {
      for (const auto& [name, bytes] : files) files_.add("/" + main + "/" + name, bytes);
    }
    for (const auto& [name, files] : project.modules) trees_[name] = std::make_shared<RecordingTree>(files);
    files_.clear_paths();
  }

  Result<manifest::Usage> analyse() { return make_analysis()->analyse(*this); }

  Result<std::optional<manifest::Imports>> find_imports() { return make_analysis()->find_imports(*this); }

  std::unique_ptr<manifest::UsageAnalysis> make_analysis() {
    GoUsageOptions options{.packages = request(), .go = project_.go, .allow_errors = project_.allow_errors};
    return make_go_usage(std::move(options), pool_);
  }

  Result<manifest::Summary> summary(const module::ModuleVersion& module) override {
    manifest::Summary summary{.path = module.path};
    const auto required = project_.requires_.find(to_string(module));
    if (required == project_.requires_.end()) return summary;
    for (const auto& each : required->second) summary.require.push_back(parse_module(each));
    return summary;
  }

  Result<std::string> manifest(const module::ModuleVersion& module) override { return "module " + module.path + "\n"; }

  Result<manifest::Tree> tree(const module::ModuleVersion& module) override {
    const std::string name = to_string(module);
    if (project_.unsummed.contains(name)) return fail(Code::kChecksumMissing, name + ": missing go.sum entry");
    const auto tree = trees_.find(name);
    if (tree == trees_.end()) return fail(Code::kNotFound, name + ": not found");
    return tree->second;
  }

  Result<std::vector<module::ModuleVersion>> build_list() override {
    ++build_lists_asked_;
    std::map<std::string, std::string> highest;
    for (const auto& [name, files] : project_.modules) {
      if (project_.unlisted.contains(name)) continue;
      const auto [path, version] = parse_module(name);
      highest[path] = std::max(highest[path], version);
    }
    std::vector<module::ModuleVersion> list = {{"example.com/m", ""}};
    for (const auto& [path, version] : highest) list.push_back({path, version});
    return list;
  }

  std::string place(const module::ModuleVersion& module) const override { return "/cache/" + to_string(module); }

  RecordingTree& recorded(const std::string& name) { return *trees_.at(name); }
  const modtool::test::MemoryFileSystem& files() const { return files_; }
  int build_lists_asked() const { return build_lists_asked_; }

 private:
  PackageRequest request() {
    PackageRequest request{
        .mains = {{.path = "example.com/m", .root = "/m", .ignore = project_.ignore, .tools = project_.tools}},
        .files = &files_,
        .replace = project_.replace};
    for (const auto& [main, files] : project_.also_main) {
      request.mains.push_back({.path = "example.com/" + main, .root = "/" + main});
    }
    request.roots.prunes = module_go_prunes();
    for (const auto& [name, files] : project_.modules) {
      if (!project_.deep.contains(name) && !project_.unlisted.contains(name))
        request.roots.modules.push_back(parse_module(name));
    }
    request.explicit_mode = project_.explicit_mode;
    return request;
  }

  bool module_go_prunes() const { return project_.go >= "1.17"; }

  GoProject project_;
  manifest::ReplacementTable replacements_;
  Cancellation cancellation_;
  WorkerPool pool_;
  modtool::test::MemoryFileSystem files_;
  std::map<std::string, std::shared_ptr<RecordingTree>> trees_;
  std::atomic<int> build_lists_asked_ = 0;
};

inline Result<manifest::Usage> analyse(const GoProject& project) { return GoProjectRun(project).analyse(); }

// "path@version: package package" and "path@version/file", a line each.
inline Names packages_of(const manifest::Usage& usage) {
  Names lines;
  for (const auto& each : usage.modules) {
    for (const auto& package : each.packages) lines.push_back(package);
  }
  return lines;
}

inline Names files_of(const manifest::Usage& usage, const std::string& module) {
  for (const auto& each : usage.modules) {
    if (to_string(each.module) == module) return each.files;
  }
  return {};
}

}  // namespace modtool::packages::test
