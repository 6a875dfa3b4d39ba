#include "core/build/meson_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/build/cmake_text.hpp"
#include "core/build/integration_files.hpp"
#include "core/build/meson_text.hpp"
#include "core/build/meson_wrap.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kWrapEnding = ".wrap";
constexpr std::string_view kIgnoreFile = ".gitignore";

std::string record_file(const std::string& root) {
  return io::join_path(root, fmt::format("{}/subprojects", kIntegrationDirectory));
}

std::set<std::string> load_record(const io::FileReader& files, const std::string& root) {
  std::set<std::string> names;
  const auto text = files.read(record_file(root));
  if (!text) return names;
  for (const auto line : split_lines(*text)) {
    if (is_subproject_name(line)) names.emplace(line);
  }
  return names;
}

std::string first_element(const std::string& name) { return name.substr(0, name.find('/')); }

// Wraps that the project has of its own, by the name of their subproject in lower case.
using OwnWraps = std::map<std::string, std::string>;

OwnWraps find_own_wraps(const io::FileReader& files, const std::string& directory) {
  OwnWraps wraps;
  const auto entries = files.list(directory);
  if (!entries) return wraps;
  for (const auto& entry : *entries) {
    const auto text = entry.name.ends_with(kWrapEnding) ? files.read(io::join_path(directory, entry.name)) : "";
    if (!text || text->empty() || text->starts_with(kMesonMark)) continue;
    const std::string name = entry.name.substr(0, entry.name.size() - kWrapEnding.size());
    wraps.emplace(to_lower(name), name);
  }
  return wraps;
}

// Whether all that is there was made here: links, and files with the mark.
bool is_own(const io::FileReader& files, const std::string& path) {
  const auto there = files.lstat(path);
  if (!there || there->kind == io::FileKind::kSymlink) return true;
  if (there->kind == io::FileKind::kRegular) {
    const auto text = files.read(path);
    return text && text->starts_with(kMesonMark);
  }
  const auto entries = files.list(path);
  return entries && std::ranges::all_of(*entries, [&](const io::DirectoryEntry& entry) {
           return is_own(files, io::join_path(path, entry.name));
         });
}

class Planner {
 public:
  Planner(const io::FileReader& files, const std::string& root) : files_(files), root_(root) {}

  Result<MesonLayout> plan(const BuildPlan& plan) {
    const auto read = [&](const std::string& path) { return read_text(path); };
    MODTOOL_TRY(auto subprojects, plan_subprojects(plan, read));
    layout_.directory = read_meson_file(read_text("meson.build")).subprojects_directory;
    const std::string place = io::join_path(root_, layout_.directory);
    wraps_ = find_own_wraps(files_, place);
    own_ = load_record(files_, root_);
    for (auto& subproject : subprojects) MODTOOL_CHECK(add({.subproject = std::move(subproject)}));
    if (!layout_.entries.empty()) add_ignore_file(io::join_path(place, kIgnoreFile));
    return std::move(layout_);
  }

 private:
  std::string absolute(const std::string& path) const {
    return io::is_absolute(path) ? path : io::join_path(root_, path);
  }

  std::string read_text(const std::string& path) const {
    auto text = files_.read(absolute(path));
    return text ? std::move(*text) : std::string();
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
    if (const auto* own = own_wrap(subproject)) {
      subproject.name = *own;
      placed.directory = directory_in_wrap(read_text(layout_.directory + "/" + *own + std::string(kWrapEnding)), *own);
      if (!is_subproject_name(placed.directory)) return taken(placed, *own + std::string(kWrapEnding));
    } else {
      const std::string wrap = subproject.name + std::string(kWrapEnding);
      layout_.entries.push_back({.name = wrap, .text = format_wrap(placed)});
    }
    const std::string path = path_of(placed.directory);
    const bool is_free = !files_.lstat(path) || (own_.contains(placed.directory) && is_own(files_, path));
    return is_free ? Result<void>() : taken(placed, placed.directory);
  }

