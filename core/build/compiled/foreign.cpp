#include "core/build/compiled/foreign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/text.hpp"
#include "core/build/compiled/elf_needed.hpp"
#include "core/build/names.hpp"

namespace modtool::build {
namespace {

// Libraries of the system that every program is linked with; no module stands for them.
constexpr std::string_view kSystemLibraries[] = {"c", "m", "dl", "rt", "pthread", "util", "gcc", "gcc_s", "stdc++"};

bool is_below(std::string_view path, std::string_view directory) {
  return path.size() > directory.size() && path.starts_with(directory) &&
         (directory.ends_with('/') || path[directory.size()] == '/');
}

bool is_inside(const BuildPlaces& places, std::string_view path) {
  return std::ranges::any_of(places.inside, [&](const std::string& directory) { return is_below(path, directory); });
}

std::string absolute(const BuildPlaces& places, const std::string& path) {
  return io::clean_path(io::is_absolute(path) ? path : io::join_path(places.directory, path));
}

// The path with links followed, as far as that can be told; the compiler may have written either.
std::string followed(const io::FileReader& files, std::string path) {
  constexpr int kMostLinks = 40;
  std::size_t at = 0;
  for (int links = 0; links < kMostLinks && at != path.npos;) {
    at = path.find('/', at + 1);
    const std::string prefix = path.substr(0, at);
    auto info = files.lstat(prefix).if_there();
    if (!info || !*info) return path;
    if ((*info)->kind != io::FileKind::kSymlink) continue;
    auto target = files.read_link(prefix);
    if (!target) return path;
    const std::string rest = at == path.npos ? "" : path.substr(at);
    const std::string base = io::is_absolute(*target) ? *target : io::join_path(io::directory_of(prefix), *target);
    path = io::clean_path(base + rest);
    at = 0;
    ++links;
  }
  return path;
}

bool is_allowed(const BuildPlaces& places, const ModulePlace& place) {
  const auto names_it = [&](const std::string& allowed) {
    const std::string name = to_lower(allowed);
    const auto& module = *place.module;
    return name == to_lower(last_element(module.module.path)) || allowed == module.module.path ||
           std::ranges::any_of(module.recipe.names, [&](const std::string& known) { return to_lower(known) == name; });
  };
  return std::ranges::any_of(places.allowed, names_it);
}

std::string name_of(const PlannedModule& module) {
  return module.recipe.names.empty() ? std::string(last_element(module.module.path)) : module.recipe.names[0];
}

// What a user would write after find_package().
std::string target_of(const PlannedModule& module) {
  if (!module.recipe.aliases.empty()) return module.recipe.aliases[0].first;
  return fmt::format("{0}::{0}", name_of(module));
}

// `more` is a way out besides.
std::string words_of(const PlannedModule& module, std::string_view what, std::string_view more) {
  const std::string name = name_of(module);
  return fmt::format(
      "{}, and {} provides it\n  change: find_package({}) and target_link_libraries(… {}) there (Meson: "
      "dependency('{}')){}; or \"build\": {{\"allow\": [\"{}\"]}} in modtool.json",
      what, to_string(module.module), name, target_of(module), name, more, name);
}

// Directories of a path in which a compiler may have looked: those that it was told, and those that are called so.
std::vector<std::string_view> below_search(const BuildPlaces& places, std::string_view path) {
  std::vector<std::string_view> found;
  for (const auto& directory : places.search) {
    if (is_below(path, directory)) found.push_back(path.substr(directory.size() + (directory.ends_with('/') ? 0 : 1)));
  }
  constexpr std::string_view kUsual = "/include/";
  for (auto at = path.find(kUsual); at != path.npos; at = path.find(kUsual, at + 1)) {
    const std::string_view rest = path.substr(at + kUsual.size());
    found.push_back(rest);
    const std::string_view first = rest.substr(0, rest.find('/'));  // "x86_64-linux-gnu"
    if (first.size() < rest.size() && std::ranges::count(first, '-') >= 2)
      found.push_back(rest.substr(first.size() + 1));
  }
  return found;
}

// Of the compiler itself and its standard library.
bool is_compilers(std::string_view path) {
  return path.contains("/lib/gcc/") || path.contains("/lib/clang/") || path.contains("/include/c++/");
}

// Whether files are there, below include directories. Each directory is listed once.
class Headers {
 public:
  explicit Headers(const io::FileReader& files) : files_(files) {}

