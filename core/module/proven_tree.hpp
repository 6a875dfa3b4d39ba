// Trees whose every name and byte is vouched for.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/error_code.hpp"
#include "core/base/result.hpp"
#include "core/base/sha256.hpp"
#include "core/module/hash.hpp"
#include "core/module/module_tree.hpp"

namespace modtool::module {

// A tree that knows the hash of each of its files, whether it has the bytes or not.
class ProvenTree : public ModuleTree {
 public:
  // The hash that the file must have. Code::kFileNotFound for a name that is not listed.
  virtual Result<Sha256Digest> hash(std::string_view name) const = 0;
};

// A tree with a proven list and the bytes of another tree (a module zip), each checked against the list as it is read:
// `changed` is the error's code where they are others by then. Files that the list lacks are not there.
std::shared_ptr<const ProvenTree> make_backed_tree(Preimage list, std::shared_ptr<const ModuleTree> bytes,
                                                   Code changed = Code::kChecksumMismatch);

// A tree that is the truth itself: a directory that stands in for a module.
std::shared_ptr<const ProvenTree> make_trusted_tree(std::shared_ptr<const ModuleTree> tree);

}  // namespace modtool::module
