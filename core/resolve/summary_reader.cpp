#include "core/resolve/summary_reader.hpp"

#include <fmt/format.h>

#include "core/module/hash.hpp"

namespace modtool::resolve {

using manifest::Summary;
using module::ModuleVersion;

namespace {

// A manifest may declare the path it was required as, or the one it was replaced by; a directory may declare anything.
Result<void> check_declared_path(const Summary& summary, const ModuleVersion& module, const ModuleVersion& actual) {
  if (actual.version.empty()) return {};
  if (summary.path.empty()) return fail(Code::kGoModMismatch, "parsing go.mod: missing module line");
  if (summary.path == module.path || summary.path == actual.path) return {};
  return fail(Code::kGoModMismatch,
              fmt::format("parsing go.mod:\n\tmodule declares its path as: {}\n\t        but was required as: {}",
                          summary.path, module.path));
}

std::string frame_for(const ModuleVersion& module, const ModuleVersion& actual) {
  if (module == actual) return to_string(module);
  return fmt::format("{} (replaced by {})", to_string(module), to_string(actual));
}

}  // namespace

ModuleVersion SummaryReader::actual(const ModuleVersion& module) const {
  const auto* replacement = inputs_.replacements.find(module);
  return replacement != nullptr ? replacement->to : module;
}

Result<Summary> SummaryReader::read(const ModuleVersion& module) {
  if (auto builtin = inputs_.dialect.builtin(module)) return std::move(*builtin);
  const ModuleVersion stand_in = actual(module);
  auto summary = read_actual(stand_in);
  if (!summary) return fail_in(std::move(summary), frame_for(module, stand_in));
  Result<void> checked = check_declared_path(*summary, module, stand_in);
  if (checked) checked = inputs_.dialect.check_language(summary->language, "module " + to_string(stand_in));
  if (!checked) return fail_in(std::move(checked), frame_for(module, stand_in));
  return summary;
}

Result<Summary> SummaryReader::read_actual(const ModuleVersion& actual) {
  return actual.version.empty() ? read_directory(actual.path) : read_version(actual);
}

Result<Summary> SummaryReader::read_directory(const std::string& directory) const {
  const std::string name(inputs_.dialect.manifest_name());
  const std::string full =
      io::join_path(io::is_absolute(directory) ? directory : io::join_path(inputs_.root, directory), name);
  const std::string shown = io::join_path(directory, name);
  auto text = inputs_.files.read(full);
  if (!text) return fail_in(std::move(text), "reading " + shown);
  auto summary = inputs_.dialect.summarise(*text, shown);
  if (!summary) return fail_in(std::move(summary), "parsing " + shown);
  return summary;
}

Result<Summary> SummaryReader::read_version(const ModuleVersion& actual) {
  if (inputs_.index != nullptr) {
    const auto hash = inputs_.checksums.h1(manifest::go_mod_key(actual));
    if (auto known = inputs_.index->find(hash)) return std::move(*known);
  }
  MODTOOL_TRY(const std::string text, inputs_.modules.manifest(actual));
  const std::string name(inputs_.dialect.manifest_name());
  auto summary = inputs_.dialect.summarise(text, name);
  if (!summary) return fail_in(std::move(summary), "parsing " + name);
  if (inputs_.index != nullptr) inputs_.index->add(module::h1_of_go_mod(text), *summary);
  return summary;
}

}  // namespace modtool::resolve
