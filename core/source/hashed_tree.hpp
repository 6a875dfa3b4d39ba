// A tree together with what its contents hash to.
#pragma once

#include <memory>
#include <string>

#include "core/module/hash.hpp"
#include "core/module/module_tree.hpp"

namespace modtool::source {

struct HashedTree {
  std::unique_ptr<module::ModuleTree> tree;
  module::Preimage preimage;
  std::string h1;
};

// The tree as one that vouches for what it gives: reading a file whose bytes have another hash by then is
// Code::kCacheModified.
std::unique_ptr<module::ModuleTree> make_proven_tree(HashedTree hashed);

}  // namespace modtool::source
