#include "core/build/compiled/compiled_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/text.hpp"

namespace modtool::build {
namespace {

constexpr std::size_t kMostFiles = 1'000'000;
constexpr std::size_t kDeepest = 64;

// Directories of targets in a tree of makefiles, and what is in them.
Result<std::vector<std::string>> list_target_files(const io::FileReader& files, const std::string& build_directory) {
  std::vector<std::string> found;
  struct Pending {
    std::string path;
    std::size_t depth = 0;
    bool is_targets = false;  // below CMakeFiles/<target>.dir
  };
  std::vector<Pending> pending{{.path = build_directory}};
  while (!pending.empty()) {
    const Pending here = std::move(pending.back());
    pending.pop_back();
    MODTOOL_TRY(const auto entries, files.list(here.path).if_such());
    if (!entries || here.depth > kDeepest) continue;
    const bool is_lists = !here.is_targets && io::base_name(here.path) == "CMakeFiles";
    for (const auto& entry : *entries) {
      const std::string path = io::join_path(here.path, entry.name);
      if (entry.kind == io::FileKind::kDirectory && (!is_lists || entry.name.ends_with(".dir"))) {
        pending.push_back({.path = path, .depth = here.depth + 1, .is_targets = here.is_targets || is_lists});
      } else if (here.is_targets && (entry.name.ends_with(".o") || entry.name.ends_with(".d"))) {
        found.push_back(path);
      }
      if (found.size() > kMostFiles) return fail(Code::kTooLarge, build_directory + ": too many files");
    }
  }
  std::ranges::sort(found);
  return found;
}

Result<Compiled> read_makefiles(const io::FileReader& files, const std::string& build_directory) {
  MODTOOL_TRY(const auto found, list_target_files(files, build_directory));
  MakeDependencies dependencies;
  Compiled compiled;
  for (const auto& object : found) {
    if (!object.ends_with(".o")) continue;
    const std::string file = object + ".d";
    if (!std::ranges::binary_search(found, file)) {
      compiled.unseen = {
          fmt::format("{} was compiled without a dependency file (CMake 3.20 or newer has make write them)", object)};
      continue;
    }
    MODTOOL_TRY(const auto info, files.stat(file).required());
    if (info.size > kLargestDependencyFile) {
      compiled.unseen.push_back(file + " is too large");
      continue;
    }
    MODTOOL_TRY(const auto text, files.read(file).required());
    const auto added = dependencies.add(text);
    if (!added) compiled.unseen.push_back(fmt::format("{}: {}", file, added.error().message));
  }
  compiled.read = dependencies.take();
  return compiled;
}

// "a$ b" → "a b": the escapes of a manifest.
std::string without_escapes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

// Where the first path of a list ends: at a blank, a colon or a bar that is not escaped.
std::size_t end_of_path(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$') {
      ++i;
    } else if (text[i] == ' ' || text[i] == ':' || text[i] == '|') {
      return i;
    }
  }
  return text.size();
}

// What a manifest of ninja says of objects and of what is linked.
struct NinjaManifest {
  std::vector<std::string> objects;
  std::vector<LinkLine> links;
};

class ManifestReader {
 public:
  ManifestReader(const io::FileReader& files, std::string build_directory)
      : files_(files), directory_(std::move(build_directory)) {}

  Result<void> read(const std::string& name, int depth = 0) {
    constexpr int kMost = 8;
    const std::string path = io::join_path(directory_, name);
    MODTOOL_TRY(const auto text, files_.map(path));
    std::vector<std::string> included;
    std::string_view rest = text->view();
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      see_line(rest.substr(0, end), included);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (const auto& other : included) {
      if (depth < kMost) MODTOOL_CHECK(read(other, depth + 1));
    }
    return {};
  }
  NinjaManifest take() { return std::move(manifest_); }

