#include "core/engine/selection_change.hpp"

#include "tests/support/check.hpp"

namespace modtool::engine {
namespace {

TEST_CASE("a line tells what became of each path whose version differs, sorted by path") {
  const Versions before = {{"d.org/d", "v1.10.0"}, {"a.org/a", "v1.0.0"}, {"b.org/b", "v1.9.0"}, {"s.org/s", "v1.0.0"}};
  const Versions after = {{"s.org/s", "v1.0.0"}, {"c.org/c", "v0.1.0"}, {"b.org/b", "v1.10.0"}, {"d.org/d", "v1.9.0"}};
  CHECK(describe_changes(changes_between(before, after)) ==
        std::vector<std::string>{"removed a.org/a v1.0.0", "upgraded b.org/b v1.9.0 => v1.10.0", "added c.org/c v0.1.0",
                                 "downgraded d.org/d v1.10.0 => v1.9.0"});
  CHECK(describe_changes(changes_between(after, after)).empty());
}

}  // namespace
}  // namespace modtool::engine
