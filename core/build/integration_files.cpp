#include "core/build/integration_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/build/cmake_text.hpp"
#include "core/build/provider_text.hpp"

namespace modtool::build {
namespace {

// deps.cmake, a module after the other.
class DepsWriter {
 public:
  std::string write(const BuildPlan& plan) {
    text_ = "# The modules that modtool.lock names, for provider.cmake. Made by modtool.\n";
    for (const auto& name : plan.allowed) text_ += fmt::format("_modtool_allow({})\n", cmake_argument(name));
    for (const auto& module : plan.modules) add(module);
    return std::move(text_);
  }

 private:
  void add(const PlannedModule& module) {
    ++index_;
    text_ += fmt::format("\n# {}\n", to_string(module.module));
    add_value("PATH", module.module.path);
    add_value("VERSION", module.module.version);
    add_value("CMAKE_VERSION", module.cmake_version);
    add_value("DIR", module.directory);
    add_value("OVERLAY", module.overlay);
    add_value("SUBDIR", module.recipe.subdir);
    if (!module.recipe.header_only.empty()) add_value("HEADERS", "ON");
    add_names(module.recipe.names);
    add_macro("headers", headers_of(module));
    add_macro("options", options_of(module.recipe));
    add_macro("aliases", aliases_of(module.recipe));
    add_macro("vars", vars_of(module.recipe));
  }

  void add_value(std::string_view key, const std::string& value) {
    if (!value.empty()) text_ += fmt::format("_modtool_module({} {} {})\n", index_, key, cmake_argument(value));
  }

  void add_names(const std::vector<std::string>& names) {
    std::set<std::string> contents;  // FetchContent leaves case aside
    for (const auto& name : names) {
      text_ += fmt::format("_modtool_package({} {})\n", cmake_argument(name), index_);
      contents.insert(to_lower(name));
    }
    for (const auto& name : contents) text_ += fmt::format("_modtool_content({} {})\n", cmake_argument(name), index_);
  }

  void add_macro(std::string_view name, const std::string& body) {
    text_ += fmt::format("macro(_modtool_{}_{})\n{}endmacro()\n", name, index_, body);
  }

  static std::string options_of(const Recipe& recipe) {
    std::string body;
    for (const auto& [name, value] : recipe.options) {
      body += fmt::format("  _modtool_save({0})\n  set({0} {1})\n", name, cmake_argument(value));
    }
    return body;
  }

  static std::string aliases_of(const Recipe& recipe) {
    std::string body;
    for (const auto& [name, target] : recipe.aliases) body += fmt::format("  _modtool_alias({} {})\n", name, target);
    return body;
  }

  static std::string vars_of(const Recipe& recipe) {
    std::string body;
    for (const auto& [name, value] : recipe.vars) {
      body += fmt::format("  set({} {} PARENT_SCOPE)\n", name, cmake_argument(value));
    }
    return body;
  }

  // An INTERFACE target for each name N, as N::N and as the path's last element E, E::N.
  std::string headers_of(const PlannedModule& module) const {
    if (module.recipe.header_only.empty()) return {};
    const std::string target = fmt::format("_modtool_headers_{}", index_);
    std::string body = fmt::format("  add_library({} INTERFACE)\n", target);
    for (const auto& directory : module.recipe.header_only) {
      const std::string suffix = directory == "." ? "" : cmake_argument("/" + directory);
      body += fmt::format("  set(_modtool_directory {})\n", suffix.empty() ? "\"\"" : suffix);
      body += fmt::format(
          "  target_include_directories({} SYSTEM INTERFACE \"${{MODTOOL_DIR}}${{_modtool_directory}}\")\n", target);
    }
    const std::string element = module.module.path.substr(module.module.path.rfind('/') + 1);
    for (const auto& name : module.recipe.names) {
      body += fmt::format("  _modtool_alias({0}::{0} {1})\n", name, target);
      if (element != name) body += fmt::format("  _modtool_alias({}::{} {})\n", element, name, target);
    }
    return body;
  }

  std::string text_;
  int index_ = 0;
};

// Behind a user's own files in the list, so that the provider is the one that counts.
constexpr std::string_view kAttach = R"cmake(# For `cmake -C`. Made by modtool.
set(_modtool_includes "$CACHE{CMAKE_PROJECT_TOP_LEVEL_INCLUDES}")
set(_modtool_provider "${CMAKE_CURRENT_LIST_DIR}/provider.cmake")
list(REMOVE_ITEM _modtool_includes "${_modtool_provider}")
list(APPEND _modtool_includes "${_modtool_provider}")
set(CMAKE_PROJECT_TOP_LEVEL_INCLUDES "${_modtool_includes}" CACHE STRING "files of the first project()" FORCE)
if(NOT DEFINED CACHE{FETCHCONTENT_FULLY_DISCONNECTED})
  set(FETCHCONTENT_FULLY_DISCONNECTED ON CACHE BOOL "nothing is fetched while configuring")
endif()
)cmake";

std::string presets() {
  using json = nlohmann::ordered_json;
  const json variables = {{"CMAKE_PROJECT_TOP_LEVEL_INCLUDES", "${fileDir}/provider.cmake"},
                          {"FETCHCONTENT_FULLY_DISCONNECTED", "ON"}};
  const json base = {{"name", "modtool-provider"}, {"hidden", true}, {"cacheVariables", variables}};
  const json own = {{"name", "modtool"},
                    {"inherits", "modtool-provider"},
                    {"displayName", "modules from modtool.lock"},
                    {"binaryDir", "${sourceDir}/build/modtool"}};
  const json use = {{"name", "modtool"}, {"configurePreset", "modtool"}};
  const json file = {
      {"version", 4}, {"configurePresets", {base, own}}, {"buildPresets", {use}}, {"testPresets", {use}}};
  return file.dump(2) + "\n";
}

bool is_as_it_should_be(const io::FileReader& files, const std::string& path, const std::string& text) {
  const auto found = files.read(path);
  return found && *found == text;
}

}  // namespace

std::vector<GeneratedFile> integration_files(const BuildPlan& plan) {
  return {{".gitignore", "*\n"},
          {std::string(kAttachFile), std::string(kAttach)},
          {"deps.cmake", DepsWriter().write(plan)},
          {"modtool-presets.json", presets()},
          {"provider.cmake", std::string(provider_text())}};
}

Result<std::vector<std::string>> save_integration_files(io::FileSystem& files, const std::string& directory,
                                                        const std::vector<GeneratedFile>& generated) {
  if (const auto there = files.lstat(directory); there && there->kind != io::FileKind::kDirectory) {
    return fail(Code::kSymbolicLink,
                fmt::format("`{}` is no directory of its own; nothing is written through it", directory));
  }
  std::vector<std::string> written;
  for (const auto& file : generated) {
    const std::string path = io::join_path(directory, file.name);
    if (is_as_it_should_be(files, path, file.text)) continue;
    if (written.empty()) MODTOOL_CHECK(files.make_directories(directory));
    MODTOOL_CHECK(files.write_atomic(path, file.text));
    written.push_back(file.name);
  }
  return written;
}

}  // namespace modtool::build
