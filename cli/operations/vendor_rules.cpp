#include "cli/operations/vendor_rules.hpp"

namespace modtool::cli {

vendor_tool::ManifestRule manifest_rule(const manifest::Dialect& dialect) {
  return {.file_name = std::string(dialect.manifest_name()),
          .synthesise = [&dialect](const std::string& path) { return dialect.synthesise_manifest(path); }};
}

vendor_tool::GoLineOf go_line_rule(const manifest::Dialect& dialect, const manifest::Manifest& main) {
  if (!dialect.index_rules(main).names_languages) return nullptr;
  return [&dialect](std::string_view text) -> Result<std::string> {
    MODTOOL_TRY(auto summary, dialect.summarise(text, {.shown = std::string(dialect.manifest_name())}));
    return std::move(summary.language);
  };
}

}  // namespace modtool::cli