  bool has(const std::string& directory, std::string_view path) {
    const auto [place, is_new] = lists_.try_emplace(directory);
    if (is_new) {
      auto entries = files_.list(directory).if_such();
      if (entries && *entries) {
        for (const auto& entry : **entries) place->second.insert(entry.name);
      }
    }
    const std::string_view first = path.substr(0, path.find('/'));
    if (!place->second.contains(first)) return false;
    if (first == path) return true;
    auto there = files_.stat(io::join_path(directory, path)).if_there();
    return there && *there && (*there)->kind == io::FileKind::kRegular;
  }

 private:
  const io::FileReader& files_;
  std::map<std::string, std::set<std::string, std::less<>>> lists_;
};

const ModulePlace* provider_of(Headers& headers, const BuildPlaces& places, std::string_view path) {
  for (const auto below : below_search(places, path)) {
    for (const auto& place : places.modules) {
      for (const auto& directory : place.include_directories) {
        if (headers.has(directory, below)) return &place;
      }
    }
  }
  return nullptr;
}

// For each path outside that something was compiled with: what that was.
std::map<std::uint32_t, std::string> read_outside(const ReadFiles& read, const BuildPlaces& places) {
  std::map<std::uint32_t, std::string> readers;
  std::vector<bool> seen(read.paths.size());
  for (const auto& object : read.objects) {
    for (const auto input : object.inputs) {
      if (seen[input]) continue;
      seen[input] = true;
      const std::string path = absolute(places, read.paths[input]);
      if (is_inside(places, path) || is_compilers(path)) continue;
      readers.emplace(input, read.paths[object.inputs[0]]);
    }
  }
  return readers;
}

void add_usual_names(ModulePlace& place) {
  const auto& module = *place.module;
  std::vector<std::string> names = module.recipe.names;
  names.emplace_back(last_element(module.module.path));
  for (const auto& name : names) {
    std::string small = to_lower(name);
    if (small.starts_with("lib") && small.size() > 3) small.erase(0, 3);
    if (small == "zlib") small = "z";
    if (std::ranges::find(kSystemLibraries, small) == std::end(kSystemLibraries)) place.libraries.insert(small);
  }
}

// Whether the linker found `-lNAME` in a directory of the build.
bool is_linked_inside(const io::FileReader& files, const BuildPlaces& places, const LinkLine& link,
                      std::string_view name) {
  for (const auto& word : link.words) {
    if (!word.starts_with("-L") || word.size() == 2) continue;
    const std::string directory = absolute(places, word.substr(2));
    for (const auto* ending : {"so", "a", "dylib"}) {
      auto there = files.stat(fmt::format("{}/lib{}.{}", directory, name, ending)).if_there();
      if (there && *there) return is_inside(places, directory + "/");
    }
  }
  return false;
}

bool is_foreign(const io::FileReader& files, const BuildPlaces& places, const LinkLine& link, const std::string& word,
                const std::string& name) {
  if (word.starts_with("-l")) return !is_linked_inside(files, places, link, name);
  const std::string path = absolute(places, word);
  return !is_inside(places, path) && !is_inside(places, followed(files, path));
}

// What is not there, was not made by this build.
std::vector<std::string> needed_by(const io::FileReader& files, const BuildPlaces& places, const LinkLine& link) {
  if (link.file.empty()) return {};
  const auto file = files.map(absolute(places, link.file));
  return file ? elf_needed((*file)->view()) : std::vector<std::string>();
}

// One for each module.
class LibraryFindings {
 public:
  explicit LibraryFindings(const BuildPlaces& places) : places_(places) {}

