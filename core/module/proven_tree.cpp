#include "core/module/proven_tree.hpp"

#include <fmt/format.h>

#include <utility>

namespace modtool::module {
namespace {

class BackedTree final : public ProvenTree {
 public:
  BackedTree(Preimage list, std::shared_ptr<const ModuleTree> bytes, Code changed)
      : list_(std::move(list)), bytes_(std::move(bytes)), changed_(changed) {}

  const std::vector<TreeFile>& list() const override { return bytes_->list(); }

  Result<Sha256Digest> hash(std::string_view name) const override {
    const auto* listed = find_hash(list_, name);
    if (listed == nullptr) return fail(Code::kFileNotFound, fmt::format("no file `{}` in the module", name));
    return listed->sha256;
  }

  Result<std::string> read(std::string_view name) const override {
    MODTOOL_TRY(const Sha256Digest expected, hash(name));
    MODTOOL_TRY(std::string bytes, bytes_->read(name));
    if (sha256(bytes) == expected) return bytes;
    return fail(changed_, fmt::format("{} changed while it was in use", name));
  }

 private:
  Preimage list_;
  std::shared_ptr<const ModuleTree> bytes_;
  Code changed_;
};

class TrustedTree final : public ProvenTree {
 public:
  explicit TrustedTree(std::shared_ptr<const ModuleTree> tree) : tree_(std::move(tree)) {}

  const std::vector<TreeFile>& list() const override { return tree_->list(); }
  Result<std::string> read(std::string_view name) const override { return tree_->read(name); }
  Result<Sha256Digest> hash(std::string_view name) const override {
    MODTOOL_TRY(const std::string bytes, tree_->read(name));
    return sha256(bytes);
  }

 private:
  std::shared_ptr<const ModuleTree> tree_;
};

}  // namespace

std::shared_ptr<const ProvenTree> make_backed_tree(Preimage list, std::shared_ptr<const ModuleTree> bytes,
                                                   Code changed) {
  return std::make_shared<BackedTree>(std::move(list), std::move(bytes), changed);
}

std::shared_ptr<const ProvenTree> make_trusted_tree(std::shared_ptr<const ModuleTree> tree) {
  return std::make_shared<TrustedTree>(std::move(tree));
}

}  // namespace modtool::module
