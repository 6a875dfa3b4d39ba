#include "core/manifest/manifest.hpp"

#include <doctest/doctest.h>

namespace modtool::manifest {
namespace {

TEST_CASE("a replacement of one version counts before one of every version") {
  const ReplacementTable table({
      {.from = {"example.com/a", ""}, .to = {"../a", ""}},
      {.from = {"example.com/a", "v1.1.0"}, .to = {"example.com/fork", "v1.1.1"}},
      {.from = {"example.com/b", "v1.0.0"}, .to = {"./b", ""}},
  });
  struct Case {
    module::ModuleVersion module;
    std::string_view to;  // path of the replacement; empty where there is none
  };
  const std::vector<Case> cases = {
      {{"example.com/a", "v1.0.0"}, "../a"}, {{"example.com/a", "v1.1.0"}, "example.com/fork"},
      {{"example.com/a", ""}, "../a"},       {{"example.com/b", "v1.0.0"}, "./b"},
      {{"example.com/b", "v1.0.1"}, ""},     {{"example.com/a/b", "v1.0.0"}, ""},
  };
  for (const auto& c : cases) {
    CAPTURE(module::to_string(c.module));
    const auto* found = table.find(c.module);
    CHECK((found == nullptr ? "" : found->to.path) == c.to);
  }
  CHECK(table.all().size() == 3);
  CHECK(table.find({"example.com/a", ""})->is_directory());
}

}  // namespace
}  // namespace modtool::manifest