  const std::string* own_wrap(const Subproject& subproject) const {
    for (const auto& name : subproject.names) {
      if (const auto found = wraps_.find(to_lower(name)); found != wraps_.end()) return &found->second;
    }
    return nullptr;
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
        return add_overlaid(placed.directory, module.directory, module.overlay);
      default:
        add_link(placed.directory, module.directory);
        return {};
    }
  }

  // The overlay's files in the place of the module's own.
  Result<void> add_overlaid(const std::string& name, const std::string& below, const std::string& above) {
    std::map<std::string, std::pair<bool, bool>> kinds;  // name → whether each has it as a directory
    std::map<std::string, std::string> places;
    for (const auto* directory : {&below, &above}) {
      MODTOOL_TRY(const auto entries, files_.list(absolute(*directory)));
      for (const auto& entry : entries) {
        const bool is_directory = entry.kind == io::FileKind::kDirectory;
        auto& [is_below, is_above] = kinds[entry.name];
        (directory == &below ? is_below : is_above) = is_directory;
        places[entry.name] = fmt::format("{}/{}", *directory, entry.name);
      }
    }
    for (const auto& [entry, is_directory] : kinds) {
      const std::string path = fmt::format("{}/{}", name, entry);
      if (is_directory == std::pair(true, true)) {
        MODTOOL_CHECK(add_overlaid(path, fmt::format("{}/{}", below, entry), fmt::format("{}/{}", above, entry)));
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
  void add_ignore_file(const std::string& path) {
    const auto found = files_.read(path);
    if (found && !found->starts_with(kMesonMark)) return;
    std::set<std::string> names = {std::string(kIgnoreFile), ".wraplock"};
    for (const auto& entry : layout_.entries) names.insert(first_element(entry.name));
    std::string text(kMesonMark);
    for (const auto& name : names) text += fmt::format("/{}\n", name);
    layout_.entries.push_back({.name = std::string(kIgnoreFile), .text = std::move(text)});
  }

  const io::FileReader& files_;
  const std::string& root_;
  OwnWraps wraps_;
  std::set<std::string> own_;
  MesonLayout layout_;
};

class Saver {
 public:
  Saver(io::FileSystem& files, const std::string& root, const MesonLayout& layout)
      : files_(files), root_(root), layout_(layout), before_(load_record(files, root)) {
    for (const auto& entry : layout.entries) wanted_.insert(first_element(entry.name));
    wanted_.erase(std::string(kIgnoreFile));
  }

  // What is made is written down before it is there: whatever happens, it is known to be modtool's own.
  Result<std::vector<std::string>> save() {
    MODTOOL_CHECK(check_no_link());
    MODTOOL_CHECK(remove_promoted_wraps(files_, root_, layout_));
    std::set<std::string> all = before_;
    all.insert(wanted_.begin(), wanted_.end());
    MODTOOL_CHECK(save_record(all));
    for (const auto& name : before_) {
      const bool is_stale = !wanted_.contains(name) && is_own(files_, path_of(name));
      if (is_stale) MODTOOL_CHECK(files_.remove_all(path_of(name)));
    }
    for (const auto& entry : layout_.entries) MODTOOL_CHECK(make(entry));
    for (const auto& name : wanted_) MODTOOL_CHECK(remove_strangers(name));
    MODTOOL_CHECK(save_record(wanted_));
    return std::move(made_);
  }

 private:
  std::string path_of(const std::string& name) const {
    return io::join_path(root_, fmt::format("{}/{}", layout_.directory, name));
  }

  // A checkout may hold links in the place of the directories that are written to.
  Result<void> check_no_link() const {
    std::string path = root_;
    std::vector<std::string> directories = {io::join_path(root_, kIntegrationDirectory)};
    for (const auto element : split(layout_.directory, '/')) {
      directories.push_back(path = io::join_path(path, element));
    }
    for (const auto& directory : directories) {
      const auto there = files_.lstat(directory);
      if (!there || there->kind == io::FileKind::kDirectory) continue;
      return fail(Code::kSymbolicLink, fmt::format("`{}` is no directory; nothing is written through it", directory));
    }
    return {};
  }

  Result<void> save_record(const std::set<std::string>& names) const {
    if (names == load_record(files_, root_)) return {};
    std::string text;
    for (const auto& name : names) text += name + "\n";
    MODTOOL_CHECK(files_.make_directories(io::directory_of(record_file(root_))));
    return files_.write_atomic(record_file(root_), text);
  }

  bool is_as_it_should_be(const LayoutEntry& entry) const {
    const std::string path = path_of(entry.name);
    const auto there = files_.lstat(path);
    if (!there) return false;
    if ((there->kind == io::FileKind::kSymlink) == entry.target.empty()) return false;
    const auto found = entry.target.empty() ? files_.read(path) : files_.read_link(path);
    return found && *found == (entry.target.empty() ? entry.text : entry.target);
  }

  Result<void> make(const LayoutEntry& entry) {
    const std::string path = path_of(entry.name);
    MODTOOL_CHECK(make_parents(entry.name));
    if (is_as_it_should_be(entry)) return {};
    MODTOOL_CHECK(files_.remove_all(path));
    MODTOOL_CHECK(entry.target.empty() ? files_.write_atomic(path, entry.text) : files_.make_link(entry.target, path));
    made_.push_back(fmt::format("{}/{}", layout_.directory, entry.name));
    return {};
  }

  // Nothing is made through a link.
  Result<void> make_parents(const std::string& name) {
    std::string path = io::join_path(root_, layout_.directory);
    const auto elements = split(name, '/');
    for (std::size_t i = 0; i + 1 < elements.size(); ++i) {
      path = io::join_path(path, elements[i]);
      known_directories_.insert(path);
      const auto there = files_.lstat(path);
      if (there && there->kind != io::FileKind::kDirectory) MODTOOL_CHECK(files_.remove_all(path));
    }
    return files_.make_directories(path);
  }

  // What is in a directory of modtool's own and in no entry.
  Result<void> remove_strangers(const std::string& name) const {
    if (!known_directories_.contains(path_of(name))) return {};
    MODTOOL_TRY(const auto entries, files_.list(path_of(name)));
    for (const auto& entry : entries) {
      const std::string below = fmt::format("{}/{}", name, entry.name);
      const bool is_entry = std::ranges::any_of(layout_.entries, [&](const auto& e) { return e.name == below; });
      if (is_entry) continue;
      MODTOOL_CHECK(known_directories_.contains(path_of(below)) ? remove_strangers(below)
                                                                : files_.remove_all(path_of(below)));
    }
    return {};
  }

  io::FileSystem& files_;
  const std::string& root_;
  const MesonLayout& layout_;
  std::set<std::string> before_;  // modtool's own, below subprojects/
  std::set<std::string> wanted_;
  std::set<std::string> known_directories_;
  std::vector<std::string> made_;
};

}  // namespace

Result<MesonLayout> plan_layout(const io::FileReader& files, const std::string& root, const BuildPlan& plan) {
  return Planner(files, root).plan(plan);
}

Result<std::vector<std::string>> save_layout(io::FileSystem& files, const std::string& root,
                                             const MesonLayout& layout) {
  return Saver(files, root, layout).save();
}

Result<void> remove_promoted_wraps(io::FileSystem& files, const std::string& root, const MesonLayout& layout) {
  const std::string directory = io::join_path(root, layout.directory);
  if (!files.exists(directory)) return {};
  const auto own = load_record(files, root);
  MODTOOL_TRY(const auto entries, files.list(directory));
  for (const auto& entry : entries) {
    if (entry.kind != io::FileKind::kRegular || !entry.name.ends_with(kWrapEnding)) continue;
    const std::string path = io::join_path(directory, entry.name);
    MODTOOL_TRY(const std::string text, files.read(path));
    if (own.contains(first_element(redirection_in_wrap(text)))) MODTOOL_CHECK(files.remove_all(path));
  }
  return {};
}

}  // namespace modtool::build
