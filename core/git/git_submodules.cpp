#include "core/git/git_submodules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/git/git_modules_file.hpp"
#include "core/git/git_tree.hpp"

namespace modtool::git {
namespace {

constexpr std::uint64_t kMaxModulesFile = 1 << 20;  // bytes

Result<GitUrl> url_of(const GitPlace& parent, const std::string& path) {
  auto text = read_git_blob(*parent.repository, parent.tree, ".gitmodules", kMaxModulesFile);
  if (!text && text.error().code == Code::kFileNotFound) text = std::string();
  MODTOOL_CHECK(text);
  MODTOOL_TRY(const auto entries, parse_git_modules(*text));
  const auto entry = std::ranges::find(entries, path, &SubmoduleEntry::path);
  if (entry == entries.end() || entry->url.empty()) {
    return fail(Code::kGitModules, fmt::format(".gitmodules has no URL for the submodule {}", quote(path)));
  }
  return resolve_submodule_url(entry->url, parent.url);
}

// By a reference where one leads to it; else all there is must be fetched.
Result<std::shared_ptr<const GitRepository>> fetch_commit(GitOrigin& origin, const GitId& commit) {
  MODTOOL_TRY(auto repository, origin.at_hand(commit));
  if (repository != nullptr) return repository;
  MODTOOL_TRY(const auto refs, origin.refs());
  const auto ref = std::ranges::find(refs, commit, &GitRef::commit);
  return ref == refs.end() ? origin.fetch_all() : origin.fetch(*ref);
}

}  // namespace

Result<GitPlace> open_git_submodule(const GitPlace& parent, const std::string& path, const GitId& commit,
                                    const DeclaredOpener& open) {
  MODTOOL_TRY(auto url, url_of(parent, path));
  MODTOOL_TRY(const auto origin, open(url));
  MODTOOL_TRY(auto repository, fetch_commit(*origin, commit));
  MODTOOL_TRY(const bool has_commit, repository->has(commit));
  if (!has_commit) {
    return fail(Code::kSubmoduleGone, fmt::format("{} does not have the commit {}", url.shown(), to_string(commit)));
  }
  MODTOOL_TRY(const auto found, repository->commit(commit));
  return GitPlace{std::move(repository), found.tree, std::move(url)};
}

}  // namespace modtool::git
