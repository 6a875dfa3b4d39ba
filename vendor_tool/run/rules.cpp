#include "vendor_tool/run/rules.hpp"

#include <utility>

#include "core/resolve/lock_index.hpp"

namespace modtool::vendor_tool {

using module::ModuleVersion;

ModuleRule module_rule(const project::Project& project) {
  const manifest::Dialect& dialect = *project.dialect;
  ModuleRule rule{.manifest_name = std::string(dialect.manifest_name()),
                  .synthesise = [&dialect](const std::string& path) { return dialect.synthesise_manifest(path); },
                  .no_checksum_fix = project.can.checksum_fix,
                  .directories_need_manifest = !dialect.manifest_is_optional()};
  if (dialect.keeps_modes()) {
    rule.executables = [lock = resolve::LockIndex(project.lock)](const ModuleVersion& module) {
      const auto* locked = lock.find(module);
      return locked == nullptr ? std::string() : locked->executables;
    };
  }
  return rule;
}

GoLineOf go_line_rule(const manifest::Dialect& dialect, const manifest::Manifest& main) {
  if (!dialect.index_rules(main).names_languages) return nullptr;
  return [&dialect](std::string_view text) -> Result<std::string> {
    MODTOOL_TRY(auto summary, dialect.summarise(text, {.shown = std::string(dialect.manifest_name())}));
    return std::move(summary.language);
  };
}

}  // namespace modtool::vendor_tool
