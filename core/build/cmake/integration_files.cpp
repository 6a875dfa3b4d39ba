#include "core/build/cmake/integration_files.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/build/cmake/cmake_files.hpp"
#include "core/build/cmake/cmake_text.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kPackagesDirectory = "packages";

// deps.cmake, a module after the other.
class DepsWriter {
 public:
  std::string write(const BuildPlan& plan) {
    text_ = "# The modules that modtool.lock names, for modules.cmake. Made by modtool.\n";
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
    add_value("TAG", module.origin.tag);
    add_value("COMMIT", module.origin.commit);
    add_value("URL", module.origin.url);
    if (module.is_required) add_value("REQUIRED", "ON");
    if (module.is_patched) add_value("PATCHED", "ON");
    add_value("CMAKE_VERSION", module.cmake_version);
    add_value("DIR", module.directory);
    if (module.recipe.copy) add_value("COPY", to_string(module.module));
    add_value("OVERLAY", module.overlay);
    add_value("SUBDIR", module.recipe.subdir);
    if (!module.recipe.header_only.empty()) add_value("HEADERS", "ON");
    for (const auto& name : module.recipe.absent) add_value("ABSENT", name);
    for (const auto& directory : module.recipe.module_path) add_value("MODULE_PATH", directory);
    add_value("PKG_CONFIG", fmt::format("{}", fmt::join(module.pkg_config, ";")));
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

// Older versions are led to packages/; the provider goes behind a user's own files in the list, so that it is the one
// that counts.
constexpr std::string_view kAttach = R"cmake(# For `cmake -C`. Made by modtool.
if(CMAKE_VERSION VERSION_LESS 3.24)
  set(_modtool_packages "${CMAKE_CURRENT_LIST_DIR}/packages")
  foreach(_modtool_list CMAKE_MODULE_PATH CMAKE_PREFIX_PATH)
    set(_modtool_directories "$CACHE{${_modtool_list}}")
    list(REMOVE_ITEM _modtool_directories "${_modtool_packages}")
    list(INSERT _modtool_directories 0 "${_modtool_packages}")
    set(${_modtool_list} "${_modtool_directories}" CACHE STRING "directories where packages are looked for" FORCE)
  endforeach()
  set(_modtool_include "${CMAKE_CURRENT_LIST_DIR}/project.cmake")
  if(NOT "$CACHE{CMAKE_PROJECT_INCLUDE}" STREQUAL "${_modtool_include}")
    set(MODTOOL_PROJECT_INCLUDE "$CACHE{CMAKE_PROJECT_INCLUDE}" CACHE INTERNAL "what else is included by project()")
    set(CMAKE_PROJECT_INCLUDE "${_modtool_include}" CACHE STRING "a file of each project()" FORCE)
  endif()
else()
  set(_modtool_includes "$CACHE{CMAKE_PROJECT_TOP_LEVEL_INCLUDES}")
  set(_modtool_provider "${CMAKE_CURRENT_LIST_DIR}/provider.cmake")
  list(REMOVE_ITEM _modtool_includes "${_modtool_provider}")
  list(APPEND _modtool_includes "${_modtool_provider}")
  set(CMAKE_PROJECT_TOP_LEVEL_INCLUDES "${_modtool_includes}" CACHE STRING "files of the first project()" FORCE)
endif()
if(NOT DEFINED CACHE{FETCHCONTENT_FULLY_DISCONNECTED})
  set(FETCHCONTENT_FULLY_DISCONNECTED ON CACHE BOOL "nothing is fetched while configuring")
endif()
)cmake";

constexpr std::string_view kDetach = R"cmake(# For `cmake -C`. Made by modtool.
foreach(_modtool_list CMAKE_MODULE_PATH CMAKE_PREFIX_PATH CMAKE_PROJECT_TOP_LEVEL_INCLUDES)
  set(_modtool_entries "$CACHE{${_modtool_list}}")
  list(REMOVE_ITEM _modtool_entries "${CMAKE_CURRENT_LIST_DIR}/packages" "${CMAKE_CURRENT_LIST_DIR}/provider.cmake")
  set(${_modtool_list} "${_modtool_entries}" CACHE STRING "" FORCE)
endforeach()
if("$CACHE{CMAKE_PROJECT_INCLUDE}" STREQUAL "${CMAKE_CURRENT_LIST_DIR}/project.cmake")
  unset(CMAKE_PROJECT_INCLUDE CACHE)  # older versions include an empty one
  if(NOT "$CACHE{MODTOOL_PROJECT_INCLUDE}" STREQUAL "")
    set(CMAKE_PROJECT_INCLUDE "$CACHE{MODTOOL_PROJECT_INCLUDE}" CACHE STRING "a file of each project()")
  endif()
endif()
set(FETCHCONTENT_FULLY_DISCONNECTED ON CACHE BOOL "nothing is fetched while configuring")
set(FETCHCONTENT_TRY_FIND_PACKAGE_MODE ALWAYS CACHE STRING "FetchContent takes what is installed")
)cmake";

// In the place of a user's own CMAKE_PROJECT_INCLUDE, which it includes.
constexpr std::string_view kProject = R"cmake(# For CMAKE_PROJECT_INCLUDE of CMake 3.15 to 3.23. Made by modtool.
include("${CMAKE_CURRENT_LIST_DIR}/older.cmake")
if(MODTOOL_PROJECT_INCLUDE)
  include("${MODTOOL_PROJECT_INCLUDE}")
endif()
)cmake";

// CMake's own, which alone would not lead CMake 3.14 to what answers for the modules.
constexpr std::string_view kFindPkgConfig = R"cmake(include("${CMAKE_CURRENT_LIST_DIR}/../older.cmake")
include("${CMAKE_ROOT}/Modules/FindPkgConfig.cmake")
)cmake";

