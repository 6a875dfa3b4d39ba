#include "core/packages/main_module.hpp"

#include <algorithm>

namespace modtool::packages {
namespace {

bool is_passed_over(std::string_view base_name) {
  return base_name.starts_with('.') || base_name.starts_with('_') || base_name == "testdata";
}

// Between slashes, so that it can be looked for as a run of whole elements.
std::string enclosed(std::string_view path) {
  std::string text;
  if (!path.starts_with('/')) text += '/';
  text += path;
  if (!text.ends_with('/')) text += '/';
  return text;
}

// "./x" is the directory x of the root, "x" every directory of this name; both with what is below.
bool is_ignored(std::string_view directory, const std::vector<std::string>& ignore) {
  const std::string path = enclosed(directory);
  return std::ranges::any_of(ignore, [&](std::string_view pattern) {
    const bool is_rooted = pattern.starts_with("./");
    if (is_rooted) pattern.remove_prefix(2);
    return is_rooted ? path.starts_with(enclosed(pattern)) : path.contains(enclosed(pattern));
  });
}

}  // namespace

Result<bool> MainModule::is_nested_module(std::string_view directory) const {
  MODTOOL_TRY(const auto go_mod, files_.stat(path_of(join_name(directory, "go.mod"))).if_there());
  return go_mod && go_mod->kind != io::FileKind::kDirectory;
}

Result<bool> MainModule::is_regular(std::string_view directory, const io::DirectoryEntry& entry) const {
  if (entry.kind != io::FileKind::kSymlink) return entry.kind == io::FileKind::kRegular;
  MODTOOL_TRY(const auto target, files_.stat(path_of(join_name(directory, entry.name))).if_there());
  return target && target->kind == io::FileKind::kRegular;
}

Result<MainModule::Listing> MainModule::list(std::string_view directory) const {
  MODTOOL_TRY(const auto entries, files_.list(path_of(directory)).required());
  Listing listing;
  for (const auto& entry : entries) {
    if (entry.kind == io::FileKind::kDirectory) {
      listing.directories.push_back(entry.name);
    } else if (entry.name == "go.mod") {
      MODTOOL_TRY(listing.has_go_mod, is_nested_module(directory));
    } else if (is_source_name(entry.name)) {
      MODTOOL_TRY(const bool is_file, is_regular(directory, entry));
      if (is_file) listing.go_files.push_back(entry.name);
    }
  }
  return listing;
}

Result<std::vector<std::string>> MainModule::go_files(std::string_view directory) const {
  for (auto at = directory; !at.empty(); at = parent_of(at)) {
    MODTOOL_TRY(const bool is_nested, is_nested_module(at));
    if (is_nested) return {};
  }
  auto listing = list(directory);
  if (listing) return std::move(listing->go_files);
  if (io::is_absence(listing.error())) return {};
  return fail(std::move(listing).error());
}

Result<std::vector<std::string>> MainModule::find_packages(const std::vector<std::string>& ignore) const {
  std::vector<std::string> found;
  MODTOOL_CHECK(walk("", ignore, found));
  std::ranges::sort(found);
  return found;
}

Result<void> MainModule::walk(const std::string& directory, const std::vector<std::string>& ignore,
                              std::vector<std::string>& found) const {
  MODTOOL_TRY(const Listing listing, list(directory));
  if (!directory.empty() && listing.has_go_mod) return {};
  if (!listing.go_files.empty()) found.push_back(directory);
  if (base_of(directory) == "vendor") return {};
  for (const auto& name : listing.directories) {
    const std::string child = join_name(directory, name);
    if (!is_passed_over(name) && !is_ignored(child, ignore)) MODTOOL_CHECK(walk(child, ignore, found));
  }
  return {};
}

}  // namespace modtool::packages
