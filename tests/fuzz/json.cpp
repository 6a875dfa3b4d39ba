// JSON, as modtool.json and modtool.lock are read.
#include "core/base/json.hpp"

#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(json) {
  const auto value = json::parse(input, "f");
  if (!value) return;
  must(value->begin <= value->end && value->end <= input.size(), "a value stands in its text");
  const auto text = json::canonical(*value);
  const auto again = json::parse(text, "f");
  must(again.has_value(), "the canonical text is JSON");
  must(json::canonical(*again) == text, "there is one canonical text");
}

}  // namespace modtool::fuzz
