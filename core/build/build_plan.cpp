#include "core/build/build_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/base/text.hpp"
#include "core/build/cmake_text.hpp"

namespace modtool::build {
namespace {

std::string_view last_element(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Who answers to a name, case left aside.
class NameTable {
 public:
  Result<void> claim(const std::string& name, const ModuleInput& input) {
    const auto [known, is_new] = owners_.emplace(to_lower(name), &input);
    if (is_new || known->second == &input) return {};
    const auto& [other, own] = std::tie(known->second->module, input.module);
    return fail(Error{.code = Code::kNameClash,
                      .message = fmt::format("{} and {} would both be found as `{}`; describe other names of one in "
                                             "\"build\": {{\"cmake\": {{\"names\": […]}}}}",
                                             to_string(other), to_string(own), name),
                      .where = input.where.known() ? input.where : known->second->where});
  }
  bool has(const std::string& name) const { return owners_.contains(to_lower(name)); }

 private:
  std::map<std::string, const ModuleInput*> owners_;
};

class Planner {
 public:
  Planner(const std::vector<ModuleInput>& inputs, const SourceReader& read) : inputs_(inputs), read_(read) {}

  Result<BuildPlan> plan() {
    for (const auto& input : inputs_) {
      auto module = read(input);
      if (!module) return fail(std::move(module.error()).at(input.where).in("build of " + input.module.path));
      plan_.modules.push_back(std::move(*module));
    }
    MODTOOL_CHECK(claim_described());
    MODTOOL_CHECK(make_up_names());
    return std::move(plan_);
  }

 private:
  static Result<PlannedModule> read(const ModuleInput& input) {
    PlannedModule module{
        .module = input.module, .directory = input.directory, .overlay = input.overlay, .chain = input.chain};
    MODTOOL_TRY(module.recipe, parse_recipe(input.recipe));
    MODTOOL_TRY(module.cmake_version, cmake_version(input.module.version, module.recipe.version));
    return module;
  }

  Result<void> claim_described() {
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      is_described_.push_back(!plan_.modules[i].recipe.names.empty());
      for (const auto& name : plan_.modules[i].recipe.names) MODTOOL_CHECK(described_.claim(name, inputs_[i]));
    }
    return {};
  }

  Result<void> make_up_names() {
    NameTable made_up;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (is_described_[i]) continue;
      auto& names = plan_.modules[i].recipe.names;
      for (const auto& name : {std::string(last_element(inputs_[i].module.path)), project_name(plan_.modules[i])}) {
        if (name.empty() || described_.has(name) || std::ranges::find(names, name) != names.end()) continue;
        MODTOOL_CHECK(made_up.claim(name, inputs_[i]));
        names.push_back(name);
      }
    }
    return {};
  }

  std::string project_name(const PlannedModule& module) const {
    const std::string directory = !module.overlay.empty()        ? module.overlay
                                  : module.recipe.subdir.empty() ? module.directory
                                                                 : module.directory + "/" + module.recipe.subdir;
    return module.recipe.header_only.empty() ? project_name_of(read_(directory + "/CMakeLists.txt")) : std::string();
  }

  const std::vector<ModuleInput>& inputs_;
  const SourceReader& read_;
  BuildPlan plan_;
  NameTable described_;
  std::vector<bool> is_described_;
};

// Without comments: from # to the end of the line. (A bracket comment before project() is read as code, which at worst
// finds a name that nobody asks for.)
std::string without_comments(std::string_view text) {
  std::string code;
  for (const auto line : split_lines(text)) code.append(line.substr(0, line.find('#'))) += '\n';
  return code;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_.+-").contains(c);
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

Result<BuildPlan> plan_build(const std::vector<ModuleInput>& modules, const SourceReader& read) {
  return Planner(modules, read).plan();
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
