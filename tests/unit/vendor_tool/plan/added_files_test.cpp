#include "vendor_tool/plan/added_files.hpp"

#include <fmt/ranges.h>

#include "core/packages/vendor_files.hpp"
#include "tests/support/check.hpp"

namespace modtool::vendor_tool {
namespace {

using Names = std::vector<std::string>;

// An analysis that says of names what Go's does.
struct NamesOfGo final : manifest::UsageAnalysis {
  Result<manifest::Usage> analyse(manifest::Modules&) override { return manifest::Usage{}; }
  Result<manifest::ModuleUsage> select(manifest::Modules&, const module::ModuleVersion&, const Names&,
                                       const module::ModuleTree&) override {
    return manifest::ModuleUsage{};
  }
  Result<Names> read_by_builds(const module::ModuleTree&, const Names& files) override { return files; }
  bool may_add(std::string_view name) const override { return packages::may_add(name); }
  Result<std::vector<manifest::LostInputs>> find_lost_inputs(const module::ModuleTree&, const Names&,
                                                             const Names&) override {
    return std::vector<manifest::LostInputs>();
  }
  Result<std::optional<manifest::Imports>> find_imports(manifest::Modules&) override { return std::nullopt; }
};

// A module, its packages, and the files that vendoring takes of it; the others are named in `rest`.
struct Module {
  std::string path;
  Names packages;
  Names files;
  Names rest;
};

// What the globs add, from vendor/.
std::string added(const std::vector<Module>& modules, const Names& globs) {
  VendorRequest request;
  VendorTrees trees;
  for (const auto& [path, packages, files, rest] : modules) {
    RequestedModule module;
    module.index.module = {path, "v1.0.0"};
    module.index.packages = packages;
    module.files = files;
    request.modules.push_back(std::move(module));
    std::map<std::string, std::string> bytes;
    for (const auto& name : files) bytes[name] = "";
    for (const auto& name : rest) bytes[name] = "";
    trees.push_back(module::make_memory_tree(std::move(bytes)));
  }
  add_files(request, trees, globs, NamesOfGo());
  const auto plan = REQUIRE_OK(plan_vendor(request));
  Names names;
  for (const auto& file : plan.files) {
    if (file.is_added) names.push_back(file.destination);
  }
  return fmt::format("{}", fmt::join(names, " "));
}

}  // namespace

TEST_CASE("a glob takes what it names beside and below the packages, and no more") {
  const std::vector<Module> modules = {
      {"a.org/x", {"a.org/x/p"}, {"LICENSE", "p/p.go"}, {"c/a.h", "c/deep/b.h", "doc.txt", "p/lib/x.a"}},
      {"b.org/y", {"b.org/y"}, {"y.go"}, {"c/a.h"}}};
  CHECK(added(modules, {}).empty());
  CHECK(added(modules, {"a.org/x/c/**"}) == "a.org/x/c/a.h a.org/x/c/deep/b.h");
  CHECK(added(modules, {"**/*.h"}) == "a.org/x/c/a.h a.org/x/c/deep/b.h b.org/y/c/a.h");
  CHECK(added(modules, {"a.org/x/*"}) == "a.org/x/doc.txt");
  CHECK(added(modules, {"a.org/x/p/**", "b.org/y/c/a.h"}) == "a.org/x/p/lib/x.a b.org/y/c/a.h");
  CHECK(added(modules, {"c/**", "vendor/**", "a.org/x/c"}).empty());
}

TEST_CASE("no glob takes what would have something else built") {
  CHECK(added({{"a.org/x",
                {"a.org/x/p"},
                {"p/p.go"},
                {"c/.gitattributes", "c/.GitIgnore", "c/go.mod", "c/go.sum", "c/go.work", "c/modules.txt", "c/x.GO",
                 "c/x.go", "c/x.h", "c/x.syso", "c/x_test.go"}}},
              {"**"}) == "a.org/x/c/x.h");
}

TEST_CASE("no glob takes a name in the directory of a package, whichever module's and however it is spelt") {
  CHECK(
      added(
          {{"a.org/x", {"a.org/x/p"}, {"p/p.go"}, {"P2/Sub/evil.c", "p/evil.c", "p/p_test.go", "p/sub/ok.c", "q/ok.c"}},
           {"a.org/x/p2", {"a.org/x/p2/sub"}, {"sub/s.go"}, {}}},
          {"**"}) == "a.org/x/p/sub/ok.c a.org/x/q/ok.c");
}

TEST_CASE("what lies below another module is that module's alone") {
  CHECK(added({{"a.org/x", {"a.org/x/p"}, {"p/p.go"}, {"y/c/a.h", "yy/a.h"}},
               {"a.org/x/y", {"a.org/x/y/p"}, {"p/p.go"}, {"c/b.h"}}},
              {"**"}) == "a.org/x/y/c/b.h a.org/x/yy/a.h");
}

TEST_CASE("what is vendored anyway is not added") {
  CHECK(added({{"a.org/x", {"a.org/x"}, {"data/embedded", "x.go"}, {"data/other"}}}, {"**"}) == "a.org/x/data/other");
}

}  // namespace modtool::vendor_tool
