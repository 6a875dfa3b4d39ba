#include "core/git/git_origin.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/io/file_system.hpp"

namespace modtool::git {
namespace {

class LocalOrigin final : public GitOrigin {
 public:
  LocalOrigin(std::shared_ptr<const GitRepository> repository, bool offline)
      : repository_(std::move(repository)), offline_(offline) {}

  Result<std::vector<GitRef>> refs() override { return repository_->refs(); }
  Result<GitRef> head() override { return repository_->head(); }
  Result<std::shared_ptr<const GitRepository>> at_hand(const GitId& commit) override {
    MODTOOL_TRY(const bool has_it, repository_->has(commit));
    return has_it && offline_ ? repository_ : nullptr;
  }
  Result<std::shared_ptr<const GitRepository>> fetch(const GitRef& /*ref*/) override { return repository_; }
  Result<std::shared_ptr<const GitRepository>> fetch_all() override { return repository_; }

 private:
  std::shared_ptr<const GitRepository> repository_;
  bool offline_;
};

}  // namespace

// As git-upload-pack(1) looks for it: the directory, or the one that is called so with `.git` behind.
Result<std::unique_ptr<GitOrigin>> open_local_origin(const std::string& directory, bool offline) {
  for (const std::string& place : {directory, directory + ".git"}) {
    MODTOOL_TRY(const auto there, io::disk().stat(place).if_there());
    if (!there) continue;
    MODTOOL_TRY(auto repository, GitRepository::open(place));
    return std::make_unique<LocalOrigin>(std::move(repository), offline);
  }
  return fail(Code::kNotFound, fmt::format("there is no Git repository {}", directory));
}

}  // namespace modtool::git
