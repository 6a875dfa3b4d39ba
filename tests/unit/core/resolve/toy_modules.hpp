// Modules for tests, in a language of one letter a path: "b1.2" is example.com/b at v1.2.0. A world is a text with a
// line for each module version that requires anything: "b1.2: c1.0 d2.0".
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.hpp"
#include "core/native/native_dialect.hpp"
#include "core/resolve/module_graph.hpp"
#include "tests/support/scenario.hpp"
#include "tests/unit/core/resolve/toy_summaries.hpp"

namespace modtool::resolve::test {

using module::ModuleVersion;

// "b1.2" → example.com/b v1.2.0; "b" has no version.
inline ModuleVersion toy(std::string_view name) {
  ModuleVersion module{.path = "example.com/" + std::string(name.substr(0, 1))};
  if (name.size() > 1) module.version = "v" + std::string(name.substr(1)) + ".0";
  return module;
}

inline std::string name_of(const ModuleVersion& module) {
  const std::string letter = module.path.substr(module.path.size() - 1);
  return module.version.empty() ? letter : letter + module.version.substr(1, module.version.size() - 3);
}

inline std::vector<ModuleVersion> toys(std::string_view names) {
  std::vector<ModuleVersion> modules;
  for (const auto name : split_fields(names)) modules.push_back(toy(name));
  return modules;
}

inline std::string names_of(const std::vector<ModuleVersion>& modules) {
  std::vector<std::string> names;
  for (const auto& module : modules) names.push_back(name_of(module));
  return join(names, " ");
}

class ToyWorld {
 public:
  explicit ToyWorld(std::string_view text = "") {
    for (const auto line : split_lines(text)) {
      const auto colon = line.find(':');
      if (colon != line.npos) requires_[toy(trim(line.substr(0, colon)))] = toys(line.substr(colon + 1));
    }
  }

  explicit ToyWorld(const modtool::test::Scenario& scenario) {
    for (const auto& [name, required] : scenario.required) requires_[toy(name)] = toys(join(required, " "));
  }

  std::vector<ModuleVersion>& of(const ModuleVersion& module) { return requires_[module]; }
  const manifest::Dialect& dialect() const { return *dialect_; }

  // A root's manifest; "test:b1.0" is of a group.
  static manifest::Manifest root(std::string_view names) {
    manifest::Manifest manifest{.path = "example.com/main"};
    for (const auto name : split_fields(names)) {
      const auto colon = name.find(':');
      const bool in_group = colon != name.npos;
      manifest.require.push_back({.module = toy(in_group ? name.substr(colon + 1) : name),
                                  .group = in_group ? std::string(name.substr(0, colon)) : ""});
    }
    return manifest;
  }

  // Reads the world's manifests, the root's replacements applied; as long as the world and the root live.
  std::unique_ptr<ToySummaries> summaries(const manifest::Manifest& root) const {
    return std::make_unique<ToySummaries>(
        SummarySetup{.dialect = *dialect_, .root = root, .manifest = [this](const auto& module, const auto&) {
                       return manifest_of(module);
                     }});
  }

  Result<ModuleGraph> load(const manifest::Manifest& manifest) const {
    const auto summaries = this->summaries(manifest);
    const Cancellation cancellation;
    WorkerPool pool(1, cancellation);
    auto roots = dialect_->roots_of(manifest);
    return load_consistent_graph({.mains = {{.module = {manifest.path, ""}, .require = roots.modules}},
                                  .roots = roots,
                                  .manifest = manifest,
                                  .dialect = *dialect_,
                                  .modules = *summaries,
                                  .pool = pool});
  }

 private:
  Result<std::string> manifest_of(const ModuleVersion& module) const {
    std::vector<std::string> entries;
    if (const auto known = requires_.find(module); known != requires_.end()) {
      for (const auto& [path, version] : known->second) entries.push_back("\"" + path + "\":\"" + version + "\"");
    }
    return "{\"schema\":1,\"module\":\"" + module.path + "\",\"require\":{" + join(entries, ",") + "}}";
  }

  std::map<ModuleVersion, std::vector<ModuleVersion>> requires_;
  std::shared_ptr<const manifest::Dialect> dialect_ = native::make_native_dialect("0.1.0");
};

}  // namespace modtool::resolve::test
