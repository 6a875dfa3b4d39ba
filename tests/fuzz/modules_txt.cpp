// vendor/modules.txt.
#include "core/manifest/modules_txt.hpp"

#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(modules_txt) {
  const auto index = manifest::parse_modules_txt(input, "modules.txt");
  if (!index) return must(!index.error().problems.empty(), "an error has problems");
  const std::string written = manifest::format_modules_txt(*index);
  const auto again = manifest::parse_modules_txt(written, "modules.txt");
  must(again.has_value(), "what was written can be read");
  must(manifest::format_modules_txt(*again) == written, "what was written is written the same");
  must(again->modules.size() == index->modules.size(), "what was written has as many modules");
}

}  // namespace modtool::fuzz