 private:
  void see_line(std::string_view line, std::vector<std::string>& included) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("build ")) {
      see_build(line.substr(6));
    } else if (line.starts_with("include ") || line.starts_with("subninja ")) {
      included.push_back(without_escapes(line.substr(line.find(' ') + 1)));
    } else if (is_link_ && line.starts_with(' ')) {
      see_variable(trim(line));
    }
  }

  void see_build(std::string_view line) {
    const std::size_t end = end_of_path(line);
    is_link_ = false;
    const auto colon = line.find(": ");  // of an escaped colon none is followed by a blank
    if (colon == line.npos) return;
    const std::string_view rule = line.substr(colon + 2, line.find(' ', colon + 2) - colon - 2);
    if (is_compiler(rule)) manifest_.objects.push_back(without_escapes(line.substr(0, end)));
    is_link_ = rule.contains("_LINKER");
    if (!is_link_) return;
    const std::string file = without_escapes(line.substr(0, end));
    manifest_.links.push_back({.output = file, .file = file, .words = {}});
  }

  void see_variable(std::string_view line) {
    for (const std::string_view name : {"LINK_ARGS = ", "LINK_LIBRARIES = ", "LINK_PATH = ", "LINK_FLAGS = "}) {
      if (!line.starts_with(name)) continue;
      for (const auto word : split_fields(line.substr(name.size()))) {
        manifest_.links.back().words.push_back(without_escapes(word));
      }
    }
  }

  // Of C and C++ and what is like them: "C_COMPILER__app_", "cpp_COMPILER".
  static bool is_compiler(std::string_view rule) {
    const std::string language = to_lower(rule.substr(0, rule.find("_COMPILER")));
    constexpr std::string_view kLanguages[] = {"c", "cxx", "cpp", "objc", "objcpp", "objcxx", "cuda"};
    return rule.contains("_COMPILER") && std::ranges::find(kLanguages, language) != std::end(kLanguages);
  }

  const io::FileReader& files_;
  std::string directory_;
  NinjaManifest manifest_;
  bool is_link_ = false;
};

// Leaves the objects of the manifest, which the log may have outlived; names one that was compiled and is not in it.
Result<void> keep_objects(const io::FileReader& files, const std::string& build_directory,
                          const std::vector<std::string>& objects, Compiled& compiled) {
  std::unordered_set<std::string_view> current(objects.begin(), objects.end());
  std::unordered_set<std::string_view> logged;
  auto& read = compiled.read;
  std::erase_if(read.objects, [&](const ReadObject& object) { return !current.contains(read.paths[object.output]); });
  for (const auto& object : read.objects) logged.insert(read.paths[object.output]);
  for (const auto& object : objects) {
    if (logged.contains(object)) continue;
    MODTOOL_TRY(const auto there, files.stat(io::join_path(build_directory, object)).if_there());
    if (!there) continue;
    compiled.unseen.push_back(object + " was compiled, and ninja has no dependencies of it");
    break;
  }
  return {};
}

Result<Compiled> read_ninja(const io::FileReader& files, const std::string& build_directory) {
  ManifestReader reader(files, build_directory);
  MODTOOL_CHECK(reader.read("build.ninja"));
  auto manifest = reader.take();
  Compiled compiled{.read = {}, .links = std::move(manifest.links), .unseen = {}};
  const std::string log = io::join_path(build_directory, ".ninja_deps");
  MODTOOL_TRY(const auto there, files.stat(log).if_there());
  if (there && there->size > kLargestDependencyLog) {
    compiled.unseen.push_back(log + " is too large");
    return compiled;
  }
  if (there) {
    MODTOOL_TRY(const auto bytes, files.map(log));
    auto read = parse_ninja_deps(bytes->view());
    if (!read) {
      compiled.unseen.push_back(fmt::format("{}: {}", log, read.error().message));
      return compiled;
    }
    compiled.read = std::move(*read);
  }
  MODTOOL_CHECK(keep_objects(files, build_directory, manifest.objects, compiled));
  return compiled;
}

Result<bool> is_there(const io::FileReader& files, const std::string& directory, const char* name) {
  MODTOOL_TRY(const auto there, files.stat(io::join_path(directory, name)).if_there());
  return there.has_value();
}

}  // namespace

Result<std::vector<std::string>> list_dependency_files(const io::FileReader& files,
                                                       const std::string& build_directory) {
  MODTOOL_TRY(const bool is_ninja, is_there(files, build_directory, "build.ninja"));
  if (!is_ninja) return list_target_files(files, build_directory);
  std::vector<std::string> found;
  for (const auto* name : {".ninja_deps", ".ninja_log", "build.ninja"}) {
    found.push_back(io::join_path(build_directory, name));
  }
  return found;
}

Result<Compiled> read_compiled(const io::FileReader& files, const std::string& build_directory) {
  MODTOOL_TRY(const bool is_ninja, is_there(files, build_directory, "build.ninja"));
  if (is_ninja) return read_ninja(files, build_directory);
  MODTOOL_TRY(const bool is_make, is_there(files, build_directory, "Makefile"));
  if (is_make) return read_makefiles(files, build_directory);
  return Compiled{.read = {},
                  .links = {},
                  .unseen = {"only ninja and make write down what was compiled, and the build is by neither"}};
}

}  // namespace modtool::build
