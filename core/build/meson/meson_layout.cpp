#include "core/build/meson/meson_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/build/cmake/cmake_text.hpp"
#include "core/build/meson/meson_text.hpp"
#include "core/build/meson/meson_wrap.hpp"
#include "core/build/meson/subproject_record.hpp"

namespace modtool::build {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// The wraps that the project has of its own, by their names.
using OwnWraps = std::map<std::string, Wrap>;

// Without those that Meson copied there from the directories of `known` subprojects.
Result<OwnWraps> find_own_wraps(const io::FileReader& files, const std::string& directory,
                                const std::set<std::string>& known) {
  OwnWraps wraps;
  MODTOOL_TRY(const auto entries, files.list(directory).if_there());
  if (!entries) return wraps;
  for (const auto& entry : *entries) {
    if (!entry.name.ends_with(kWrapEnding)) continue;
    MODTOOL_TRY(const std::string text, read_regular(files, io::join_path(directory, entry.name)));
    if (text.empty() || text.starts_with(kMesonMark)) continue;
    const std::string name = entry.name.substr(0, entry.name.size() - kWrapEnding.size());
    Wrap wrap = read_wrap(text, name);
    if (!known.contains(std::string(first_element(wrap.redirection)))) wraps.emplace(name, std::move(wrap));
  }
  return wraps;
}

// The one that is called so, or provides that, case left aside as Meson does; or the end.
OwnWraps::const_iterator find_wrap(const OwnWraps& wraps, const std::string& dependency) {
  const std::string wanted = to_lower(dependency);
  const auto named = std::ranges::find_if(wraps, [&](const auto& wrap) { return to_lower(wrap.first) == wanted; });
  if (named != wraps.end()) return named;
  return std::ranges::find_if(wraps, [&](const auto& wrap) { return contains(wrap.second.provided, wanted); });
}

class Planner {
 public:
  Planner(const io::FileReader& files, const std::string& root) : files_(files), root_(root) {}

  Result<MesonLayout> plan(const BuildPlan& plan) {
    const auto read = [&](const std::string& path) { return read_text(path); };
    MODTOOL_TRY(auto subprojects, plan_subprojects(plan, read));
    layout_.directory = read_meson_file(read_text("meson.build")).subprojects_directory;
    MODTOOL_CHECK(looked_);
    MODTOOL_CHECK(check_directory(plan));
    MODTOOL_TRY(known_, known_subprojects(files_, root_, layout_.directory));
    MODTOOL_TRY(wraps_, find_own_wraps(files_, io::join_path(root_, layout_.directory), known_));
    for (auto& subproject : subprojects) MODTOOL_CHECK(add({.subproject = std::move(subproject)}));
    if (!layout_.entries.empty()) MODTOOL_CHECK(add_ignore_file());
    MODTOOL_CHECK(add_open_wraps());
    return std::move(layout_);
  }

 private:
  // Meson refuses most of these itself, but only after modtool has written there.
  Result<void> check_directory(const BuildPlan& plan) const {
    const auto elements = split(layout_.directory, '/');
    const bool is_below = std::ranges::none_of(
        elements, [](std::string_view element) { return element.empty() || element.starts_with('.'); });
    const bool holds_modules = std::ranges::any_of(plan.modules, [&](const PlannedModule& module) {
      return module.directory.starts_with(layout_.directory + "/");
    });
    if (is_below && !holds_modules) return {};
    return fail(Error{.code = Code::kBuildFailed,
                      .message = fmt::format("the `subproject_dir` of meson.build is `{}`, which is no directory that "
                                             "modtool could write to",
                                             layout_.directory),
                      .where = {.file = "meson.build"}});
  }

  std::string absolute(const std::string& path) const {
    return io::is_absolute(path) ? path : io::join_path(root_, path);
  }

  std::string read_text(const std::string& path) {
    auto text = read_regular(files_, absolute(path));
    if (text) return std::move(*text);
    looked_ = fail(std::move(text).error());
    return {};
  }

