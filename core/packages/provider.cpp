#include "core/packages/provider.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "core/base/text.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"
#include "core/packages/requirement_check.hpp"
#include "core/packages/standard_library.hpp"

namespace modtool::packages {
namespace {

constexpr std::string_view kZeroVersionEnd = ".0.0-00010101000000-000000000000";

bool is_relative(std::string_view path) {
  return path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
}

bool is_pattern_name(std::string_view path) {
  constexpr std::array<std::string_view, 5> kNames = {"all", "cmd", "std", "tool", "work"};
  return std::ranges::find(kNames, path) != kNames.end();
}

Result<void> check_import(std::string_view path) {
  const auto refuse = [](std::string message) { return fail(Code::kBadImportPath, std::move(message)); };
  const std::string quoted = quote(path);
  if (path.contains('@')) return refuse(fmt::format("import path {} should not have @version", quoted));
  if (is_relative(path)) {
    return refuse(quoted + " is relative, but relative import paths are not supported in module mode");
  }
  if (path.starts_with('/')) return refuse(quoted + " is not a package path; see 'go help packages'");
  if (is_pattern_name(path)) return refuse(quoted + " is not an importable package; see 'go help packages'");
  return module::check_import_path(path);
}

// "go/ast" is no package of the module "go", which stands for the language's version.
bool is_toolchain(std::string_view path) { return path == "go" || path == "toolchain"; }

// The version that stands for a replacement of every version: earlier than any real one of its major version.
std::string zero_version(std::string_view path) {
  const auto split = module::split_path_major(path);
  const auto major = split ? split->major : std::string_view();
  return std::string(major.empty() ? "v0" : major.substr(1)) + std::string(kZeroVersionEnd);
}

bool is_zero_version(std::string_view version) { return version.ends_with(kZeroVersionEnd); }

// The command that adds to go.sum what it lacks for a package that may be in these modules, word by word.
std::vector<std::string> sum_command(const std::vector<module::ModuleVersion>& modules, const Importer& importer) {
  if (!importer.path.empty()) {
    std::vector<std::string> command = {"go", "get"};
    if (importer.is_test) command.emplace_back("-t");
    command.push_back(to_string(module::ModuleVersion{importer.path, importer.version}));
    return command;
  }
  std::vector<std::string> command = {"go", "mod", "download"};
  for (const auto& module : modules | std::views::reverse) command.push_back(module.path);
  return command;
}

Error without_sum(const std::string& import_path, const std::vector<module::ModuleVersion>& modules, bool found,
                  const Importer& importer) {
  const std::string package =
      importer.path.empty() ? import_path : fmt::format("{} (imported by {})", import_path, importer.path);
  const std::string what = found ? "needed to verify package " + package + " is provided by exactly one module"
                                 : "for module providing package " + package;
  auto command = sum_command(modules, importer);
  return {.code = Code::kChecksumMissing,
          .message = fmt::format("missing go.sum entry {}; to add:\n\t{}", what, join(command, " ")),
          .fix = Fix::command(std::move(command))};
}

}  // namespace

Result<Provider> ProviderSearch::find(const std::string& import_path, const Importer& importer) {
  MODTOOL_CHECK(check_import(import_path));
  if (request_.roots.prunes) {
    MODTOOL_TRY(auto provider, find_among(versions_.roots(), import_path, importer));
    if (provider) return std::move(*provider);
  }
  MODTOOL_TRY(const VersionsByPath* build_list, versions_.build_list());
  MODTOOL_TRY(auto provider, find_among(*build_list, import_path, importer));
  if (provider) return std::move(*provider);
  return fail(missing(import_path));
}

Result<std::optional<Provider>> ProviderSearch::find_among(const VersionsByPath& versions,
                                                           const std::string& import_path, const Importer& importer) {
  MODTOOL_TRY(Candidates candidates, ask_candidates(versions, import_path));
  if (candidates.found.size() > 1) return fail(ambiguous(import_path, candidates.found));
  if (!candidates.unsummed.empty()) {
    return fail(without_sum(import_path, candidates.unsummed, !candidates.found.empty(), importer));
  }
  if (candidates.found.empty()) return std::nullopt;
  Provider& provider = candidates.found.front();
  MODTOOL_CHECK(check_manifest(provider.module));
  return std::move(provider);
}

Result<void> ProviderSearch::check_manifest(const module::ModuleVersion& module) {
  if (module.path.empty() || request_.is_main(module.path)) return {};
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = manifests_.find(module); known != manifests_.end()) return known->second;
  }
  const auto required = required_by(request_, modules_, module);
  Result<void> result;
  if (!required) result = fail(required.error());
  const std::lock_guard lock(mutex_);
  return manifests_.try_emplace(module, std::move(result)).first->second;
}

