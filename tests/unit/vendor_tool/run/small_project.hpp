// A project of three modules: "a" is imported and requires "deep", which is pruned out from go 1.17 on; "b" is required
// and not imported.
#pragma once

#include "core/base/text.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/vendor_tool/toy_project.hpp"

namespace modtool::vendor_tool::test {

inline const module::ModuleVersion kA{"a.org/a", "v1.0.0"};
inline const module::ModuleVersion kB{"b.org/b", "v1.0.0"};
inline const module::ModuleVersion kDeep{"d.org/deep", "v1.0.0"};

struct SmallProject : ToyProject {
  SmallProject() {
    publish(R"(
-- a.org/a@v1.0.0/go.mod --
module a.org/a
go 1.17
require d.org/deep v1.0.0
-- a.org/a@v1.0.0/a.go --
package a
-- a.org/a@v1.0.0/a_test.go --
package a
-- a.org/a@v1.0.0/other.go --
//go:build ignore

package a
-- b.org/b@v1.0.0/b.go --
package b
-- d.org/deep@v1.0.0/go.mod --
module d.org/deep
go 1.17
-- d.org/deep@v1.0.0/deep.go --
package deep
)");
    require(kA);
    require(kB);
    imports = {"a.org/a"};
  }
};

// The names of modules, in a line.
inline std::string names_of(const std::vector<module::ModuleVersion>& modules) {
  std::vector<std::string> names;
  for (const auto& module : modules) names.push_back(to_string(module));
  return join(names, " ");
}

// Those that stand in for the modules whose manifests were read.
inline std::string manifests_of(const Recorded& recorded) {
  std::vector<module::ModuleVersion> modules;
  for (const auto& [stand_in, module] : recorded.manifests) modules.push_back(stand_in);
  return names_of(modules);
}

}  // namespace modtool::vendor_tool::test
