#include "core/build/meson/meson_facts.hpp"

#include "core/build/meson/meson_introspection.hpp"

namespace modtool::build {
namespace {

void add_subprojects(const BuildRequest& request, const MesonLayout& layout, BuildPlaces& places) {
  for (const auto& placed : layout.subprojects) {
    if (placed.directory.empty()) continue;
    for (auto& place : places.modules) {
      if (place.module->module != placed.subproject.module->module) continue;
      const std::string directory = io::join_path(layout.directory, placed.directory);
      place.directories.push_back(io::join_path(request.root, directory));
      place.directories.push_back(io::join_path(places.directory, directory));
    }
  }
}

Result<void> describe(const BuildRequest& request, const io::FileReader& files, const MesonLayout& layout,
                      BuildPlaces& places) {
  add_subprojects(request, layout, places);
  MODTOOL_TRY(const auto targets, read_target_facts(files, places.directory));
  for (const auto& directory : targets.include_directories) {
    const std::string path =
        io::clean_path(io::is_absolute(directory) ? directory : io::join_path(places.directory, directory));
    if (auto* owner = owner_of(places.modules, path)) {
      owner->include_directories.push_back(path);
    } else {
      places.search.push_back(path);
    }
  }
  for (const auto& [source, library] : targets.libraries) {
    auto* owner = owner_of(places.modules, io::directory_of(source));
    const std::string name = library_name(library);
    if (owner != nullptr && !name.empty()) owner->libraries.insert(name);
  }
  return {};
}

}  // namespace

BuildFacts meson_facts(const BuildRequest& request, const io::FileReader& files, const MesonLayout& layout,
                       const std::string& build_directory) {
  return {
      .build_directory = build_directory,
      .marks = {io::join_path(build_directory, "meson-info/intro-targets.json")},
      .describe = [&](BuildPlaces& places, std::vector<LinkLine>&) { return describe(request, files, layout, places); },
      .inside = {build_directory + "-prefix", request.prefix.empty() ? build_directory : request.prefix}};
}

}  // namespace modtool::build
