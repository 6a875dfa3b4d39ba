#include "core/build/cmake/cmake_failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/text.hpp"
#include "core/build/names.hpp"

namespace modtool::build {
namespace {

// What the provider writes into the build directory: the calls it is in, and why it refused one.
constexpr std::string_view kStackFile = "_modtool/stack";
constexpr std::string_view kRefusalFile = "_modtool/refusal";

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

// The provider has its last word where CMake went on after an error.
bool came_first(const Error& refused, const FailureWatch& watch) {
  return watch.error().empty() || watch.error().contains(std::string(to_string(refused.code)) + ":");
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

std::string_view package_of(std::string_view target) { return target.substr(0, target.find("::")); }

// The module that a name of a package means, case left aside, or nullptr.
const PlannedModule* module_named(std::string_view package, const BuildPlan& plan) {
  const auto is_called = [&](const std::string& name) { return to_lower(name) == to_lower(package); };
  const auto found = std::ranges::find_if(
      plan.modules, [&](const PlannedModule& module) { return std::ranges::any_of(module.recipe.names, is_called); });
  return found == plan.modules.end() ? nullptr : &*found;
}

// The module to whose package the target `package::name` belongs, or nullptr.
const PlannedModule* module_called(std::string_view target, const BuildPlan& plan) {
  return target.contains("::") ? module_named(package_of(target), plan) : nullptr;
}

std::string absolute(const BuildRequest& request, const std::string& path) {
  return io::is_absolute(path) ? path : io::join_path(request.root, path);
}

// The directory below `root`, from there, with a file of that name; not in depths where nobody keeps one.
std::optional<std::string> find_below(const io::FileReader& files, const std::string& root, const std::string& name,
                                      const std::string& directory = ".", int depth = 3) {
  const auto entries = files.list(io::join_path(root, directory)).or_nothing();
  if (!entries) return std::nullopt;
  for (const auto& entry : *entries) {
    if (entry.name == name) return directory;
  }
  for (const auto& entry : *entries) {
    if (entry.kind != io::FileKind::kDirectory || depth == 0) continue;
    const std::string below = directory == "." ? entry.name : directory + "/" + entry.name;
    if (auto found = find_below(files, root, name, below, depth - 1)) return found;
  }
  return std::nullopt;
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

// What find_package() calls a module.
std::string_view package_name(const PlannedModule& module) {
  return module.recipe.names.empty() ? last_element(module.module.path) : module.recipe.names.front();
}

// A target that two libraries make, or a library and the project; nothing where that is not the failure.
std::optional<Error> target_taken(const FailureWatch::TakenTarget& taken, const PlannedModule* second,
                                  const BuildPlan& plan) {
  const PlannedModule* first = module_at(taken.directory, plan);
  if (taken.name.empty() || (first == nullptr && second == nullptr)) return std::nullopt;
  const auto name_of = [](const PlannedModule* module) {
    return module == nullptr ? std::string("the project") : to_string(module->module);
  };
  const std::string place = taken.directory.empty() ? "" : ", the first in " + taken.directory;
  std::string ways;
  const bool is_copy = first != nullptr && second != nullptr && module_named(package_of(taken.name), plan) == second;
  if (is_copy) {
    ways = fmt::format("the order: find_package({}) before find_package({}); or ", package_name(*second),
                       package_name(*first));
  }
  ways += fmt::format(
      "describe.{}.build.cmake.options in modtool.json, if an option leaves the target out; or have each "
      "library built by itself, with --prefix",
      (first == nullptr ? second : first)->module.path);
  Error error{.code = Code::kBadRecipe,
              .message = fmt::format("{} and {} both make the target `{}`{}\nchange {}", name_of(first),
                                     name_of(second), taken.name, place, ways)};
  return second == nullptr ? error : std::move(error).in(second->chain);
}

// The lines that have a library offer a directory of its CMake modules.
std::string offering(const PlannedModule& module, const std::string& directory) {
  return fmt::format(R"(; in modtool.json:
"describe": {{"{}": {{"build": {{"cmake": {{"modulePath": ["{}"]}}}}}}}})",
                     module.module.path, directory);
}

// A CMake module that a library has and does not offer, or offers only when it is asked for; nothing where that is not
// the failure.
std::optional<Error> module_kept(const io::FileReader& files, const BuildRequest& request, const std::string& name) {
  if (name.empty() || name.contains('/')) return std::nullopt;
  for (const auto& module : request.plan.modules) {
    const auto found = find_below(files, absolute(request, module.directory), name + ".cmake");
    if (!found) continue;
    const bool is_offered = std::ranges::count(module.recipe.module_path, *found) > 0;
    const std::string way =
        is_offered ? fmt::format("\nchange the order: find_package({}) before include({})", package_name(module), name)
                   : offering(module, *found);
    return Error{.code = Code::kBadRecipe,
                 .message = fmt::format("include({0}) found nothing, and {1} has {0}.cmake in `{2}`{3}", name,
                                        to_string(module.module), *found, way)};
  }
  return std::nullopt;
}

// A package that a library needs and that is described as absent; nothing where that is not the failure.
std::optional<Error> package_needed(const PlannedModule* library, const std::string& package) {
  if (library == nullptr || std::ranges::count(library->recipe.absent, package) == 0) return std::nullopt;
  return Error{.code = Code::kBadRecipe,
               .message = fmt::format("{} cannot do without the package `{}`, which is described as absent\nchange "
                                      "describe.{}.build.cmake.absent in modtool.json, or the option that asks for it",
                                      to_string(library->module), package, library->module.path)}
      .in(library->chain);
}

constexpr std::string_view kNotItsOwn =
    "CMAKE_SOURCE_DIR is the project's here, and the library takes it for its own: --prefix has each library built by "
    "itself";

bool takes_project_for_own(const io::FileReader& files, const BuildRequest& request, const std::string& file) {
  if (file.empty()) return false;
  const auto text = files.read(absolute(request, file)).or_nothing();
  return text && text->contains("CMAKE_SOURCE_DIR");
}

}  // namespace

Error dependency_failure(const PlannedModule& module, std::string_view what, int status) {
  return Error{.code = Code::kDependencyFailed,
               .message = fmt::format("{} {} failed with status {}; `modtool why {}` tells what asks for it", what,
                                      to_string(module.module), status, module.module.path)}
      .in(module.chain);
}

Result<void> forget_failure(io::FileSystem& files, const std::string& build_directory) {
  MODTOOL_CHECK(files.remove_all(io::join_path(build_directory, kStackFile)));
  return files.remove_all(io::join_path(build_directory, kRefusalFile));
}

Error configure_failure(const io::FileReader& files, const std::string& build_directory, const BuildRequest& request,
                        const FailureWatch& watch, int status) {
  const BuildPlan& plan = request.plan;
  const Stack stack = read_stack(files, build_directory, plan);
  const auto during = [&](Error what) { return stack.adding ? std::move(what).in(stack.adding->chain) : what; };
  Error error{.code = Code::kBuildFailed, .message = fmt::format("configuring failed with status {}", status)};
  const auto refusal = files.read(io::join_path(build_directory, kRefusalFile)).or_nothing();
  Error refused;
  if (refusal && read_refusal(*refusal, refused) && came_first(refused, watch)) return during(std::move(refused));
  const std::string missing = stack.looking.empty() ? watch.missing() : stack.looking;
  if (!missing.empty()) return during(package_missing(missing, plan));
  const auto* failed = stack.adding != nullptr ? stack.adding : module_at(watch.place(), plan);
  if (auto taken = target_taken(watch.taken_target(), failed, plan)) return *taken;
  if (auto kept = module_kept(files, request, watch.missing_include())) return during(std::move(*kept));
  if (auto needed = package_needed(failed, watch.disabled_package())) return *needed;
  const std::string target = watch.missing_target();
  if (const auto* module = module_called(target, plan)) {
    return {.code = Code::kBadRecipe,
            .message = fmt::format("{0} has no target `{1}`; in modtool.json:\n\"describe\": {{\"{2}\": "
                                   "{{\"build\": {{\"cmake\": {{\"alias\": {{\"{1}\": \"its own target\"}}}}}}}}}}",
                                   to_string(module->module), target, module->module.path)};
  }
  if (failed != nullptr) {
    error = dependency_failure(*failed, "configuring", status);
    return takes_project_for_own(files, request, watch.place()) ? std::move(error).noting(std::string(kNotItsOwn))
                                                                : error;
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
