#include "core/build/pkg_config_names.hpp"

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/build/names.hpp"

namespace modtool::build {
namespace {

// What is made of a file beside the compiler's work is named by its ending.
constexpr std::string_view kEndings[] = {"", ".in", "in", ".cmake", ".cmakein", ".cmake.in", "cmakein", ".in.cmake"};

// Where libraries have such files: at the top, or in a directory or two for the build tool's things.
constexpr std::size_t kDeepest = 3;
constexpr std::size_t kMostDirectories = 1000;

// Of others: copies of libraries, tests and examples.
constexpr std::string_view kForeign[] = {"3rdparty",    "bundled",     "contrib",    "deps",     "doc",  "docs",
                                         "example",     "examples",    "extern",     "external", "test", "tests",
                                         "third-party", "third_party", "thirdparty", "vendor"};

class PcFiles {
 public:
  explicit PcFiles(const io::FileReader& files) : files_(files) {}

  Result<std::vector<std::string>> find(const std::string& directory) {
    MODTOOL_CHECK(look(directory, 0));
    return std::vector<std::string>(names_.begin(), names_.end());
  }

 private:
  Result<void> look(const std::string& directory, std::size_t depth) {
    if (++looked_at_ > kMostDirectories) return {};
    MODTOOL_TRY(const auto entries, files_.list(directory).if_there());
    if (!entries) return {};
    for (const auto& entry : *entries) {
      if (entry.kind == io::FileKind::kDirectory) {
        const bool is_foreign =
            entry.name.starts_with('.') || std::ranges::find(kForeign, to_lower(entry.name)) != std::end(kForeign);
        if (!is_foreign && depth < kDeepest) MODTOOL_CHECK(look(io::join_path(directory, entry.name), depth + 1));
      } else if (const auto name = pkg_config_name_of(entry.name); !name.empty()) {
        names_.insert(name);
      }
    }
    return {};
  }

  const io::FileReader& files_;
  std::size_t looked_at_ = 0;
  std::set<std::string> names_;
};

// The names of all modules, the first that claims one keeps it.
class Claims {
 public:
  void claim(PlannedModule& module, const std::string& name) {
    if (owned_.insert(name).second) module.pkg_config.push_back(name);
  }

 private:
  std::set<std::string> owned_;
};

}  // namespace

Result<void> claim_pkg_config(BuildPlan& plan, const io::FileReader& files, const std::string& root) {
  Claims claims;
  const auto absolute = [&](const std::string& path) {
    return io::is_absolute(path) ? path : io::join_path(root, path);
  };
  for (auto& module : plan.modules) {
    for (const auto& name : module.recipe.names) claims.claim(module, name);
  }
  for (auto& module : plan.modules) {
    for (const auto& name : module.recipe.names) claims.claim(module, to_lower(name));
    claims.claim(module, std::string(last_element(module.module.path)));
  }
  for (auto& module : plan.modules) {
    for (const auto* directory : {&module.overlay, &module.directory}) {
      if (directory->empty()) continue;
      MODTOOL_TRY(const auto names, PcFiles(files).find(absolute(*directory)));
      for (const auto& name : names) claims.claim(module, name);
    }
  }
  return {};
}

std::string pkg_config_name_of(std::string_view file) {
  const auto at = file.rfind(".pc");
  if (at == file.npos || at == 0 || std::ranges::find(kEndings, file.substr(at + 3)) == std::end(kEndings)) return {};
  const auto name = file.substr(0, at);
  return std::ranges::all_of(name, is_name_character) ? std::string(name) : std::string();
}

}  // namespace modtool::build
