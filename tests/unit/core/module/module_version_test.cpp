#include "core/module/module_version.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace modtool::module;

TEST_CASE("a module is written path@version, or as its path alone") {
  CHECK(to_string({"example.com/a", "v1.0.0"}) == "example.com/a@v1.0.0");
  CHECK(to_string({"example.com/a", ""}) == "example.com/a");
}

TEST_CASE("modules are ordered by path, version and the file of a go.sum line") {
  const std::vector<ModuleVersion> sorted = {
      {"example.com/a", "v1.9.0"},
      {"example.com/a", "v1.9.0/go.mod"},
      {"example.com/a", "v1.10.0"},
      {"example.com/a", "v1.10.0/go.mod"},
      {"example.com/a-b", "v1.0.0"},
      {"example.com/a/b", "v1.0.0"},
      {"go", "1.9"},
      {"go", "1.10"},
  };
  auto shuffled = sorted;
  std::ranges::reverse(shuffled);
  std::ranges::stable_sort(shuffled, module_less);
  CHECK(shuffled == sorted);
}
