#include "core/git/git_object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/module/version_control.hpp"
#include "core/source/tree_entries.hpp"

namespace modtool::git {
namespace {

std::unexpected<Error> malformed(std::string_view kind, std::string_view why) {
  return fail(Code::kBadGitRepository, fmt::format("malformed Git {}: {}", kind, why));
}

// Git writes its ids in lower case.
int digit_value(char c) { return is_upper(c) ? -1 : hex_value(c); }

// The kinds by the octal text of a tree's entry. Group and other bits were written by old versions of Git.
std::optional<GitEntryKind> kind_of(std::string_view mode) {
  if (mode == "40000" || mode == "040000") return GitEntryKind::kDirectory;
  if (mode == "120000") return GitEntryKind::kSymlink;
  if (mode == "160000") return GitEntryKind::kSubmodule;
  if (mode.size() != 6 || !mode.starts_with("100")) return std::nullopt;
  const int owner = digit_value(mode[3]);
  if (owner < 0 || owner > 7) return std::nullopt;
  return (owner & 1) != 0 ? GitEntryKind::kExecutable : GitEntryKind::kFile;
}

bool is_element(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         !module::is_git_directory(name);
}

// "field value\n" off the front of a commit or tag; nothing where another field stands there.
std::optional<std::string_view> take_field(std::string_view& text, std::string_view field) {
  if (!text.starts_with(field) || text.size() <= field.size() || text[field.size()] != ' ') return std::nullopt;
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto value = text.substr(field.size() + 1, end - field.size() - 1);
  text.remove_prefix(end + 1);
  return value;
}

std::optional<GitId> take_id(std::string_view& text, std::string_view field) {
  const auto value = take_field(text, field);
  return value ? parse_git_id(*value) : std::nullopt;
}

// "Name <address> 1700000000 +0100"
std::optional<std::int64_t> time_of(std::string_view person) {
  const auto close = person.rfind('>');
  if (close == std::string_view::npos) return std::nullopt;
  const auto fields = split_fields(person.substr(close + 1));
  std::int64_t time = 0;
  if (fields.empty() || std::from_chars(fields[0].begin(), fields[0].end(), time).ptr != fields[0].end()) {
    return std::nullopt;
  }
  return time;
}

std::optional<GitObjectKind> kind_named(std::string_view name) {
  if (name == "commit") return GitObjectKind::kCommit;
  if (name == "tree") return GitObjectKind::kTree;
  if (name == "blob") return GitObjectKind::kBlob;
  if (name == "tag") return GitObjectKind::kTag;
  return std::nullopt;
}

}  // namespace

std::string to_string(const GitId& id) {
  std::string text;
  for (const unsigned char byte : id.bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::optional<GitId> parse_git_id(std::string_view text) {
  GitId id;
  if (text.size() != 2 * id.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    const int high = digit_value(text[2 * i]);
    const int low = digit_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return id;
}

// "<mode> <name>\0<20 bytes>", again and again.
Result<std::vector<GitTreeEntry>> parse_git_tree(std::string_view bytes) {
  std::vector<GitTreeEntry> entries;
  while (!bytes.empty()) {
    const auto space = bytes.find(' ');
    const auto end = bytes.find('\0');
    if (space == std::string_view::npos || end == std::string_view::npos || space > end) {
      return malformed("tree", "an entry has no name");
    }
    GitTreeEntry entry{.name = std::string(bytes.substr(space + 1, end - space - 1))};
    const auto kind = kind_of(bytes.substr(0, space));
    if (!kind) return malformed("tree", "the mode of " + quote(entry.name));
    if (!is_element(entry.name)) return malformed("tree", "an entry is named " + quote(entry.name));
    if (bytes.size() - end - 1 < entry.id.bytes.size()) return malformed("tree", "it ends early");
    entry.kind = *kind;
    std::memcpy(entry.id.bytes.data(), bytes.data() + end + 1, entry.id.bytes.size());
    bytes.remove_prefix(end + 1 + entry.id.bytes.size());
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<GitCommit> parse_git_commit(std::string_view bytes) {
  GitCommit commit;
  const auto tree = take_id(bytes, "tree");
  if (!tree) return malformed("commit", "it has no tree");
  commit.tree = *tree;
  while (const auto parent = take_field(bytes, "parent")) {
    const auto id = parse_git_id(*parent);
    if (!id) return malformed("commit", "its parent is no object's name");
    commit.parents.push_back(*id);
  }
  const auto author = take_field(bytes, "author");
  const auto committer = take_field(bytes, "committer");
  const auto time = author && committer ? time_of(*committer) : std::nullopt;
  if (!time) return malformed("commit", "it has no time");
  commit.time = *time;
  return commit;
}

Result<GitTag> parse_git_tag(std::string_view bytes) {
  const auto target = take_id(bytes, "object");
  const auto type = take_field(bytes, "type");
  const auto kind = type ? kind_named(*type) : std::nullopt;
  if (!target || !kind) return malformed("tag", "it leads nowhere");
  return GitTag{*target, *kind};
}

}  // namespace modtool::git
