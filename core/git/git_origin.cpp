#include "core/git/git_origin.hpp"

#include <utility>

namespace modtool::git {
namespace {

class LocalOrigin final : public GitOrigin {
 public:
  explicit LocalOrigin(std::shared_ptr<const GitRepository> repository) : repository_(std::move(repository)) {}

  Result<std::vector<GitRef>> refs() override { return repository_->refs(); }
  Result<GitRef> head() override { return repository_->head(); }
  Result<std::shared_ptr<const GitRepository>> at_hand(const GitId& /*commit*/) override { return nullptr; }
  Result<std::shared_ptr<const GitRepository>> fetch(const GitRef& /*ref*/) override { return repository_; }
  Result<std::shared_ptr<const GitRepository>> fetch_all() override { return repository_; }

 private:
  std::shared_ptr<const GitRepository> repository_;
};

}  // namespace

Result<std::unique_ptr<GitOrigin>> open_local_origin(const std::string& directory) {
  MODTOOL_TRY(auto repository, GitRepository::open(directory));
  return std::make_unique<LocalOrigin>(std::move(repository));
}

}  // namespace modtool::git
