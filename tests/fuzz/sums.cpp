// modtool.sums.
#include "tests/fuzz/target.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(sums) {
  const auto sums = vendor_tool::parse_sums(input, "modtool.sums");
  if (!sums) return;
  must(vendor_tool::format_sums(*sums) == input, "there is one way to write a content");
  for (const auto& block : sums->blocks) {
    must(vendor_tool::find_block(*sums, block.module) == &block, "a block is found by its module");
    if (!block.files) continue;
    for (const auto& file : *block.files) {
      must(module::find_hash(*block.files, file.name) == &file, "a hash is found by its name");
    }
  }
}

}  // namespace modtool::fuzz
