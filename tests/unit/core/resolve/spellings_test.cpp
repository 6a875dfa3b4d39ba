#include "core/resolve/spellings.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/resolve/toy_modules.hpp"

namespace modtool::resolve {
namespace {

using test::ToyWorld;

// Paths that lead to one place are given as "bc de": b and c to one, d and e to another; others to themselves.
IdentityOf identity_of(std::string_view places) {
  return [places](const std::string& path) -> Result<std::string> {
    for (const auto place : split_fields(places)) {
      if (place.contains(path.back())) return std::string(place);
    }
    return path;
  };
}

Result<void> check(const ToyWorld& world, const manifest::Manifest& root, const IdentityOf& identity) {
  const auto graph = REQUIRE_OK(world.load(root));
  return check_one_spelling(graph, *world.summaries(root), identity);
}

TEST_CASE("modules of different places are told apart") {
  const ToyWorld world("b1.0: c1.0\nc1.0: d1.0");
  REQUIRE_OK(check(world, ToyWorld::root("b1.0"), identity_of("")));
  REQUIRE_OK(check(world, ToyWorld::root("b1.0"), identity_of("bx cy")));
}

TEST_CASE("one module under two paths is refused, with the way to each") {
  const ToyWorld world("b1.0: c1.0\nc1.0: d1.2\ne1.0: f1.0");
  CHECK_ERROR(check(world, ToyWorld::root("b1.0 e1.0"), identity_of("df")), Code::kTwoSpellings,
              "example.com/d and example.com/f are one module under two paths:\n"
              "\texample.com/d@v1.2.0 <- example.com/c@v1.0.0 <- example.com/b@v1.0.0 <- example.com/main\n"
              "\texample.com/f@v1.0.0 <- example.com/e@v1.0.0 <- example.com/main");
}

TEST_CASE("of several versions of a spelling the way to the selected one is shown") {
  const ToyWorld world("b1.0: c1.1\nd1.0: c1.0");
  CHECK_ERROR(check(world, ToyWorld::root("b1.0 d1.0"), identity_of("bc")), Code::kTwoSpellings,
              "\texample.com/b@v1.0.0 <- example.com/main\n"
              "\texample.com/c@v1.1.0 <- example.com/b@v1.0.0 <- example.com/main");
}

TEST_CASE("versions of one path are no two spellings") {
  const ToyWorld world("b1.0: c1.1\nd1.0: c1.0");
  REQUIRE_OK(check(world, ToyWorld::root("b1.0 d1.0"), identity_of("cx")));
}

TEST_CASE("what counts is the place of what stands in for a module") {
  const ToyWorld world("b1.0: c1.0");
  auto root = ToyWorld::root("b1.0");
  REQUIRE_OK(check(world, root, identity_of("bx")));
  root.replace = {{.from = {"example.com/c", ""}, .to = test::toy("x1.0")}};
  CHECK_ERROR(check(world, root, identity_of("bx")), Code::kTwoSpellings,
              "example.com/b and example.com/c are one module under two paths");
  REQUIRE_OK(check(world, root, identity_of("bc")));
}

TEST_CASE("a module that a directory stands in for has no place, and the main module none either") {
  const ToyWorld world("b1.0: c1.0");
  auto root = ToyWorld::root("b1.0");
  root.replace = {{.from = {"example.com/c", ""}, .to = {"../c", ""}}};
  REQUIRE_OK(check(world, root, identity_of("bc")));
  // "example.com/main" ends in n.
  REQUIRE_OK(check(world, ToyWorld::root("b1.0"), identity_of("bn")));
}

TEST_CASE("a place that cannot be found out is an error") {
  const ToyWorld world("");
  const IdentityOf failing = [](const std::string& path) -> Result<std::string> {
    return fail(Code::kBadGitUrl, "no place for " + path);
  };
  CHECK_ERROR(check(world, ToyWorld::root("b1.0"), failing), Code::kBadGitUrl, "no place for example.com/b");
}

}  // namespace
}  // namespace modtool::resolve