  Result<void> add(PlacedSubproject placed) {
    using enum SubprojectKind;
    if (placed.subproject.kind != kCMake && placed.subproject.kind != kNone) {
      MODTOOL_CHECK(place(placed));
      MODTOOL_CHECK(add_directory(placed));
    }
    layout_.subprojects.push_back(std::move(placed));
    return {};
  }

  // Chooses the name and the directory; adds the wrap that leads there.
  Result<void> place(PlacedSubproject& placed) {
    auto& subproject = placed.subproject;
    placed.directory = directory_of(subproject);
    if (const auto own = own_wrap(subproject); own != wraps_.end()) {
      subproject.name = own->first;
      placed.directory = own->second.directory;
      placed.has_own_wrap = true;
      placed.other_source = other_source(own->second, *subproject.module);
      const bool leads_here = own->second.redirection.empty() && is_subproject_name(placed.directory);
      if (!leads_here) return taken(placed, subproject.name + std::string(kWrapEnding));
    } else {
      const std::string wrap = subproject.name + std::string(kWrapEnding);
      MODTOOL_TRY(const bool has_room, is_free(wrap));
      if (!has_room) return taken(placed, wrap);
      layout_.entries.push_back({.name = wrap, .text = format_wrap(placed)});
    }
    const bool is_mine = directories_.insert(to_lower(placed.directory)).second;
    MODTOOL_TRY(const bool has_room, is_free(placed.directory));
    return is_mine && has_room ? Result<void>() : taken(placed, placed.directory);
  }

  // A wrap's revision may be Meson's word for the newest.
  static std::string other_source(const Wrap& wrap, const PlannedModule& module) {
    if (!wrap.revision.empty() && !is_locked_revision(module, wrap.revision)) return "revision = " + wrap.revision;
    if (!wrap.url.empty() && !is_locked_url(module, wrap.url)) return "source_url = " + wrap.url;
    return {};
  }

  OwnWraps::const_iterator own_wrap(const Subproject& subproject) const {
    for (const auto& name : subproject.names) {
      if (const auto found = find_wrap(wraps_, name); found != wraps_.end()) return found;
    }
    return wraps_.end();
  }

  // Whether nothing is there but what modtool made.
  Result<bool> is_free(const std::string& name) const {
    MODTOOL_TRY(const auto there, files_.lstat(path_of(name)).if_there());
    if (!there) return true;
    const bool is_known = there->kind == io::FileKind::kRegular || known_.contains(name);  // a file says it itself
    return is_known ? is_made_here(files_, path_of(name)) : false;
  }

  std::string path_of(const std::string& name) const {
    return io::join_path(root_, fmt::format("{}/{}", layout_.directory, name));
  }

  Result<void> taken(const PlacedSubproject& placed, const std::string& name) const {
    return fail(Error{.code = Code::kNameClash,
                      .message = fmt::format("`{}/{}` is not modtool's, and {} has to be there; move it away",
                                             layout_.directory, name, to_string(placed.subproject.module->module)),
                      .where = placed.subproject.module->where});
  }

  Result<void> add_directory(const PlacedSubproject& placed) {
    const auto& module = *placed.subproject.module;
    switch (placed.subproject.kind) {
      case SubprojectKind::kHeaders:
        layout_.entries.push_back({.name = placed.directory + "/meson.build", .text = format_headers(placed)});
        add_link(fmt::format("{}/{}", placed.directory, kMesonSources), module.directory);
        return {};
      case SubprojectKind::kOverlay:
        return add_overlaid(placed.directory, {.listed = module.directory, .linked = sources_of(placed.subproject)},
                            {.listed = module.overlay, .linked = module.overlay});
      default:
        add_link(placed.directory, sources_of(placed.subproject));
        return {};
    }
  }

