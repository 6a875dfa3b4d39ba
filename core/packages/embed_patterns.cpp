#include "core/packages/embed_patterns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "core/base/glob.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/module/path.hpp"
#include "core/module/version_control.hpp"

namespace modtool::packages {
namespace {

constexpr std::string_view kAllPrefix = "all:";

bool is_hidden(std::string_view name) { return name.starts_with('.') || name.starts_with('_'); }

// Names that no module zip holds.
bool is_bad_name(std::string_view name) {
  return module::belongs_to_version_control(name) || !module::check_file_path(name);
}

// A relative path without empty, "." and ".." elements, that is also a well-formed glob.
bool is_valid_pattern(std::string_view pattern) {
  if (!is_valid_utf8(pattern) || !is_valid_glob(pattern)) return false;
  return std::ranges::none_of(split(pattern, '/'),
                              [](const auto element) { return element.empty() || element == "." || element == ".."; });
}

// Something a pattern matches, named from the module's root.
struct Match {
  std::string name;
  bool is_directory = false;

  auto operator<=>(const Match&) const = default;
};

// Resolves one pattern.
class EmbedPattern {
 public:
  EmbedPattern(const IndexedTree& module, std::string_view directory, std::string_view pattern)
      : module_(module), package_(directory), glob_(pattern) {
    if (!glob_.starts_with(kAllPrefix)) return;
    takes_hidden_ = true;
    glob_.remove_prefix(kAllPrefix.size());
  }

  Result<std::set<std::string>> resolve() {
    if (!is_valid_pattern(glob_)) return fail(Code::kEmbed, "invalid pattern syntax");
    std::vector<Match> matches;
    find_matches(package_, split(glob_, '/'), matches);
    for (const Match& match : matches) MODTOOL_CHECK(add_match(match));
    if (files_.empty()) return fail(Code::kEmbed, "no matching files found");
    return std::move(files_);
  }

 private:
  void find_matches(const std::string& directory, std::vector<std::string_view> elements, std::vector<Match>& matches) {
    const auto element = elements.front();
    elements.erase(elements.begin());
    for (Match& entry : entries_of(directory)) {
      if (!match_glob(element, base_of(entry.name))) continue;
      if (elements.empty()) {
        matches.push_back(std::move(entry));
      } else if (entry.is_directory) {
        find_matches(entry.name, elements, matches);
      }
    }
  }

  std::vector<Match> entries_of(std::string_view directory) const {
    std::vector<Match> entries;
    for (const auto file : module_.directories().files_in(directory)) entries.push_back({join_name(directory, file)});
    for (const auto child : module_.directories().directories_in(directory)) {
      entries.push_back({.name = join_name(directory, child), .is_directory = true});
    }
    std::ranges::sort(entries);
    return entries;
  }

  Result<void> add_match(const Match& match) {
    MODTOOL_CHECK(check_location(match));
    if (linked_part(match.name) == match.name.size()) {
      return fail(Code::kEmbed, fmt::format("cannot embed irregular file {}", shown(match.name)));
    }
    if (!match.is_directory) {
      files_.insert(match.name);
      return {};
    }
    const std::size_t before = count_;
    MODTOOL_CHECK(add_directory(match.name));
    if (count_ > before) return {};
    return fail(Code::kEmbed,
                fmt::format("cannot embed directory {}: contains no embeddable files", shown(match.name)));
  }

  // Checks the match and the directories between it and the package.
  Result<void> check_location(const Match& match) const {
    const std::size_t linked = linked_part(match.name);
    const auto refuse = [&](std::string_view why, std::string_view name) {
      const bool is_directory = match.is_directory && linked != match.name.size();
      return fail(Code::kEmbed, fmt::format("cannot embed {} {}: {}{}", is_directory ? "directory" : "file",
                                            shown(match.name), why, name));
    };
    for (std::string_view at = match.name; at != package_; at = parent_of(at)) {
      if (is_nested_module(at)) return refuse("in different module", "");
      if (at != match.name && linked == at.size()) return refuse("in non-directory ", shown(at));
      if (!is_bad_name(base_of(at))) continue;
      return refuse(at == match.name ? "invalid name " : "in invalid directory ", base_of(at));
    }
    return {};
  }

  Result<void> add_directory(std::string_view directory) {
    for (const Match& entry : entries_of(directory)) {
      const auto name = base_of(entry.name);
      if (is_hidden(name) && !takes_hidden_) continue;
      const bool is_link = linked_part(entry.name) == entry.name.size();
      if (is_bad_name(name)) {
        if (entry.is_directory || is_hidden(name)) continue;
        return fail(Code::kEmbed, fmt::format("cannot embed file {}: invalid name {}", shown(entry.name), name));
      }
      if (is_link) continue;
      if (!entry.is_directory) {
        ++count_;
        files_.insert(entry.name);
      } else if (!is_nested_module(entry.name)) {
        MODTOOL_CHECK(add_directory(entry.name));
      }
    }
    return {};
  }

  // How much of the name of a file or a directory is a symbolic link, the package itself left aside; 0: nothing.
  std::size_t linked_part(std::string_view name) const {
    const auto& list = module_.tree().list();
    auto file = std::ranges::lower_bound(list, name, {}, &module::TreeFile::name);
    const bool is_file = file != list.end() && file->name == name;
    if (is_file && file->is_link) return name.size();
    if (!is_file) file = std::ranges::lower_bound(list, std::string(name) + "/", {}, &module::TreeFile::name);
    const std::size_t linked = file == list.end() ? 0 : file->linked_directory;
    return linked > package_.size() && linked <= name.size() ? linked : 0;
  }

  bool is_nested_module(std::string_view directory) const { return module_.has_file(join_name(directory, "go.mod")); }

  // A name as messages have it: from the package's directory.
  std::string_view shown(std::string_view name) const {
    return package_.empty() ? name : name.substr(package_.size() + 1);
  }

  const IndexedTree& module_;
  std::string package_;
  std::string_view glob_;
  bool takes_hidden_ = false;
  std::set<std::string> files_;
  std::size_t count_ = 0;  // files found in directories, those that were there already included
};

}  // namespace

Result<std::vector<std::string>> resolve_embeds(const IndexedTree& module, std::string_view directory,
                                                const std::vector<std::string>& patterns) {
  std::set<std::string> files;
  for (const auto& pattern : patterns) {
    auto found = EmbedPattern(module, directory, pattern).resolve();
    if (!found) return fail_in(std::move(found), "pattern " + pattern);
    files.merge(*found);
  }
  return std::vector(files.begin(), files.end());
}

}  // namespace modtool::packages
