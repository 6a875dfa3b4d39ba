#include "core/build/meson/subproject_record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/build/cmake/integration_files.hpp"
#include "core/build/meson/meson_plan.hpp"
#include "core/build/meson/meson_wrap.hpp"

namespace modtool::build {
namespace {

std::string record_file(const std::string& root) {
  return io::join_path(root, fmt::format("{}/subprojects", kIntegrationDirectory));
}

// A line for each; a slash in front, as a .gitignore has it, is left aside.
void add_names(std::string_view text, std::set<std::string>& names) {
  for (auto line : split_lines(text)) {
    if (line.starts_with('/')) line.remove_prefix(1);
    if (is_subproject_name(line)) names.emplace(line);
  }
}

}  // namespace

Result<std::set<std::string>> known_subprojects(const io::FileReader& files, const std::string& root,
                                                const std::string& directory) {
  std::set<std::string> names;
  MODTOOL_TRY(const std::string recorded, read_regular(files, record_file(root)));
  MODTOOL_TRY(const std::string ignored,
              read_regular(files, io::join_path(root, fmt::format("{}/{}", directory, kIgnoreFile))));
  add_names(recorded, names);
  if (ignored.starts_with(kMesonMark)) add_names(ignored, names);
  return names;
}

Result<void> remember_subprojects(io::FileSystem& files, const std::string& root, const std::set<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += name + "\n";
  const std::string file = record_file(root);
  MODTOOL_TRY(const std::string before, read_regular(files, file));
  if (text == before) return {};
  MODTOOL_CHECK(files.make_directories(io::directory_of(file)));
  return files.write_atomic(file, text);
}

Result<bool> is_made_here(const io::FileReader& files, const std::string& path) {
  MODTOOL_TRY(const auto there, files.lstat(path).if_there());
  if (!there || there->kind == io::FileKind::kSymlink) return true;
  if (there->kind != io::FileKind::kDirectory) {
    MODTOOL_TRY(const std::string text, read_regular(files, path));
    return text.starts_with(kMesonMark);
  }
  MODTOOL_TRY(const auto entries, files.list(path).required());
  for (const auto& entry : entries) {
    MODTOOL_TRY(const bool is_own, is_made_here(files, io::join_path(path, entry.name)));
    if (!is_own) return false;
  }
  return true;
}

Result<std::string> read_regular(const io::FileReader& files, const std::string& path) {
  MODTOOL_TRY(auto text, files.read(path).if_such());
  return std::move(text).value_or("");
}

}  // namespace modtool::build
