#include "core/resolve/lower_roots.hpp"

#include "core/module/semver.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using test::ToyWorld;

// What becomes of the roots: "b1.2->b1.0 d1.0->none".
Result<std::string> lower(const ToyWorld& world, std::string_view roots, std::string_view wanted,
                          const std::map<std::string, std::vector<std::string>>& versions) {
  const LoweringInputs inputs{
      .load =
          [&](const std::vector<module::ModuleVersion>& modules) {
            return world.load(ToyWorld::root(test::names_of(modules)));
          },
      .versions = [&](const std::string& path) -> Result<std::vector<std::string>> { return versions.at(path); },
      .compare = [](auto, auto a, auto b) { return module::compare_versions(a, b); }};
  MODTOOL_TRY(const auto lowered, lower_roots(test::toys(roots), test::toys(wanted), inputs));
  std::string text;
  for (const auto& root : lowered) {
    const std::string now = root.version.empty() ? "none" : test::name_of({root.module.path, root.version});
    text += (text.empty() ? "" : " ") + test::name_of(root.module) + "->" + now;
  }
  return text;
}

const ToyWorld kWorld("b1.0: c1.0\nb1.1: d1.0\nb1.2: d1.0\nd1.0: c1.2\ne1.0: c1.2\nf1.0: b1.2");
const std::map<std::string, std::vector<std::string>> kVersions = {
    {"example.com/b", {"v1.0.0", "v1.1.0", "v1.2.0"}}, {"example.com/e", {"v1.0.0"}}, {"example.com/f", {"v1.0.0"}}};

TEST_CASE("a root that leads to more than is wanted goes back to its newest version that does not") {
  CHECK(REQUIRE_OK(lower(kWorld, "b1.2 c1.1", "c1.1", kVersions)) == "b1.2->b1.0");
  CHECK(REQUIRE_OK(lower(kWorld, "b1.2 c1.2", "c1.2", kVersions)).empty());
}

TEST_CASE("a root without such a version is dropped") {
  CHECK(REQUIRE_OK(lower(kWorld, "b1.2 e1.0 f1.0 c1.1", "c1.1", kVersions)) == "b1.2->b1.0 e1.0->none f1.0->none");
  CHECK(REQUIRE_OK(lower(kWorld, "b1.0", "c", kVersions)) == "b1.0->none");
}

TEST_CASE("wanted modules that contradict each other are told") {
  CHECK_ERROR(lower(kWorld, "b1.2 c1.1", "c1.1 b1.2", kVersions), Code::kRequestConflict,
              "example.com/b@v1.2.0 requires example.com/c@v1.2.0, not example.com/c@v1.1.0");
  CHECK_ERROR(lower(kWorld, "b1.1 b1.2", "b1.1", kVersions), Code::kRequestConflict,
              "example.com/b@v1.2.0 is required, too");
}

}  // namespace
}  // namespace modtool::resolve
