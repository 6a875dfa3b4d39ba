#include "vendor_tool/proof/listed_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "vendor_tool/plan/vendor_plan.hpp"

namespace modtool::vendor_tool {
namespace {

std::unexpected<Error> no_such_file(std::string_view name) {
  return fail(Code::kFileNotFound, fmt::format("no file `{}` in the module", name));
}

// Without the entries for directories, which are no files.
std::vector<module::TreeFile> names_of(const SumsBlock& block) {
  std::vector<module::TreeFile> names;
  names.reserve(block.files->size());
  for (const auto& file : *block.files) {
    if (file.name.ends_with('/')) continue;
    names.push_back({.name = file.name, .executable = std::ranges::binary_search(block.executables, file.name)});
  }
  return names;
}

class ListedTree : public module::ProvenTree {
 public:
  ListedTree(const SumsBlock& block, std::string manifest_name, VendoredBytes vendored, OnLack on_lack,
             LackListener listener)
      : block_(block),
        names_(names_of(block)),
        manifest_name_(std::move(manifest_name)),
        vendored_(std::move(vendored)),
        on_lack_(on_lack),
        listener_(std::move(listener)) {}

  const std::vector<module::TreeFile>& list() const override { return names_; }

  Result<Sha256Digest> hash(std::string_view name) const override {
    const auto* listed = module::find_hash(*block_.files, name);
    if (listed == nullptr) return no_such_file(name);
    return listed->sha256;
  }

  Result<std::string> read(std::string_view name) const override {
    MODTOOL_TRY(const Sha256Digest expected, hash(name));
    const auto kept = std::ranges::lower_bound(block_.kept, name, {}, &KeptFile::name);
    if (kept != block_.kept.end() && kept->name == name) return kept->bytes;
    if (name == manifest_name_ && block_.manifest) return *block_.manifest;
    return read_vendored(name, expected);
  }

 private:
  Result<std::string> read_vendored(std::string_view name, const Sha256Digest& expected) const {
    const std::string destination = destination_of(vendored_.module_path, name);
    MODTOOL_TRY(auto bytes, vendored_.files->read_beneath(vendored_.vendor, destination).if_such());
    if (bytes && sha256(*bytes) == expected) return std::move(*bytes);
    if (vendored_.otherwise) {
      auto other = vendored_.otherwise(name);
      if (other && sha256(*other) == expected) return other;
    }
    if (listener_) listener_(name);
    if (on_lack_ == OnLack::kPretend) return std::move(bytes).value_or("");
    return fail(Code::kUnproven, fmt::format("the bytes of `{}` that {} vouches for are not in `{}`", destination,
                                             kSumsName, vendored_.vendor));
  }

  const SumsBlock& block_;
  std::vector<module::TreeFile> names_;
  std::string manifest_name_;
  VendoredBytes vendored_;
  OnLack on_lack_;
  LackListener listener_;
};

}  // namespace

std::shared_ptr<const module::ProvenTree> make_listed_tree(const SumsBlock& block, std::string manifest_name,
                                                           VendoredBytes vendored, OnLack on_lack,
                                                           LackListener listener) {
  return std::make_shared<ListedTree>(block, std::move(manifest_name), std::move(vendored), on_lack,
                                      std::move(listener));
}

}  // namespace modtool::vendor_tool