  void add(const std::string& name, const std::string& what, const std::string& word) {
    for (const auto& place : places_.modules) {
      if (!place.libraries.contains(name) || is_allowed(places_, place) || !told_.insert(&place).second) continue;
      found_.push_back(words_of(*place.module, what, fmt::format(" in the place of {}", word)));
    }
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  const BuildPlaces& places_;
  std::set<const ModulePlace*> told_;
  std::vector<std::string> found_;
};

}  // namespace

ModulePlace place_of(const PlannedModule& module, const std::string& root, const io::FileReader& files) {
  ModulePlace place{.module = &module, .directories = {}, .include_directories = {}, .libraries = {}};
  const auto from_root = [&](const std::string& path) {
    return io::clean_path(io::is_absolute(path) ? path : io::join_path(root, path));
  };
  place.directories.push_back(from_root(module.directory));
  if (!module.overlay.empty()) place.directories.push_back(from_root(module.overlay));
  for (const auto& headers : module.recipe.header_only) {
    place.include_directories.push_back(io::clean_path(io::join_path(place.directories[0], headers)));
  }
  const std::string usual = io::join_path(place.directories[0], "include");
  auto there = files.stat(usual).if_there();
  if (there && *there) place.include_directories.push_back(usual);
  add_usual_names(place);
  return place;
}

ModulePlace* owner_of(std::vector<ModulePlace>& modules, std::string_view path) {
  ModulePlace* owner = nullptr;
  std::size_t longest = 0;
  for (auto& place : modules) {
    for (const auto& directory : place.directories) {
      if (directory.size() < longest || (path != directory && !is_below(path, directory))) continue;
      owner = &place;
      longest = directory.size();
    }
  }
  return owner;
}

std::string library_name(std::string_view word) {
  if (word.starts_with("-l:")) {
    word.remove_prefix(3);
  } else if (word.starts_with("-l")) {
    return std::string(word.substr(2));
  }
  if (word.starts_with('-')) return {};
  std::string_view name = word.substr(word.rfind('/') + 1);
  for (const std::string_view ending : {".so", ".a", ".dylib", ".tbd", ".lib"}) {
    const auto at = name.rfind(ending);
    if (at == name.npos || (at + ending.size() < name.size() && name[at + ending.size()] != '.')) continue;
    name = name.substr(0, at);
    if (name.starts_with("lib")) name.remove_prefix(3);
    return std::string(name);
  }
  return {};
}

std::vector<std::string> find_foreign_headers(const io::FileReader& files, const ReadFiles& read,
                                              const BuildPlaces& places) {
  Headers headers(files);
  std::vector<std::string> found;
  std::set<const ModulePlace*> told;
  for (const auto& [number, source] : read_outside(read, places)) {
    const std::string path = absolute(places, read.paths[number]);
    const ModulePlace* provider = provider_of(headers, places, path);
    if (provider == nullptr || told.contains(provider) || is_allowed(places, *provider)) continue;
    if (is_inside(places, followed(files, path))) continue;
    told.insert(provider);
    found.push_back(words_of(*provider->module, fmt::format("{} was compiled with {} of this machine", source, path),
                             fmt::format(", and what leads to {} first", io::directory_of(path))));
  }
  return found;
}

std::vector<std::string> find_foreign_libraries(const io::FileReader& files, const std::vector<LinkLine>& links,
                                                const BuildPlaces& places) {
  LibraryFindings findings(places);
  std::set<std::string> made;  // names of libraries of the build
  for (const auto& link : links) made.insert(library_name(link.file));
  for (const auto& link : links) {
    std::set<std::string> from_inside = made;
    for (const auto& word : link.words) {
      const std::string name = library_name(word);
      if (name.empty()) continue;
      if (is_foreign(files, places, link, word, name)) {
        findings.add(name, fmt::format("{} was linked with {} of this machine", link.output, word), word);
      } else {
        from_inside.insert(name);
      }
    }
    for (const auto& needed : needed_by(files, places, link)) {
      const std::string name = library_name(needed);
      if (name.empty() || from_inside.contains(name)) continue;
      findings.add(name, fmt::format("{} needs {}, which is this machine's", link.output, needed), needed);
    }
  }
  return findings.take();
}

}  // namespace modtool::build
