#include "core/build/cmake/cmake_failure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/build/cmake/cmake_text.hpp"

namespace modtool::build {
namespace {

// What the provider writes into the build directory: the calls it is in, and why it refused one.
constexpr std::string_view kStackFile = "_modtool/stack";
constexpr std::string_view kRefusalFile = "_modtool/refusal";

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

const PlannedModule* find_module(const BuildPlan& plan, std::string_view name) {
  const auto found =
      std::ranges::find_if(plan.modules, [&](const PlannedModule& m) { return to_string(m.module) == name; });
  return found == plan.modules.end() ? nullptr : &*found;
}

// What the provider wrote before it ended the configuration: code, message, what is to be changed.
bool read_refusal(std::string_view text, Error& error) {
  const auto lines = split_lines(text);
  if (lines.size() < 3) return false;
  for (const Code code : {Code::kPackageMissing, Code::kPackageVersion, Code::kBadRecipe}) {
    if (to_string(code) != lines[0]) continue;
    error = {.code = code, .message = fmt::format("{}\nchange {}", lines[1], lines[2])};
    return true;
  }
  return false;
}

struct Stack {
  std::string looking;                    // the package that was looked for last
  const PlannedModule* adding = nullptr;  // the innermost library
};

Stack read_stack(const io::FileReader& files, const std::string& build_directory, const BuildPlan& plan) {
  Stack stack;
  const auto text = files.read(io::join_path(build_directory, kStackFile)).or_nothing();
  if (!text) return stack;
  constexpr std::string_view kAdding = "adding ";
  constexpr std::string_view kLooking = "looking ";
  for (const auto line : split_lines(*text)) {
    if (line.starts_with(kAdding)) stack = {"", find_module(plan, line.substr(kAdding.size()))};
    if (line.starts_with(kLooking)) stack.looking = line.substr(kLooking.size());
  }
  return stack;
}

// The module whose package the target belongs to, or nullptr.
const PlannedModule* module_called(std::string_view target, const BuildPlan& plan) {
  const std::string package = to_lower(target.substr(0, target.find("::")));
  const auto is_called = [&](const std::string& name) { return target.contains("::") && to_lower(name) == package; };
  const auto found = std::ranges::find_if(
      plan.modules, [&](const PlannedModule& module) { return std::ranges::any_of(module.recipe.names, is_called); });
  return found == plan.modules.end() ? nullptr : &*found;
}

// The entry of the manifest that makes a package known.
Error package_missing(const std::string& name, const BuildPlan& plan) {
  const auto same_but_case = [&](const PlannedModule& module) {
    return std::ranges::any_of(module.recipe.names,
                               [&](const std::string& known) { return to_lower(known) == to_lower(name); });
  };
  const auto near = std::ranges::find_if(plan.modules, same_but_case);
  const bool is_near = near != plan.modules.end();
  const std::string path = is_near ? near->module.path : "host/owner/repository";
  const std::string names = fmt::format(R"("{}": {{"build": {{"cmake": {{"names": ["{}"]}}}}}})", path, name);
  if (is_near) {
    return {.code = Code::kPackageMissing,
            .message = fmt::format("no module is found as `{}`, only as `{}`; in modtool.json:\n\"describe\": {{{}}}",
                                   name, near->recipe.names.front(), names)};
  }
  return {.code = Code::kPackageMissing,
          .message = fmt::format("no module provides the package `{}`, and this machine has none; in modtool.json:\n"
                                 "\"require\": {{\"{}\": \"vX.Y.Z\"}}\n\"describe\": {{{}}}",
                                 name, path, names)};
}

}  // namespace

Error dependency_failure(const PlannedModule& module, std::string_view what, int status) {
  return Error{.code = Code::kDependencyFailed,
               .message = fmt::format("{} {} failed with status {}; `modtool why {}` tells what asks for it", what,
                                      to_string(module.module), status, module.module.path)}
      .in(module.chain);
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
  error_ += error_.empty() ? "" : " ";
  error_ += words;
}

std::string FailureWatch::missing_target() const { return std::string(unknown_target(error_)); }

Result<void> forget_failure(io::FileSystem& files, const std::string& build_directory) {
  MODTOOL_CHECK(files.remove_all(io::join_path(build_directory, kStackFile)));
  return files.remove_all(io::join_path(build_directory, kRefusalFile));
}

Error configure_failure(const io::FileReader& files, const std::string& build_directory, const BuildPlan& plan,
                        const FailureWatch& watch, int status) {
  const Stack stack = read_stack(files, build_directory, plan);
  Error error{.code = Code::kBuildFailed, .message = fmt::format("configuring failed with status {}", status)};
  const auto refusal = files.read(io::join_path(build_directory, kRefusalFile)).or_nothing();
  if (refusal && read_refusal(*refusal, error)) return stack.adding ? std::move(error).in(stack.adding->chain) : error;
  const std::string missing = stack.looking.empty() ? watch.missing() : stack.looking;
  if (!missing.empty()) {
    error = package_missing(missing, plan);
    return stack.adding ? std::move(error).in(stack.adding->chain) : error;
  }
  if (stack.adding) return dependency_failure(*stack.adding, "configuring", status);
  const std::string target = watch.missing_target();
  if (const auto* module = module_called(target, plan)) {
    return {.code = Code::kBadRecipe,
            .message = fmt::format("{0} has no target `{1}`; in modtool.json:\n\"describe\": {{\"{2}\": "
                                   "{{\"build\": {{\"cmake\": {{\"alias\": {{\"{1}\": \"its own target\"}}}}}}}}}}",
                                   to_string(module->module), target, module->module.path)};
  }
  if (watch.exports_too_little()) {
    error.message +=
        ": `install(EXPORT)` cannot export a target that links a module, since the module is a target of "
        "this build that is not installed";
  }
  return error;
}

Error build_failure(const FailureWatch& watch, int status) {
  if (watch.culprit() != nullptr) return dependency_failure(*watch.culprit(), "building", status);
  return {.code = Code::kBuildFailed, .message = fmt::format("building failed with status {}", status)};
}

}  // namespace modtool::build
