// go.sum.
#include "core/gomod/go_sum.hpp"

#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(go_sum) {
  const auto table = gomod::parse_go_sum(input, "go.sum");
  if (!table) return must(!table.error().problems.empty(), "an error has problems");
  for (const auto& [key, lines] : table->all()) {
    must(!lines.empty(), "a key has lines");
    const auto verdict = table->check(key, lines[0].hash);
    must(verdict != manifest::ChecksumVerdict::kMissing, "a hash that is there is not missing");
    const auto h1 = table->h1(key);
    must(h1.empty() || table->check(key, h1) == manifest::ChecksumVerdict::kMatch, "the h1 hash matches");
  }
  const std::string written = gomod::format_go_sum(*table);
  const auto again = gomod::parse_go_sum(written, "go.sum");
  must(again.has_value(), "what was written can be read");
  must(gomod::format_go_sum(*again) == written, "what was written is sorted");
  must(again->conflicts() == table->conflicts(), "what was written has the same conflicts");
}

}  // namespace modtool::fuzz
