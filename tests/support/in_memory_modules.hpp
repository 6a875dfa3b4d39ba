// A view of modules made out of one text, for any dialect: an archive (txtar.hpp) whose names say which module a file
// is of, "a.org/x@v1.0.0/go.mod", or which directory that replaces one, "./lib/go.mod". Needs core/manifest alone.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/manifest/modules.hpp"
#include "core/module/module_tree.hpp"
#include "tests/support/txtar.hpp"

namespace modtool::test {

using ModuleFiles = std::map<std::string, std::string>;  // by name in the module's tree
using ModuleTexts = std::map<module::ModuleVersion, ModuleFiles>;

// The files of a text, by module; those of directories are under names as written, below a module without a path.
inline ModuleTexts parse_modules(std::string_view text) {
  ModuleTexts modules;
  for (auto& [name, bytes] : parse_txtar(text).files) {
    const auto at = name.find('@');
    const auto slash = at == std::string::npos ? at : name.find('/', at);
    if (slash == std::string::npos) {
      modules[{}][name] = std::move(bytes);
    } else {
      modules[{name.substr(0, at), name.substr(at + 1, slash - at - 1)}][name.substr(slash + 1)] = std::move(bytes);
    }
  }
  return modules;
}

// Nothing may change while it is asked.
class InMemoryModules final : public manifest::Modules {
 public:
  // Dialect and replacements outlive the view.
  InMemoryModules(const manifest::Dialect& dialect, const manifest::ReplacementTable& replacements,
                  std::string_view text = {})
      : Modules(replacements), texts(parse_modules(text)), dialect_(dialect) {}

  ModuleTexts texts;
  // Directories that replace modules, where they are not in the text: the tree of a path as written.
  std::function<Result<manifest::Tree>(const std::string& path)> open_directory;
  // Makes the build list; without it that is the newest version of every path in the text.
  std::function<Result<std::vector<module::ModuleVersion>>(manifest::Modules&)> load_build_list;

  Result<manifest::Summary> summary(const module::ModuleVersion& module) override {
    if (auto builtin = dialect_.builtin(module)) return std::move(*builtin);
    MODTOOL_TRY(const std::string text, manifest(module));
    MODTOOL_TRY(auto summary, dialect_.summarise(text, {.shown = std::string(dialect_.manifest_name())}));
    MODTOOL_CHECK(dialect_.check_language(summary.language, "module " + to_string(stand_in(module))));
    return summary;
  }

  Result<std::string> manifest(const module::ModuleVersion& module) override {
    MODTOOL_TRY(const auto tree, this->tree(module));
    if (find_file(*tree, dialect_.manifest_name()) != nullptr) return tree->read(dialect_.manifest_name());
    return dialect_.synthesise_manifest(stand_in(module).is_directory() ? module.path : stand_in(module).path);
  }

  Result<manifest::Tree> tree(const module::ModuleVersion& module) override {
    const manifest::StandIn what = stand_in(module);
    if (what.is_directory()) return open_directory ? open_directory(what.path) : directory(what.path);
    const auto found = texts.find(what);
    if (found == texts.end()) return fail(Code::kNotFound, "there is no " + to_string(what));
    return module::make_memory_tree(found->second);
  }

  Result<std::vector<module::ModuleVersion>> build_list() override {
    if (load_build_list) return load_build_list(*this);
    std::map<std::string, std::string> newest;
    for (const auto& [module, files] : texts) {
      auto& version = newest[module.path];
      if (version.empty() || dialect_.compare(module.path, version, module.version) < 0) version = module.version;
    }
    newest.erase("");
    std::vector<module::ModuleVersion> list;
    for (const auto& [path, version] : newest) list.push_back({path, version});
    return list;
  }

  std::string place(const module::ModuleVersion& module) const override { return "/modules/" + to_string(module); }

 private:
  Result<manifest::Tree> directory(const std::string& path) const {
    ModuleFiles files;
    if (const auto all = texts.find({}); all != texts.end()) {
      for (const auto& [name, bytes] : all->second) {
        if (name.starts_with(path + "/")) files.emplace(name.substr(path.size() + 1), bytes);
      }
    }
    if (files.empty()) return fail(Code::kReplacementMissing, "there is no directory " + path);
    return module::make_memory_tree(std::move(files));
  }

  const manifest::Dialect& dialect_;
};

}  // namespace modtool::test