  // What a subproject is built from.
  static std::string sources_of(const Subproject& subproject) {
    const auto& module = *subproject.module;
    return is_copied(subproject) ? fmt::format("{}/{}", kMesonCopies, to_string(module.module)) : module.directory;
  }

  // A directory, and where links lead for what is in it: a copy may not be there yet.
  struct Layer {
    std::string listed, linked;

    Layer below(const std::string& entry) const {
      return {.listed = fmt::format("{}/{}", listed, entry), .linked = fmt::format("{}/{}", linked, entry)};
    }
  };

  // The overlay's files in the place of the module's own.
  Result<void> add_overlaid(const std::string& name, const Layer& below, const Layer& above) {
    std::map<std::string, std::pair<bool, bool>> kinds;  // name → whether each has it as a directory
    std::map<std::string, std::string> places;
    for (const auto* layer : {&below, &above}) {
      MODTOOL_TRY(const auto entries, files_.list(absolute(layer->listed)).required());
      for (const auto& entry : entries) {
        const bool is_directory = entry.kind == io::FileKind::kDirectory;
        auto& [is_below, is_above] = kinds[entry.name];
        (layer == &below ? is_below : is_above) = is_directory;
        places[entry.name] = layer->below(entry.name).linked;
      }
    }
    for (const auto& [entry, is_directory] : kinds) {
      const std::string path = fmt::format("{}/{}", name, entry);
      if (is_directory == std::pair(true, true)) {
        MODTOOL_CHECK(add_overlaid(path, below.below(entry), above.below(entry)));
      } else {
        add_link(path, places[entry]);
      }
    }
    return {};
  }

  void add_link(const std::string& name, const std::string& to) {
    std::string target;
    if (!io::is_absolute(to)) {
      const auto depth = split(layout_.directory, '/').size() + split(name, '/').size() - 1;
      for (std::size_t i = 0; i < depth; ++i) target += "../";
    }
    layout_.entries.push_back({.name = name, .target = target + to});
  }

  // The links lead where this machine has the sources. Who has a .gitignore there decides for himself.
  Result<void> add_ignore_file() {
    const std::string name(kIgnoreFile);
    MODTOOL_TRY(const bool has_room, is_free(name));
    if (!has_room) return {};
    std::set<std::string> names = {name, ".wraplock"};
    for (const auto& entry : layout_.entries) names.emplace(first_element(entry.name));
    std::string text(kMesonMark);
    for (const auto& ignored : names) text += fmt::format("/{}\n", ignored);
    layout_.entries.push_back({.name = name, .text = std::move(text)});
    return {};
  }

  // Where a directory is there, Meson fetches nothing.
  Result<void> add_open_wraps() {
    for (const auto& [name, wrap] : wraps_) {
      const bool is_filled = std::ranges::any_of(layout_.subprojects, [&](const PlacedSubproject& placed) {
        return placed.has_own_wrap && placed.subproject.name == name;
      });
      if (is_filled || !wrap.redirection.empty()) continue;
      MODTOOL_TRY(const auto there, files_.stat(path_of(wrap.directory)).if_there());
      if (there) continue;
      layout_.open_wraps.push_back(open_wrap(wrap, name, fmt::format("{}/{}{}", layout_.directory, name, kWrapEnding)));
    }
    return {};
  }

  const io::FileReader& files_;
  const std::string& root_;
  OwnWraps wraps_;
  std::set<std::string> known_;        // modtool's own, below subprojects/
  std::set<std::string> directories_;  // of the subprojects so far, in lower case
  MesonLayout layout_;
  Result<void> looked_;  // whether all could be read that is there
};

}  // namespace

std::string_view first_element(std::string_view name) { return name.substr(0, name.find('/')); }

Result<MesonLayout> plan_layout(const io::FileReader& files, const std::string& root, const BuildPlan& plan) {
  return Planner(files, root).plan(plan);
}

}  // namespace modtool::build
