#include "core/git/git_stored_refs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace modtool::git {
namespace {

using StoredRefs = std::map<std::string, GitId>;

bool is_listed(std::string_view name) { return name.starts_with("refs/tags/") || name.starts_with("refs/heads/"); }

std::unexpected<Error> no_reference(const std::string& file) {
  return fail(Code::kBadGitRepository, file + " holds no reference");
}

// "<id> <name>" a line; "^<id>" below an annotated tag is what it leads to, "#" begins the header.
Result<void> add_packed(const io::FileReader& files, const std::string& directory, StoredRefs& refs) {
  const std::string file = io::join_path(directory, "packed-refs");
  MODTOOL_TRY(const auto text, files.read(file).if_there());
  if (!text) return {};
  for (const auto line : split_lines(*text)) {
    if (line.empty() || line.starts_with('#') || line.starts_with('^')) continue;
    const auto blank = std::min(line.find(' '), line.size());
    const auto id = parse_git_id(line.substr(0, blank));
    if (!id || blank == line.size()) return no_reference(file);
    const std::string name(line.substr(blank + 1));
    if (is_listed(name)) refs.emplace(name, *id);  // a loose one goes before it
  }
  return {};
}

Result<void> add_loose(const io::FileReader& files, const std::string& directory, const std::string& name,
                       StoredRefs& refs) {
  const std::string file = io::join_path(directory, name);
  MODTOOL_TRY(const auto bytes, files.read(file).if_there());
  if (!bytes) return {};  // packed, or deleted, in this moment
  const auto text = trim(*bytes);
  if (text.starts_with("ref:")) return {};
  const auto id = parse_git_id(text);
  if (!id) return no_reference(file);
  refs[name] = *id;
  return {};
}

Result<void> add_below(const io::FileReader& files, const std::string& directory, const std::string& folder,
                       StoredRefs& refs) {
  MODTOOL_TRY(const auto entries, files.list(io::join_path(directory, folder)).if_there());
  if (!entries) return {};
  for (const auto& entry : *entries) {
    const bool is_no_name = entry.name.starts_with('.') || entry.name.ends_with(".lock");
    if (is_no_name) continue;
    const std::string name = fmt::format("{}/{}", folder, entry.name);
    MODTOOL_CHECK(entry.kind == io::FileKind::kDirectory ? add_below(files, directory, name, refs)
                                                         : add_loose(files, directory, name, refs));
  }
  return {};
}

}  // namespace

// Git packs a reference before it removes the loose file: read in the other order, one that is packed meanwhile is met.
Result<std::map<std::string, GitId>> read_stored_refs(const io::FileReader& files, const std::string& directory) {
  StoredRefs refs;
  for (const auto* folder : {"refs/heads", "refs/tags"}) MODTOOL_CHECK(add_below(files, directory, folder, refs));
  MODTOOL_CHECK(add_packed(files, directory, refs));
  return refs;
}

}  // namespace modtool::git
