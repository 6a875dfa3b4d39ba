#include "core/build/meson/meson_failure.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/build/cmake/cmake_failure.hpp"
#include "core/build/cmake/cmake_text.hpp"

namespace modtool::build {
namespace {

// What is between two texts; empty where they are not there.
std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const auto at = text.find(before);
  if (at == text.npos) return {};
  text.remove_prefix(at + before.size());
  const auto end = text.find(after);
  return end == text.npos ? std::string_view() : text.substr(0, end);
}

// The name in Meson's words for a dependency that it could not do without.
std::string_view missing_name(std::string_view message) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"Dependency \"", "\" not found"},
      {"Dependency '", "' is required but not found"},
      {"Dependency lookup for ", " with method"},
      {"Neither a subproject directory nor a ", ".wrap file was found"}};
  for (const auto& [before, after] : kWords) {
    const auto name = between(message, before, after);
    if (!name.empty()) return name.substr(0, name.find(" (modules: "));
  }
  return {};
}

// The subproject that could not be had, or (before Meson 1.3, in whose words no subproject is named) the dependency
// that one is looked for.
std::string_view wanted_subproject(std::string_view line) {
  const auto name = trim(between(line, "ubproject ", " is buildable: NO"));
  if (!name.empty()) return name;
  constexpr std::string_view kLooking = "Looking for a fallback subproject for the dependency ";
  const auto at = line.find(kLooking);
  return at == line.npos ? std::string_view() : trim(line.substr(at + kLooking.size()));
}

const OpenWrap* find_open_wrap(const MesonLayout& layout, std::string_view wanted) {
  for (const auto& wrap : layout.open_wraps) {
    if (to_lower(wrap.name) == to_lower(wanted)) return &wrap;
  }
  for (const auto& wrap : layout.open_wraps) {
    if (std::ranges::find(wrap.provided, to_lower(wanted)) != wrap.provided.end()) return &wrap;
  }
  return nullptr;
}

}  // namespace

const PlacedSubproject* find_provider(const MesonLayout& layout, std::string_view dependency) {
  for (const auto& placed : layout.subprojects) {
    for (const auto& name : placed.subproject.names) {
      if (to_lower(name) == to_lower(dependency)) return &placed;
    }
  }
  return nullptr;
}

Error dependency_missing(std::string_view dependency, std::string_view why_not_here) {
  return {
      .code = Code::kPackageMissing,
      .message = fmt::format("no module provides the dependency `{0}`, and {1}; in modtool.json:\n"
                             "\"require\": {{\"host/owner/repository\": \"vX.Y.Z\"}}\n\"describe\": "
                             "{{\"host/owner/repository\": {{\"build\": {{\"meson\": {{\"names\": [\"{0}\"]}}}}}}}}",
                             dependency, why_not_here)};
}

void MesonWatch::see(std::string_view bytes) {
  lines_.see(bytes, [this](std::string_view line) { see_line(line); });
}

void MesonWatch::see_line(std::string_view line) {
  if (has_error_) return;
  constexpr std::string_view kNotFound = "found: NO ";
  if (const auto at = line.find(kNotFound); at != line.npos && line.contains("but need:")) {
    const auto name = between(line, "Dependency ", " ");
    const auto reason = line.substr(at + kNotFound.size());
    other_versions_[std::string(name)] = reason.substr(0, reason.find(" ("));
  }
  const auto wanted = wanted_subproject(line);
  if (!wanted.empty()) wanted_.emplace_back(wanted);
  constexpr std::string_view kError = "ERROR: ";
  if (const auto at = line.find(kError); at != line.npos && line.substr(0, at).contains("meson.build:")) {
    return see_error(line.substr(0, at), line.substr(at + kError.size()));
  }
  if (const auto target = failed_target(line); !target.empty()) see_failed_target(target);
}

void MesonWatch::see_error(std::string_view file, std::string_view message) {
  has_error_ = true;
  is_configuration_ = true;
  culprit_ = module_in(file);
  missing_ = missing_name(message);
  is_unfetched_ = message.contains("subproject downloading is disabled");
}

void MesonWatch::see_failed_target(std::string_view target) {
  has_error_ = true;
  culprit_ = module_in(target);
}

const PlannedModule* MesonWatch::module_in(std::string_view path) const {
  for (const auto& placed : layout_.subprojects) {
    const bool is_here =
        !placed.directory.empty() && path.contains(fmt::format("{}/{}/", layout_.directory, placed.directory));
    if (is_here) return placed.subproject.module;
  }
  return nullptr;
}

Error MesonWatch::failure(std::string_view what, int status) const {
  if (is_configuration_) what = "configuring";
  if (is_unfetched_ && !layout_.open_wraps.empty()) return wrap_not_filled(wanted_wraps());
  if (!missing_.empty()) {
    Error error = missing_dependency();
    return culprit_ == nullptr ? error : std::move(error).in(culprit_->chain);
  }
  if (culprit_ != nullptr) return dependency_failure(*culprit_, what, status);
  return {.code = Code::kBuildFailed, .message = fmt::format("{} failed with status {}", what, status)};
}

std::vector<const OpenWrap*> MesonWatch::missed_wraps() const {
  std::vector<const OpenWrap*> missed;
  for (const auto& wanted : wanted_) {
    const auto* wrap = find_open_wrap(layout_, wanted);
    if (wrap != nullptr && std::ranges::find(missed, wrap) == missed.end()) missed.push_back(wrap);
  }
  return missed;
}

// The last that was looked for; where Meson names none, any.
std::vector<const OpenWrap*> MesonWatch::wanted_wraps() const {
  const auto missed = missed_wraps();
  if (!missed.empty()) return {missed.back()};
  std::vector<const OpenWrap*> all;
  for (const auto& wrap : layout_.open_wraps) all.push_back(&wrap);
  return all;
}

Error MesonWatch::missing_dependency() const {
  const auto* provider = find_provider(layout_, missing_);
  return provider == nullptr ? dependency_missing(missing_, "this machine has none") : unfit_dependency(*provider);
}

Error MesonWatch::unfit_dependency(const PlacedSubproject& placed) const {
  const auto& module = placed.subproject.module->module;
  if (const auto other = other_versions_.find(missing_); other != other_versions_.end()) {
    return {.code = Code::kPackageVersion,
            .message = fmt::format("the dependency `{}` is given {}: {}\nchange require.{} in modtool.json", missing_,
                                   to_string(module), other->second, module.path)};
  }
  if (placed.subproject.kind == SubprojectKind::kCMake) {
    return {
        .code = Code::kBadRecipe,
        .message = fmt::format("CMake builds {0}, and Meson finds no `{1}` in what that installs\nchange describe.{2} "
                               "in modtool.json: an \"overlay\" whose CMakeLists.txt has install() rules, or "
                               "\"build\": {{\"meson\": {{\"names\": [\"what it installs\"]}}}}",
                               to_string(module), missing_, module.path)};
  }
  return {.code = Code::kBadRecipe,
          .message = fmt::format("{} does not provide the dependency `{}`\nchange describe.{}.build.meson in "
                                 "modtool.json: \"provide\": {{\"{}\": \"a variable of its meson.build\"}}",
                                 to_string(module), missing_, module.path, missing_)};
}

}  // namespace modtool::build
