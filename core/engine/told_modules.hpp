// A view of modules that tells which module's files are looked at.
#pragma once

#include <mutex>
#include <set>
#include <string_view>

#include "core/base/reporter.hpp"
#include "core/manifest/modules.hpp"

namespace modtool::engine {

// One task, and a part of it for each module whose tree is asked for: once, however often that is.
class ToldModules final : public manifest::ModulesDecorator {
 public:
  // `verb` lives as long as the program: "reading".
  ToldModules(manifest::Modules& inner, Reporter& reporter, std::string_view verb)
      : ModulesDecorator(inner), task_(reporter.begin({.verb = verb})) {}

  Result<manifest::Tree> tree(const module::ModuleVersion& module) override {
    const Task part = is_new(module) ? task_.step(to_string(module)) : Task();
    return inner().tree(module);
  }

 private:
  bool is_new(const module::ModuleVersion& module) {
    const std::lock_guard lock(mutex_);
    return seen_.insert(module).second;
  }

  Task task_;
  std::mutex mutex_;
  std::set<module::ModuleVersion> seen_;
};

}  // namespace modtool::engine
