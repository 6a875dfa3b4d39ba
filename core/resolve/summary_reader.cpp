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

// The go command can be told to add a line of go.sum by the name that a module is required by.
Error with_suggestion(Error error, const ModuleVersion& module) {
  if (error.code == Code::kChecksumMissing) error.message += "; to add it:\n\tgo mod download " + module.path;
  return error;
}

}  // namespace

ModuleVersion SummaryReader::actual(const ModuleVersion& module) const {
  const auto* replacement = inputs_.replacements.find(module);
  return replacement != nullptr ? replacement->to : module;
}

Result<Summary> SummaryReader::read(const ModuleVersion& module) {
  if (auto builtin = inputs_.dialect.builtin(module)) return std::move(*builtin);
  const ModuleVersion stand_in = actual(module);
  if (auto described = inputs_.dialect.described(inputs_.root, stand_in)) return std::move(*described);
  MODTOOL_TRY(Summary summary, read_actual(module, stand_in));
  MODTOOL_CHECK(check_declared_path(summary, module, stand_in));
  MODTOOL_CHECK(inputs_.dialect.check_language(summary.language, "module " + to_string(stand_in)));
  return summary;
}

Result<Summary> SummaryReader::read_actual(const ModuleVersion& module, const ModuleVersion& actual) {
  if (inputs_.known) {
    if (auto known = inputs_.known(actual)) return std::move(*known);
  }
  if (inputs_.index_use == IndexUse::kReading) {
    if (auto known = find_in_index(actual)) return std::move(*known);
  }
  return read_and_parse(module, actual);
}

std::optional<Summary> SummaryReader::find_in_index(const ModuleVersion& actual) const {
  if (inputs_.index == nullptr || actual.version.empty()) return std::nullopt;
  return inputs_.index->find(inputs_.checksums.h1(manifest::go_mod_key(actual)));
}

manifest::FileName SummaryReader::name_for(const ModuleVersion& actual) const {
  const std::string name(inputs_.dialect.manifest_name());
  if (!actual.version.empty()) return {.shown = name};
  return inputs_.name_of ? inputs_.name_of(actual) : manifest::FileName{.shown = actual.path + "/" + name};
}

Result<Summary> SummaryReader::read_and_parse(const ModuleVersion& module, const ModuleVersion& actual) {
  const bool is_directory = actual.version.empty();
  const manifest::FileName name = name_for(actual);
  auto text = inputs_.manifest(module, actual);
  if (!text && is_directory) return fail_in(std::move(text), "reading " + name.shown);
  if (!text) return fail(with_suggestion(std::move(text).error(), module));
  if (inputs_.index_use == IndexUse::kParsing) {
    if (auto known = find_in_index(actual)) return std::move(*known);
  }
  MODTOOL_TRY(Summary summary, inputs_.dialect.summarise(*text, name));
  if (inputs_.index != nullptr && !is_directory) inputs_.index->add(module::h1_of_go_mod(*text), summary);
  return summary;
}

}  // namespace modtool::resolve