constexpr std::string_view kVersion = R"cmake(set(PACKAGE_VERSION {})
set(PACKAGE_VERSION_COMPATIBLE TRUE)  # or not: what comes next tells
set(PACKAGE_VERSION_EXACT TRUE)
)cmake";

// By what older versions of CMake find a package: as a find module, and as a configuration.
void add_packages(const PlannedModule& module, std::vector<GeneratedFile>& files) {
  for (const auto& name : module.recipe.names) {
    const std::string text = fmt::format(
        "include(\"${{CMAKE_CURRENT_LIST_DIR}}/../older.cmake\")\n_modtool_be_package({})\n", cmake_argument(name));
    files.push_back({fmt::format("{}/Find{}.cmake", kPackagesDirectory, name), text});
    files.push_back({fmt::format("{}/{}Config.cmake", kPackagesDirectory, name), text});
    files.push_back({fmt::format("{}/{}ConfigVersion.cmake", kPackagesDirectory, name),
                     fmt::format(kVersion, cmake_argument(module.cmake_version))});
  }
}

std::string presets() {
  const auto variables = json::object(
      {{"CMAKE_PROJECT_TOP_LEVEL_INCLUDES", "${fileDir}/provider.cmake"}, {"FETCHCONTENT_FULLY_DISCONNECTED", "ON"}});
  const auto base = json::object({{"name", "modtool-provider"}, {"hidden", true}, {"cacheVariables", variables}});
  const auto own = json::object({{"name", "modtool"},
                                 {"inherits", "modtool-provider"},
                                 {"displayName", "modules from modtool.lock"},
                                 {"binaryDir", "${sourceDir}/build/modtool"}});
  const auto use = json::object({{"name", "modtool"}, {"configurePreset", "modtool"}});
  const auto minimum = json::object({{"major", 3}, {"minor", 24}});  // 3.23 would pass over the provider
  return json::format_document(json::object({{"version", 4},
                                             {"cmakeMinimumRequired", minimum},
                                             {"configurePresets", json::array({base, own})},
                                             {"buildPresets", json::array({use})},
                                             {"testPresets", json::array({use})}}));
}

// A package that no module provides any more would still be found.
Result<void> remove_old_packages(io::FileSystem& files, const std::string& directory,
                                 const std::vector<GeneratedFile>& generated) {
  const std::string packages = io::join_path(directory, kPackagesDirectory);
  MODTOOL_TRY(const auto entries, files.list(packages).if_there());
  if (!entries) return {};
  for (const auto& entry : *entries) {
    const std::string name = fmt::format("{}/{}", kPackagesDirectory, entry.name);
    const bool is_known = std::ranges::any_of(generated, [&](const GeneratedFile& file) { return file.name == name; });
    if (!is_known) MODTOOL_CHECK(files.remove_all(io::join_path(packages, entry.name)));
  }
  return {};
}

// A checkout may hold links in the place of the files that are written here.
Result<void> check_no_link(const io::FileReader& files, const std::string& directory, const std::string& name) {
  std::string path = directory;
  const std::string elements = "/" + name;  // the directory itself is the first
  for (const auto element : split(elements, '/')) {
    path = io::join_path(path, element);
    MODTOOL_TRY(const auto there, files.lstat(path).if_there());
    if (there && there->kind != io::FileKind::kDirectory && there->kind != io::FileKind::kRegular) {
      return fail(Code::kSymbolicLink, fmt::format("`{}` is a link; nothing is written through it", path));
    }
  }
  return {};
}

}  // namespace

std::vector<GeneratedFile> integration_files(const BuildPlan& plan) {
  std::vector<GeneratedFile> files = {
      {".gitignore", "*\n"},
      {std::string(kAttachFile), std::string(kAttach)},
      {"deps.cmake", DepsWriter().write(plan)},
      {std::string(kDetachFile), std::string(kDetach)},
      {"find_modules.cmake", std::string(find_modules_text())},
      {"includes.cmake", std::string(includes_text())},
      {"modtool-presets.json", presets()},
      {"modules.cmake", std::string(modules_text())},
      {"older.cmake", std::string(older_text())},
      {"outside.cmake", std::string(outside_text())},
      {fmt::format("{}/FetchContent.cmake", kPackagesDirectory), std::string(fetch_content_text())},
      {fmt::format("{}/FindPkgConfig.cmake", kPackagesDirectory), std::string(kFindPkgConfig)},
      {"pkg_config.cmake", std::string(pkg_config_text())},
      {"project.cmake", std::string(kProject)},
      {"provider.cmake", std::string(provider_text())},
      {"scope.cmake", std::string(scope_text())}};
  for (const auto& module : plan.modules) add_packages(module, files);
  return files;
}

Result<std::vector<std::string>> save_integration_files(io::FileSystem& files, const std::string& directory,
                                                        const std::vector<GeneratedFile>& generated) {
  for (const auto& file : generated) MODTOOL_CHECK(check_no_link(files, directory, file.name));
  MODTOOL_CHECK(remove_old_packages(files, directory, generated));
  std::vector<std::string> written;
  for (const auto& file : generated) {
    const std::string path = io::join_path(directory, file.name);
    MODTOOL_TRY(const auto before, files.read(path).if_there());
    if (before == file.text) continue;
    MODTOOL_CHECK(files.make_directories(path.substr(0, path.rfind('/'))));
    MODTOOL_CHECK(files.write_atomic(path, file.text));
    written.push_back(file.name);
  }
  return written;
}

}  // namespace modtool::build
