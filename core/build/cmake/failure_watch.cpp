#include "core/build/cmake/failure_watch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/build/source_copy.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {
namespace {

// What CMake says of a required package that it did not find: `By not providing "FindX.cmake" in CMAKE_MODULE_PATH …`.
std::string_view missing_package(std::string_view line) {
  constexpr std::string_view kBefore = "By not providing \"Find";
  const auto at = line.find(kBefore);
  if (at == line.npos) return {};
  line.remove_prefix(at + kBefore.size());
  return line.substr(0, std::min(line.find(".cmake\""), line.size()));
}

// The target that CMake did not know, in its first error, whose lines are joined by blanks; empty: the error is about
// something else.
std::string_view unknown_target(std::string_view error) {
  for (const std::string_view before : {"non-existent target \"", "No target \""}) {
    if (const auto at = error.find(before); at != error.npos) {
      error.remove_prefix(at + before.size());
      return error.substr(0, error.find('"'));
    }
  }
  for (const std::string_view behind : {" does not already exist", " but the target was not found"}) {
    const auto at = error.find(behind);
    if (at == error.npos) continue;
    error = error.substr(0, at);
    error.remove_prefix(error.rfind(' ') + 1);  // npos + 1 is 0
    if (error.starts_with('"') && error.size() > 1) error = error.substr(1, error.size() - 2);
    return error;
  }
  return {};
}

// What is behind `before` and ends with `end`; empty where the text has no such place.
std::string text_between(std::string_view text, std::string_view before, char end) {
  const auto at = text.find(before);
  if (at == text.npos) return {};
  text.remove_prefix(at + before.size());
  return std::string(text.substr(0, text.find(end)));
}

}  // namespace

const PlannedModule* module_at(std::string_view path, const BuildPlan& plan) {
  const PlannedModule* found = nullptr;
  const std::string inside = fmt::format("/{}/", path);
  for (const auto& module : plan.modules) {
    const std::string directory = fmt::format("{}{}/", io::is_absolute(module.directory) ? "" : "/", module.directory);
    const bool is_longer = found == nullptr || module.directory.size() > found->directory.size();
    const std::string copy = fmt::format("{}/", io::join_path(copies_in(""), to_string(module.module)));
    if (is_longer && (inside.contains(directory) || inside.contains(copy))) found = &module;
  }
  return found;
}

void FailureWatch::see(std::string_view bytes) {
  if (culprit_ == nullptr) lines_.see(bytes, [this](std::string_view line) { see_line(line); });
}

void FailureWatch::see_line(std::string_view line) {
  if (line.contains("install(EXPORT ") && line.contains("not in any export set")) exports_too_little_ = true;
  if (line.starts_with("CMake ")) is_error_ = line.starts_with("CMake Error");
  if (const auto missing = missing_package(line); is_error_ && !missing.empty()) missing_ = missing;
  see_error_line(line);
  const auto target = failed_target(line);
  if (culprit_ != nullptr || target.empty()) return;
  for (const auto& module : plan_.modules) {
    if (target.contains("_modtool/" + to_string(module.module) + "/")) culprit_ = &module;
  }
}

void FailureWatch::see_error_line(std::string_view line) {
  constexpr std::size_t kMost = 4096;
  if (line.starts_with("CMake Error")) ++errors_;
  const auto words = trim(line);
  if (!is_error_ || errors_ != 1 || words.empty() || error_.size() + words.size() > kMost) return;
  see_place(words);
  error_ += error_.empty() ? "" : " ";
  error_ += words;
}

std::string FailureWatch::missing_target() const { return std::string(unknown_target(error_)); }

// `CMake Error at FILE:LINE (command):`, and of each call around it `FILE:LINE (command)`.
void FailureWatch::see_place(std::string_view line) {
  constexpr std::string_view kFirst = "CMake Error at ";
  if (line.starts_with(kFirst)) line.remove_prefix(kFirst.size());
  const auto command = line.rfind(" (");
  if (command == line.npos) return;
  const auto colon = line.substr(0, command).rfind(':');
  if (colon == line.npos) return;
  const auto number = line.substr(colon + 1, command - colon - 1);
  if (!number.empty() && number.find_first_not_of("0123456789") == number.npos) place_ = line.substr(0, colon);
}

FailureWatch::TakenTarget FailureWatch::taken_target() const {
  const auto at = error_.find(" cannot create ");
  if (at == error_.npos || !error_.contains("with the same name already exists")) return {};
  return {.name = text_between(std::string_view(error_).substr(at), "target \"", '"'),
          .directory = text_between(error_, "created in source directory \"", '"')};
}

std::string FailureWatch::disabled_package() const {
  return text_between(error_, "REQUIRED, but CMAKE_DISABLE_FIND_PACKAGE_", ' ');
}

std::string FailureWatch::missing_include() const {
  const std::string name = text_between(error_, "include could not find requested file: ", ' ');
  return name.empty() ? text_between(error_, "include could not find load file: ", ' ') : name;  // until CMake 3.19
}

}  // namespace modtool::build
