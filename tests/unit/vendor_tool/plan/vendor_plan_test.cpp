#include "vendor_tool/plan/vendor_plan.hpp"

#include "tests/support/check.hpp"

namespace modtool::vendor_tool {
namespace {

RequestedModule requested(std::string path, std::vector<std::string> packages, std::vector<std::string> files,
                          module::ModuleVersion replacement = {}) {
  RequestedModule module;
  module.index.module = {std::move(path), "v1.0.0"};
  module.index.replacement = std::move(replacement);
  module.index.packages = std::move(packages);
  module.files = std::move(files);
  return module;
}

std::vector<std::string> destinations(const VendorPlan& plan) {
  std::vector<std::string> names;
  for (const auto& file : plan.files) names.push_back(file.destination);
  return names;
}

TEST_CASE("files go below their module's path, sorted, with all their directories") {
  VendorRequest request;
  request.modules = {requested("b.org/y", {"b.org/y"}, {"y.go"}),
                     requested("a.org/x", {"a.org/x/p"}, {"LICENSE", "p/p.go"})};
  const auto plan = REQUIRE_OK(plan_vendor(request));
  CHECK(destinations(plan) == std::vector<std::string>{"a.org/x/LICENSE", "a.org/x/p/p.go", "b.org/y/y.go"});
  CHECK(plan.directories == std::vector<std::string>{"a.org", "a.org/x", "a.org/x/p", "b.org", "b.org/y"});
  CHECK(plan.files[1].module == 1);
  CHECK(plan.files[1].name == "p/p.go");
  CHECK(plan.modules_txt == "# b.org/y v1.0.0\nb.org/y\n# a.org/x v1.0.0\na.org/x/p\n");
}

TEST_CASE("a package without files still has its directory") {
  VendorRequest request;
  request.modules = {requested("a.org/x", {"a.org/x/p/q"}, {})};
  request.modules[0].directories = {"", "p/q"};
  CHECK(REQUIRE_OK(plan_vendor(request)).directories ==
        std::vector<std::string>{"a.org", "a.org/x", "a.org/x/p", "a.org/x/p/q"});
}

TEST_CASE("a request without modules is an empty plan") {
  CHECK(REQUIRE_OK(plan_vendor({})).empty());
  VendorRequest required;
  required.modules = {requested("a.org/x", {}, {})};
  CHECK(!REQUIRE_OK(plan_vendor(required)).empty());
}

TEST_CASE("of two modules that give one destination the later one vouches for it") {
  VendorRequest request;
  request.modules = {requested("a.org/x", {"a.org/x/y/p"}, {"y/LICENSE", "y/p/p.go"}),
                     requested("a.org/x/y", {"a.org/x/y"}, {"LICENSE", "y.go"})};
  const auto plan = REQUIRE_OK(plan_vendor(request));
  const auto* licence = find_planned(plan, "a.org/x/y/LICENSE");
  REQUIRE(licence != nullptr);
  CHECK(licence->module == 1);
  CHECK(licence->name == "LICENSE");
  CHECK(plan.files.size() == 3);
}

TEST_CASE("a plan finds its files and directories by name") {
  VendorRequest request;
  request.modules = {requested("a.org/x", {"a.org/x"}, {"x.go"})};
  const auto plan = REQUIRE_OK(plan_vendor(request));
  CHECK(find_planned(plan, "a.org/x/x.go") != nullptr);
  CHECK(find_planned(plan, "a.org/x") == nullptr);
  CHECK(is_planned_directory(plan, "a.org/x"));
  CHECK(!is_planned_directory(plan, "a.org/x/x.go"));
}

TEST_CASE("what must not be written is refused") {
  struct Case {
    std::string name;
    VendorRequest request;
    Code code;
    std::string part;
  };
  VendorRequest unused;
  unused.unused_replacements = {{.module = {"c.org/z", ""}, .replacement = {"./vendor/z", ""}}};
  const Case cases[] = {
      {"a name that climbs",
       {.modules = {requested("a.org/x", {"a.org/x"}, {"../../.ssh/config"})}},
       Code::kBadFileName,
       ".."},
      {"an absolute name",
       {.modules = {requested("a.org/x", {"a.org/x"}, {"/etc/passwd"})}},
       Code::kBadFileName,
       "/etc"},
      {"a module path that climbs",
       {.modules = {requested("a.org/../x", {"x"}, {"x.go"})}},
       Code::kBadImportPath,
       ".."},
      {"a directory that climbs",
       {.modules = {{.index = {.module = {"a.org/x", "v1.0.0"}}, .directories = {"../y"}}}},
       Code::kBadFileName,
       ".."},
      {"a file that is a directory",
       {.modules = {requested("a.org/x", {"a.org/x"}, {"y"}), requested("a.org/x/y", {"a.org/x/y"}, {"y.go"})}},
       Code::kFileExists,
       "`y` of a.org/x@v1.0.0 would be a file and a directory"},
      {"a module in the place of modules.txt",
       {.modules = {requested("modules.txt", {"modules.txt"}, {"x.go"})}},
       Code::kFileExists,
       "modules.txt"},
      {"paths that differ in case",
       {.modules = {requested("a.org/X", {"a.org/X"}, {"x.go"}), requested("a.org/x", {"a.org/x"}, {"x.go"})}},
       Code::kImportCollision,
       "case-insensitive import collision: \"a.org/x\" and \"a.org/X\""},
      {"a replacement inside vendor",
       {.modules = {requested("a.org/x", {"a.org/x"}, {"x.go"}, {"./vendor/x", ""})}},
       Code::kReplacementMissing,
       "replacement path ./vendor/x inside vendor directory"},
      {"an unused replacement inside vendor", unused, Code::kReplacementMissing,
       "replacement path ./vendor/z inside vendor directory"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK_ERROR(plan_vendor(c.request), c.code, c.part);
  }
}

TEST_CASE("all problems of a request are told at once") {
  VendorRequest request;
  request.modules = {requested("a.org/x", {"a.org/x"}, {"../a", "../b"})};
  const auto plan = plan_vendor(request);
  REQUIRE(!plan.has_value());
  CHECK(plan.error().problems.size() == 2);
}

}  // namespace
}  // namespace modtool::vendor_tool
