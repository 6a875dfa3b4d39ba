#include "core/resolve/summary_reader.hpp"

#include <fmt/format.h>

#include "core/module/hash.hpp"

namespace modtool::resolve {

using manifest::StandIn;
using manifest::Summary;
using module::ModuleVersion;

namespace {

// A manifest may declare the path it was required as, or the one it was replaced by; a directory may declare anything.
Result<void> check_declared_path(const Summary& summary, const ModuleVersion& module, const StandIn& stand_in,
                                 std::string_view name) {
  if (stand_in.is_directory()) return {};
  if (summary.path.empty()) return fail(Code::kGoModMismatch, fmt::format("parsing {}: missing module line", name));
  if (summary.path == module.path || summary.path == stand_in.path) return {};
  return fail(Code::kGoModMismatch,
              fmt::format("parsing {}:\n\tmodule declares its path as: {}\n\t        but was required as: {}", name,
                          summary.path, module.path));
}

// The go command can be told to add a line of go.sum by the name that a module is required by.
Error with_suggestion(Error error, const ModuleVersion& module) {
  if (error.code == Code::kChecksumMissing) error.message += "; to add it:\n\tgo mod download " + module.path;
  return error;
}

}  // namespace

Result<Summary> SummaryReader::read(manifest::Modules& modules, const ModuleVersion& module, const StandIn& stand_in,
                                    const manifest::FileName& name) const {
  if (auto builtin = inputs_.dialect.builtin(module)) return std::move(*builtin);
  if (auto described = inputs_.dialect.described(inputs_.root, stand_in)) return std::move(*described);
  MODTOOL_TRY(Summary summary, read_stand_in(modules, module, stand_in, name));
  MODTOOL_CHECK(check_declared_path(summary, module, stand_in, inputs_.dialect.manifest_name()));
  MODTOOL_CHECK(inputs_.dialect.check_language(summary.language, "module " + to_string(stand_in)));
  return summary;
}

Result<Summary> SummaryReader::read_stand_in(manifest::Modules& modules, const ModuleVersion& module,
                                             const StandIn& stand_in, const manifest::FileName& name) const {
  if (inputs_.lock != nullptr) {
    if (auto known = inputs_.lock->summary(stand_in)) return std::move(*known);
  }
  if (inputs_.index_use == IndexUse::kReading) {
    if (auto known = find_in_index(stand_in)) return std::move(*known);
  }
  return read_and_parse(modules, module, stand_in, name);
}

std::optional<Summary> SummaryReader::find_in_index(const StandIn& stand_in) const {
  if (inputs_.index == nullptr || stand_in.is_directory()) return std::nullopt;
  return inputs_.index->find(inputs_.checksums.h1(manifest::go_mod_key(stand_in)));
}

Result<Summary> SummaryReader::read_and_parse(manifest::Modules& modules, const ModuleVersion& module,
                                              const StandIn& stand_in, const manifest::FileName& name) const {
  auto text = modules.manifest(module);
  if (!text && stand_in.is_directory()) return fail_in(std::move(text), "reading " + name.shown);
  if (!text) return fail(with_suggestion(std::move(text).error(), module));
  if (inputs_.index_use == IndexUse::kParsing) {
    if (auto known = find_in_index(stand_in)) return std::move(*known);
  }
  const manifest::FileName called =
      stand_in.is_directory() ? name : manifest::FileName{.shown = std::string(inputs_.dialect.manifest_name())};
  MODTOOL_TRY(Summary summary, inputs_.dialect.summarise(*text, called));
  if (inputs_.index != nullptr && !stand_in.is_directory()) inputs_.index->add(module::h1_of_go_mod(*text), summary);
  return summary;
}

}  // namespace modtool::resolve
