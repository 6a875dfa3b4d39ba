#include "core/build/cmake/cmake_facts.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/build/cmake/cmake_programs.hpp"
#include "core/build/json_fields.hpp"
#include "core/build/source_copy.hpp"

namespace modtool::build {
namespace {

// Lines of directories, from modules.cmake.
constexpr std::string_view kIncludesFile = "_modtool/includes";

std::vector<json::Value> elements_of(const json::Value& object, std::string_view key) {
  const auto* member = json::find(object, key);
  return member == nullptr ? std::vector<json::Value>() : member->elements;
}

// Directories in the words of a compiler's command line.
void add_directories(std::string_view line, std::vector<std::string>& found) {
  bool is_next = false;
  for (std::string_view word : split_fields(line)) {
    if (is_next) {
      found.emplace_back(word);
      is_next = false;
      continue;
    }
    for (const std::string_view flag : {"-isystem", "-idirafter", "-iquote", "-I"}) {
      if (!word.starts_with(flag)) continue;
      word.remove_prefix(flag.size());
      is_next = word.empty();
      if (!is_next) found.emplace_back(word);
      break;
    }
  }
}

class TargetReader {
 public:
  TargetReader(BuildPlaces& places, std::string root) : places_(places), root_(std::move(root)) {}

  void see_directory(const std::string& directory) {
    if (directory.empty()) return;
    const std::string path =
        io::clean_path(io::is_absolute(directory) ? directory : io::join_path(places_.directory, directory));
    if (auto* owner = owner_of(places_.modules, path)) return owner->include_directories.push_back(path);
    places_.search.push_back(path);
  }

  void see_target(const json::Value& target, std::vector<LinkLine>& links) {
    for (const auto& group : elements_of(target, "compileGroups")) {
      for (const auto& include : elements_of(group, "includes")) see_directory(read_text(include, "path"));
      std::vector<std::string> directories;
      for (const auto& part : elements_of(group, "compileCommandFragments")) {
        add_directories(read_text(part, "fragment"), directories);
      }
      for (const auto& directory : directories) see_directory(directory);
    }
    see_library(target);
    const auto* link = json::find(target, "link");
    if (link == nullptr) return;
    const auto made = elements_of(target, "artifacts");
    LinkLine line{
        .output = read_text(target, "name"), .file = made.empty() ? "" : read_text(made[0], "path"), .words = {}};
    for (const auto& part : elements_of(*link, "commandFragments")) {
      const std::string fragment = read_text(part, "fragment");
      for (const auto word : split_fields(fragment)) line.words.emplace_back(word);
    }
    links.push_back(std::move(line));
  }

 private:
  // What a module's library is linked as.
  void see_library(const json::Value& target) {
    const std::string type = read_text(target, "type");
    const auto* paths = json::find(target, "paths");
    if (paths == nullptr || (type != "STATIC_LIBRARY" && type != "SHARED_LIBRARY")) return;
    const std::string source = read_text(*paths, "source");
    auto* owner =
        owner_of(places_.modules, io::clean_path(io::is_absolute(source) ? source : io::join_path(root_, source)));
    const std::string name = library_name(read_text(target, "nameOnDisk"));
    if (owner != nullptr && !name.empty()) owner->libraries.insert(name);
  }

  BuildPlaces& places_;
  std::string root_;
};

Result<void> describe(const BuildRequest& request, const io::FileReader& files, BuildPlaces& places,
                      std::vector<LinkLine>& links) {
  for (auto& place : places.modules) {
    place.directories.push_back(
        io::join_path(places.directory, fmt::format("_modtool/{}", to_string(place.module->module))));
    place.directories.push_back(io::join_path(copies_in(places.directory), to_string(place.module->module)));
  }
  TargetReader reader(places, request.root);
  MODTOOL_TRY(const auto includes, files.read(io::join_path(places.directory, kIncludesFile)).if_there());
  for (const auto line : split_lines(includes.value_or(""))) reader.see_directory(std::string(line));
  MODTOOL_TRY(const auto targets, read_targets(files, places.directory));
  links.clear();  // what ninja's manifest has is the same
  for (const auto& target : targets) reader.see_target(target, links);
  return {};
}

}  // namespace

BuildFacts cmake_facts(const BuildRequest& request, const io::FileReader& files, const std::string& build_directory) {
  BuildFacts facts{
      .build_directory = build_directory,
      .marks = {io::join_path(build_directory, ".cmake/api/v1/reply"), io::join_path(build_directory, kIncludesFile)},
      .describe = [&](BuildPlaces& places,
                      std::vector<LinkLine>& links) { return describe(request, files, places, links); },
      .inside = {}};
  if (!request.prefix.empty()) facts.inside.push_back(request.prefix);
  return facts;
}

}  // namespace modtool::build
