// A vendored project of every kind of module, for the tests of checks, and how they read a report.
#pragma once

#include <string>

#include "tests/support/check.hpp"
#include "tests/unit/vendor_tool/toy_project.hpp"
#include "vendor_tool/proof/vendor_check.hpp"

namespace modtool::vendor_tool::test {

// One line for each finding: its code, path and line, and what is wrong.
inline std::string text_of(const CheckReport& report) {
  std::string text;
  for (const auto& f : report.findings) {
    text += to_string(f.code) + " " + f.path + (f.line > 0 ? ":" + std::to_string(f.line) : "") + " " + f.message;
    if (!f.expected.empty() || !f.actual.empty()) text += " [" + f.actual + " / " + f.expected + "]";
    text += "\n";
  }
  return text;
}

// A project that uses three modules: one with two packages, an init-only file, a file left out and a licence; one
// nested below it; one replaced by a directory; one replaced by a version; one required and not used.
struct Sample : ToyProject {
  Sample() {
    publish(R"(
-- a.org/x@v1.0.0/go.mod --
module a.org/x
go 1.20
-- a.org/x@v1.0.0/LICENSE --
old licence
-- a.org/x@v1.0.0/p/p.go --
package p // old
-- a.org/x@v1.0.0/p/init.go --
package p // init
-- a.org/x@v1.0.0/q/q.go --
package q
-- a.org/x@v1.1.0/go.mod --
module a.org/x
go 1.20
-- a.org/x@v1.1.0/LICENSE --
licence
-- a.org/x@v1.1.0/p/p.go --
package p

import _ "a.org/x/n"
-- a.org/x@v1.1.0/p/init.go --
package p // init
-- a.org/x@v1.1.0/p/gen.go --
//go:build ignore

package p
-- a.org/x@v1.1.0/p/p_test.go --
package p // test
-- a.org/x@v1.1.0/p/data.txt --
data
-- a.org/x@v1.1.0/q/q.go --
package q
-- a.org/x@v1.1.0/r/r.go --
package r
-- a.org/x/n@v1.0.0/n.go --
package n
-- a.org/x/n@v1.0.0/other.go --
package n
-- f.org/fork@v1.2.0/go.mod --
module f.org/fork
go 1.18
-- f.org/fork@v1.2.0/w.go --
package w
-- u.org/unused@v1.0.0/go.mod --
module u.org/unused
-- u.org/unused@v1.0.0/u.go --
package u
)");
    disk.add("/p/lib/go.mod", "module l.org/lib\ngo 1.21\n");
    disk.add("/p/lib/lib.go", "package lib\n");
    require({"a.org/x", "v1.1.0"});
    require({"a.org/x/n", "v1.0.0"});
    require({"l.org/lib", "v0.0.0"});
    require({"u.org/unused", "v1.0.0"});
    require({"w.org/w", "v1.0.0"});
    replace({"l.org/lib", ""}, {"./lib", ""});
    replace({"w.org/w", "v1.0.0"}, {"f.org/fork", "v1.2.0"});
    imports = {"a.org/x/p", "a.org/x/q", "l.org/lib", "w.org/w"};
    REQUIRE_OK(vendor());
  }

  void edit(const std::string& path, const std::string& from, const std::string& to) {
    auto text = REQUIRE_OK(disk.read(path));
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    disk.add(path, text.replace(at, from.size(), to));
  }
};

}  // namespace modtool::vendor_tool::test
