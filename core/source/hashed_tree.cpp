#include "core/source/hashed_tree.hpp"

#include <algorithm>
#include <utility>

namespace modtool::source {
namespace {

class ProvenTree final : public module::ModuleTree {
 public:
  explicit ProvenTree(HashedTree hashed) : tree_(std::move(hashed.tree)), hashes_(std::move(hashed.preimage)) {}

  const std::vector<module::TreeFile>& list() const override { return tree_->list(); }

  Result<std::string> read(std::string_view name) const override {
    MODTOOL_TRY(std::string bytes, tree_->read(name));
    const auto known = std::ranges::lower_bound(hashes_, name, {}, &module::FileHash::name);
    if (known == hashes_.end() || known->name != name || known->sha256 != sha256(bytes)) {
      return fail(Code::kCacheModified, std::string(name) + " changed while it was in use");
    }
    return bytes;
  }

 private:
  std::unique_ptr<module::ModuleTree> tree_;
  module::Preimage hashes_;
};

}  // namespace

std::unique_ptr<module::ModuleTree> make_proven_tree(HashedTree hashed) {
  return std::make_unique<ProvenTree>(std::move(hashed));
}

}  // namespace modtool::source
