#include "core/build/meson/meson_introspection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/build/build_tool.hpp"
#include "core/build/json_fields.hpp"

namespace modtool::build {
namespace {

Result<json::Value> read_information(const io::FileReader& files, const std::string& build_directory,
                                     std::string_view what) {
  const std::string path = fmt::format("{}/meson-info/intro-{}.json", build_directory, what);
  MODTOOL_TRY(const std::string text, files.read(path).required());
  return json::parse(text, path);
}

// A subproject's programs are its own.
bool is_program(const json::Value& target) {
  const auto* subproject = json::find(target, "subproject");
  const bool is_own = subproject == nullptr || subproject->kind == json::Kind::kNull;
  return is_own && read_text(target, "type") == "executable" && !read_texts(target, "filename").empty();
}

MesonProgram program_of(const json::Value& target, const std::string& build_directory) {
  const std::string path = read_texts(target, "filename")[0];
  std::string_view place = io::is_absolute(path) ? std::string_view(path) : std::string_view();
  if (place.starts_with(build_directory + "/")) place.remove_prefix(build_directory.size() + 1);
  const std::string directory(place.substr(0, place.rfind('/') + 1));
  return {.path = io::is_absolute(path) ? path : io::join_path(build_directory, path),
          .target = fmt::format("{}{}:executable", place.contains('/') ? directory : "", read_text(target, "name"))};
}

void add_include_directories(const json::Value& sources, TargetFacts& facts) {
  for (const auto& parameter : read_texts(sources, "parameters")) {
    for (const std::string_view flag : {"-I", "-isystem", "-idirafter", "-iquote"}) {
      if (!parameter.starts_with(flag) || parameter.size() == flag.size()) continue;
      facts.include_directories.insert(parameter.substr(flag.size()));
      break;
    }
  }
}

}  // namespace

Result<MesonProgram> find_meson_program(const io::FileReader& files, const std::string& build_directory,
                                        const std::string& target) {
  MODTOOL_TRY(const auto targets, read_information(files, build_directory, "targets"));
  std::vector<std::string> programs;
  for (const auto& entry : targets.elements) {
    if (!is_program(entry)) continue;
    programs.push_back(read_text(entry, "name"));
    if (programs.back() == target) return program_of(entry, build_directory);
  }
  return fail(no_such_program(target, programs));
}

Result<std::vector<FoundDependency>> read_dependencies(const io::FileReader& files,
                                                       const std::string& build_directory) {
  MODTOOL_TRY(const auto dependencies, read_information(files, build_directory, "dependencies"));
  std::vector<FoundDependency> found;
  for (const auto& entry : dependencies.elements) {
    if (read_text(entry, "type") == "internal") continue;  // newer ones list these, too
    FoundDependency dependency{.name = read_text(entry, "name")};
    for (const auto* key : {"compile_args", "link_args"}) {
      for (const auto& argument : read_texts(entry, key)) dependency.arguments += argument + "\n";
    }
    found.push_back(std::move(dependency));
  }
  return found;
}

Result<std::set<std::string>> read_found_libraries(const io::FileReader& files, const std::string& build_directory) {
  const std::string path = io::join_path(build_directory, "meson-logs/meson-log.txt");
  MODTOOL_TRY(const auto read, files.read(path).if_there());
  const std::string log = read.value_or("");
  std::set<std::string> found;
  constexpr std::string_view kBefore = "Library ";
  constexpr std::string_view kBehind = " found: YES";
  for (auto line : split_lines(log)) {
    if (const auto bar = line.find("| "); bar < line.find(kBefore)) line.remove_prefix(bar + 2);  // of a subproject
    if (!line.starts_with(kBefore)) continue;
    line.remove_prefix(kBefore.size());
    if (const auto at = line.find(kBehind); at != line.npos) found.emplace(line.substr(0, at));
  }
  return found;
}

Result<std::set<std::string>> read_subprojects(const io::FileReader& files, const std::string& build_directory) {
  MODTOOL_TRY(const auto project, read_information(files, build_directory, "projectinfo"));
  std::set<std::string> names;
  const auto* subprojects = json::find(project, "subprojects");
  if (subprojects == nullptr) return names;
  for (const auto& subproject : subprojects->elements) names.insert(read_text(subproject, "name"));
  return names;
}

Result<TargetFacts> read_target_facts(const io::FileReader& files, const std::string& build_directory) {
  MODTOOL_TRY(const auto targets, read_information(files, build_directory, "targets"));
  TargetFacts facts;
  for (const auto& target : targets.elements) {
    if (const auto* sources = json::find(target, "target_sources")) {
      for (const auto& group : sources->elements) add_include_directories(group, facts);
    }
    if (!read_text(target, "type").ends_with("library")) continue;
    for (const auto& file : read_texts(target, "filename")) {
      facts.libraries.emplace_back(read_text(target, "defined_in"), file);
    }
  }
  return facts;
}

Result<OwnTests> read_own_tests(const io::FileReader& files, const std::string& build_directory) {
  MODTOOL_TRY(const auto project, read_information(files, build_directory, "projectinfo"));
  MODTOOL_TRY(const auto tests, read_information(files, build_directory, "tests"));
  OwnTests own{.project = read_text(project, "descriptive_name"), .suites = {}};
  std::string name = own.project;
  std::ranges::replace_if(name, [](char c) { return c == ' ' || c == ':'; }, '_');
  own.suites.insert(name);
  for (const auto& test : tests.elements) {
    for (const std::string& suite : read_texts(test, "suite")) {  // "project" or "project:suite"
      if (suite.starts_with(name + ":")) own.suites.insert(suite.substr(name.size() + 1));
    }
  }
  return own;
}

}  // namespace modtool::build
