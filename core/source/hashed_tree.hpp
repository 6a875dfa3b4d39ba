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

}  // namespace modtool::source
