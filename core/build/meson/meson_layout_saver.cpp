#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/build/cmake/integration_files.hpp"
#include "core/build/meson/meson_layout.hpp"
#include "core/build/meson/meson_wrap.hpp"
#include "core/build/meson/subproject_record.hpp"

namespace modtool::build {
namespace {

bool is_of_own_wrap(const MesonLayout& layout, std::string_view directory) {
  return std::ranges::any_of(layout.subprojects, [&](const PlacedSubproject& placed) {
    return placed.has_own_wrap && placed.directory == directory;
  });
}

class Saver {
 public:
  Saver(io::FileSystem& files, const std::string& root, const MesonLayout& layout)
      : files_(files), root_(root), layout_(layout) {
    for (const auto& entry : layout.entries) wanted_.emplace(first_element(entry.name));
    wanted_.erase(std::string(kIgnoreFile));
  }

  // What is made is written down before it is there: whatever happens, it is known to be modtool's own.
  Result<std::vector<std::string>> save() {
    MODTOOL_CHECK(check_no_link());
    MODTOOL_TRY(before_, known_subprojects(files_, root_, layout_.directory));
    MODTOOL_CHECK(remove_promoted_wraps(files_, root_, layout_));
    std::set<std::string> all = before_;
    all.insert(wanted_.begin(), wanted_.end());
    MODTOOL_CHECK(remember_subprojects(files_, root_, all));
    for (const auto& name : before_) {
      if (wanted_.contains(name)) continue;
      MODTOOL_TRY(const bool is_own, is_made_here(files_, path_of(name)));
      if (is_own) MODTOOL_CHECK(files_.remove_all(path_of(name)));
    }
    for (const auto& entry : layout_.entries) MODTOOL_CHECK(make(entry));
    for (const auto& name : wanted_) MODTOOL_CHECK(remove_strangers(name));
    MODTOOL_CHECK(remove_ignore_file());
    MODTOOL_CHECK(remember_subprojects(files_, root_, wanted_));
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
      MODTOOL_TRY(const auto there, files_.lstat(directory).if_there());
      if (!there || there->kind == io::FileKind::kDirectory) continue;
      return fail(Code::kSymbolicLink, fmt::format("`{}` is no directory; nothing is written through it", directory));
    }
    return {};
  }

  // Where nothing is to be ignored.
  Result<void> remove_ignore_file() const {
    const std::string path = path_of(std::string(kIgnoreFile));
    if (!layout_.entries.empty()) return {};
    MODTOOL_TRY(const std::string text, read_regular(files_, path));
    if (!text.starts_with(kMesonMark)) return {};
    return files_.remove_all(path);
  }

  Result<bool> is_as_it_should_be(const LayoutEntry& entry) const {
    const std::string path = path_of(entry.name);
    MODTOOL_TRY(const auto there, files_.lstat(path).if_there());
    if (!there) return false;
    if ((there->kind == io::FileKind::kSymlink) == entry.target.empty()) return false;
    MODTOOL_TRY(const std::string found, entry.target.empty() ? read_regular(files_, path) : files_.read_link(path));
    return found == (entry.target.empty() ? entry.text : entry.target);
  }

  Result<void> make(const LayoutEntry& entry) {
    const std::string path = path_of(entry.name);
    MODTOOL_CHECK(make_parents(entry.name));
    MODTOOL_TRY(const bool is_there, is_as_it_should_be(entry));
    if (is_there) return {};
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
      MODTOOL_TRY(const auto there, files_.lstat(path).if_there());
      if (there && there->kind != io::FileKind::kDirectory) MODTOOL_CHECK(files_.remove_all(path));
    }
    return files_.make_directories(path);
  }

  // What is in a directory of modtool's own and in no entry.
  Result<void> remove_strangers(const std::string& name) const {
    if (!known_directories_.contains(path_of(name))) return {};
    MODTOOL_TRY(const auto entries, files_.list(path_of(name)).required());
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

Result<std::vector<std::string>> save_layout(io::FileSystem& files, const std::string& root,
                                             const MesonLayout& layout) {
  return Saver(files, root, layout).save();
}

Result<void> remove_promoted_wraps(io::FileSystem& files, const std::string& root, const MesonLayout& layout) {
  const std::string directory = io::join_path(root, layout.directory);
  MODTOOL_TRY(const auto entries, files.list(directory).if_there());
  if (!entries) return {};
  MODTOOL_TRY(const auto known, known_subprojects(files, root, layout.directory));
  for (const auto& entry : *entries) {
    if (entry.kind != io::FileKind::kRegular || !entry.name.ends_with(kWrapEnding)) continue;
    const std::string path = io::join_path(directory, entry.name);
    MODTOOL_TRY(const std::string text, files.read(path).required());
    const std::string leads_to(first_element(read_wrap(text, "").redirection));
    if (known.contains(leads_to) && !is_of_own_wrap(layout, leads_to)) MODTOOL_CHECK(files.remove_all(path));
  }
  return {};
}

}  // namespace modtool::build
