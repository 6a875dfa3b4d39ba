#include "core/build/build_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/build/cmake/cmake_text.hpp"
#include "core/build/find_modules.hpp"
#include "core/build/names.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kAlwaysAllowed = "Threads";  // a part of every tool chain

Result<PlannedModule> read_module(const ModuleInput& input) {
  PlannedModule module{.module = input.module,
                       .origin = input.origin,
                       .is_required = input.is_required,
                       .is_patched = input.is_patched,
                       .is_users_own = input.is_users_own,
                       .directory = input.directory,
                       .overlay = input.overlay,
                       .chain = input.chain,
                       .where = input.where};
  MODTOOL_TRY(module.recipe, parse_recipe(input.recipe));
  MODTOOL_TRY(module.cmake_version, cmake_version(input.module.version, module.recipe.version));
  return module;
}

NameClaim packages_of(const PlannedModule& module, const SourceReader& read) {
  const auto& recipe = module.recipe;
  if (!recipe.names.empty()) return {.module = &module, .names = recipe.names, .is_described = true};
  const bool has_project = recipe.header_only.empty();
  const std::string own = has_project ? project_name_of(read(cmake_directory(module) + "/CMakeLists.txt")) : "";
  return {.module = &module, .names = {std::string(last_element(module.module.path)), own}};
}

// What a module answers to is there for every library.
Result<void> check_absent(const BuildPlan& plan) {
  for (const auto& without : plan.modules) {
    for (const auto& name : without.recipe.absent) {
      const auto provides = [&](const PlannedModule& module) {
        return std::ranges::count(module.recipe.names, name) > 0;
      };
      const auto provider = std::ranges::find_if(plan.modules, provides);
      if (provider == plan.modules.end()) continue;
      return fail(Error{
          .code = Code::kBadRecipe,
          .message = fmt::format("{} is described as built without the package `{}`, which {} provides; "
                                 "leave it out of describe.{}.build.cmake.absent",
                                 to_string(without.module), name, to_string(provider->module), without.module.path),
          .where = without.where});
    }
  }
  return {};
}

// In the place of CMake's own find modules, where nobody else is called so.
void add_find_modules(std::vector<std::string>& names, std::set<std::string>& known) {
  const std::vector<std::string> own = names;
  for (const auto& name : own) {
    const std::string package(find_module_of(name));
    const bool is_own = std::ranges::find(own, package) != own.end();
    const bool is_spelling = to_lower(package) == to_lower(name);  // of a name that it has
    if (package.empty() || is_own || (!known.insert(to_lower(package)).second && !is_spelling)) continue;
    if (std::ranges::find(names, package) == names.end()) names.push_back(package);
  }
}

// The first word of an argument list.
std::string first_argument(std::string_view arguments) {
  arguments.remove_prefix(std::min(arguments.find_first_not_of(" \t\n\""), arguments.size()));
  const auto end = std::ranges::find_if_not(arguments, is_name_character);
  const std::string name(arguments.begin(), end);
  const bool is_whole = end != arguments.end() && std::string_view(" \t\n\")").contains(*end);
  return is_whole ? name : std::string();
}

}  // namespace

Result<BuildPlan> plan_build(const std::vector<ModuleInput>& modules, const std::vector<std::string>& allowed) {
  BuildPlan plan{.modules = {}, .allowed = {std::string(kAlwaysAllowed)}};
  plan.allowed.insert(plan.allowed.end(), allowed.begin(), allowed.end());
  for (const auto& input : modules) {
    auto module = read_module(input);
    if (!module) return fail(std::move(module.error()).at(input.where).in("build of " + input.module.path));
    plan.modules.push_back(std::move(*module));
  }
  return plan;
}

std::vector<std::string> hidden_packages(const BuildPlan& plan) {
  std::vector<std::string> hidden;
  for (const auto& module : plan.modules) {
    for (const auto& name : module.recipe.absent) {
      hidden.push_back(fmt::format("package {} from {}", name, to_string(module.module)));
    }
  }
  return hidden;
}

Result<void> name_packages(BuildPlan& plan, const SourceReader& read) {
  std::vector<NameClaim> claims;
  claims.reserve(plan.modules.size());
  for (const auto& module : plan.modules) claims.push_back(packages_of(module, read));
  MODTOOL_CHECK(settle_names(claims, R"("cmake": {"names": […]})"));
  std::set<std::string> known;
  for (const auto& claim : claims) {
    for (const auto& name : claim.names) known.insert(to_lower(name));
  }
  for (std::size_t i = 0; i < claims.size(); ++i) {
    plan.modules[i].recipe.names = std::move(claims[i].names);
    add_find_modules(plan.modules[i].recipe.names, known);
  }
  return check_absent(plan);
}

bool is_locked_revision(const PlannedModule& module, std::string_view revision) {
  constexpr std::size_t kShortest = 7;  // of the commits that people write
  const auto& [tag, commit, url] = module.origin;
  const std::string& version = module.module.version;
  if (revision.starts_with("refs/tags/")) revision.remove_prefix(std::string_view("refs/tags/").size());
  if (revision == version || "v" + std::string(revision) == version) return true;
  if (!tag.empty() && revision == tag) return true;
  return revision.size() >= kShortest && commit.starts_with(revision);
}

bool is_locked_url(const PlannedModule& module, std::string_view url) {
  if (url.find_first_of("0123456789") == url.npos) return true;
  const auto& [tag, commit, archive] = module.origin;
  for (std::string_view known : {std::string_view(module.module.version), std::string_view(tag),
                                 std::string_view(commit), std::string_view(archive)}) {
    if (known.starts_with('v')) known.remove_prefix(1);
    if (!known.empty() && url.contains(known)) return true;
  }
  return false;
}

std::string cmake_directory(const PlannedModule& module) {
  if (!module.overlay.empty()) return module.overlay;
  return module.recipe.subdir.empty() ? module.directory : module.directory + "/" + module.recipe.subdir;
}

std::string project_name_of(std::string_view cmake_lists) {
  const std::string code = without_comments(cmake_lists);
  const std::string small = to_lower(code);
  constexpr std::string_view kCommand = "project";
  for (auto at = small.find(kCommand); at != small.npos; at = small.find(kCommand, at + 1)) {
    if (at > 0 && is_name_character(small[at - 1])) continue;
    const auto open = small.find_first_not_of(" \t\n", at + kCommand.size());
    if (open != small.npos && small[open] == '(') return first_argument(std::string_view(code).substr(open + 1));
  }
  return {};
}

}  // namespace modtool::build
