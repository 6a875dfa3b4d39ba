#include "core/git/git_tree.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/text.hpp"
#include "core/source/entry_tree.hpp"

namespace modtool::git {
namespace {

std::vector<Error> submodule_problems(const std::vector<std::string>& submodules, manifest::Submodules rule) {
  if (submodules.empty() || rule != manifest::Submodules::kForbid) return {};
  std::vector<std::string> names;
  names.reserve(submodules.size());
  for (const auto& name : submodules) names.push_back(make_printable_line(name));
  return {{.code = Code::kGitSubmodule,
           .message = fmt::format("Git submodules: {}; `\"submodules\": \"ignore\"` in the module's description leaves "
                                  "them out, `\"include\"` takes them in",
                                  join(names, ", "))}};
}

}  // namespace

Result<GitTree> open_git_tree(const GitPlace& place, const GitTreeOptions& options) {
  const bool include = options.submodules == manifest::Submodules::kInclude;
  MODTOOL_TRY(auto read, read_git_entries(place, {.subdirectory = options.subdirectory,
                                                  .manifest_name = options.manifest_name,
                                                  .max_files = options.max_files,
                                                  .include = include ? options.open_submodule : SubmoduleOpener()}));
  MODTOOL_TRY(auto made,
              source::make_entry_tree({.entries = std::move(read.entries),
                                       .contents = std::move(read.contents),
                                       .license = std::move(read.license),
                                       .symlinks = options.symlinks,
                                       .omit = options.omit,
                                       .manifest_name = options.manifest_name,
                                       .lfs = options.lfs,
                                       .problems = submodule_problems(read.submodules, options.submodules)}));
  return GitTree{.files = std::move(made.files),
                 .submodules_left_out = read.submodules.size(),
                 .submodules = std::move(read.submodule_pins),
                 .links_left_out = std::move(made.links_left_out),
                 .omitted = std::move(made.omitted)};
}

Result<std::string> read_git_blob(const GitRepository& repository, const GitId& tree, std::string_view path,
                                  std::uint64_t limit) {
  MODTOOL_TRY(const auto entry, find_git_entry(repository, tree, path));
  if (!entry) return fail(Code::kFileNotFound, fmt::format("no file `{}` in the tree", path));
  if (entry->kind != GitEntryKind::kFile && entry->kind != GitEntryKind::kExecutable) {
    return fail(Code::kGitLink, fmt::format("`{}` is no file", path));
  }
  MODTOOL_TRY(const auto size, repository.blob_size(entry->id));
  if (size > limit) return fail(Code::kTooLarge, fmt::format("`{}` has {} bytes, the limit is {}", path, size, limit));
  return repository.blob(entry->id);
}

}  // namespace modtool::git