Result<ProviderSearch::Candidates> ProviderSearch::ask_candidates(const VersionsByPath& versions,
                                                                  const std::string& import_path) {
  Candidates candidates;
  if (is_standard_package(import_path)) candidates.found.push_back({.directory = import_path});
  for (std::string_view prefix = import_path; !prefix.empty(); prefix = parent_of(prefix)) {
    const auto version = versions.find(prefix);
    if (version == versions.end() || is_toolchain(prefix)) continue;
    MODTOOL_CHECK(ask({version->first, version->second}, import_path, candidates));
  }
  return candidates;
}

Result<void> ProviderSearch::ask(const module::ModuleVersion& module, const std::string& import_path,
                                 Candidates& candidates) {
  auto sources = sources_of(module);
  if (!sources && sources.error().code == Code::kChecksumMissing) {
    candidates.unsummed.push_back(module);
    return {};
  }
  if (!sources) return fail(std::move(sources).error());
  const bool is_root_package = import_path.size() == module.path.size();
  std::string directory = is_root_package ? "" : import_path.substr(module.path.size() + 1);
  MODTOOL_TRY(const auto go_files, (*sources)->go_files(directory));
  if (go_files.empty()) return {};
  candidates.found.push_back({.module = module, .directory = std::move(directory), .sources = std::move(*sources)});
  return {};
}

Result<std::shared_ptr<const ModuleSources>> ProviderSearch::sources_of(const module::ModuleVersion& module) {
  if (const auto main = mains_.find(module.path); main != mains_.end()) return main->second;
  MODTOOL_TRY(auto tree, trees_.get(module));
  return std::make_shared<const TreeSources>(std::move(tree));
}

Error ProviderSearch::ambiguous(const std::string& import_path, const std::vector<Provider>& found) const {
  std::string text = fmt::format("ambiguous import: found package {} in multiple modules:", import_path);
  for (const Provider& provider : found | std::views::reverse) {
    const auto& [path, version] = provider.module;
    text += "\n\t" + (path.empty() ? "std" : path);
    if (!version.empty()) text += " " + version;
    const std::string root = path.empty() ? "" : modules_.place(provider.module);
    if (root.empty()) continue;
    text += fmt::format(" ({})", provider.directory.empty() ? root : root + "/" + provider.directory);
  }
  return {.code = Code::kAmbiguousImport, .message = std::move(text)};
}

Error ProviderSearch::missing(const std::string& import_path) {
  auto in_replacements = missing_in_replacements(import_path);
  if (!in_replacements) return std::move(in_replacements).error();
  if (*in_replacements) return std::move(**in_replacements);
  if (looks_standard(import_path)) {
    return {.code = Code::kMissingModule, .message = fmt::format("package {} is not in std", import_path)};
  }
  if (!request_.explicit_mode.empty()) {
    return {.code = Code::kMissingModule,
            .message = fmt::format("cannot find module providing package {}: import lookup disabled by -mod={}",
                                   import_path, request_.explicit_mode)};
  }
  return {.code = Code::kMissingModule,
          .message = fmt::format("no required module provides package {0}; to add it:\n\tgo get {0}", import_path),
          .fix = Fix::command({"go", "get", import_path})};
}

Result<std::optional<Error>> ProviderSearch::missing_in_replacements(const std::string& import_path) {
  MODTOOL_TRY(const auto modules, unused_replacements(import_path));
  for (const auto& module : modules) {
    Candidates candidates;
    MODTOOL_CHECK(ask(module, import_path, candidates));
    if (candidates.found.empty()) continue;
    const std::string argument = is_zero_version(module.version) ? module.path : to_string(module);
    return Error{.code = Code::kGoModOutOfDate,
                 .message = fmt::format("module {} provides package {} and is replaced but not required; to add it:\n\t"
                                        "go get {}",
                                        module.path, import_path, argument),
                 .fix = Fix::command({"go", "get", argument})};
  }
  if (modules.empty() || module::check_path(import_path)) return std::nullopt;
  const auto& [path, version] = modules.front();
  return Error{.code = Code::kMissingPackage,
               .message = fmt::format("module {}@latest found ({}, replaced by {}), but does not contain package {}",
                                      path, version, to_string(modules_.stand_in(modules.front())), import_path)};
}

Result<std::vector<module::ModuleVersion>> ProviderSearch::unused_replacements(const std::string& import_path) {
  VersionsByPath highest;
  for (const auto& [from, to, where] : request_.replace) {
    if (!has_path_prefix(import_path, from.path)) continue;
    const auto [entry, is_new] = highest.try_emplace(from.path, from.version);
    if (!is_new && module::compare_versions(entry->second, from.version) < 0) entry->second = from.version;
  }
  std::vector<module::ModuleVersion> modules;
  if (highest.empty()) return modules;
  MODTOOL_TRY(const VersionsByPath* build_list, versions_.build_list());
  for (const auto& [path, replaced] : highest) {
    const std::string version = replaced.empty() ? zero_version(path) : replaced;
    const auto selected = build_list->find(path);
    const bool is_unused =
        selected == build_list->end() || module::compare_module_versions(path, selected->second, version) < 0;
    if (!request_.is_main(path) && is_unused) modules.push_back({path, version});
  }
  std::ranges::reverse(modules);
  return modules;
}

}  // namespace modtool::packages
