// Patches. The input is a patch, and behind a NUL the file that it is applied to.
#include "core/patch/unified_diff.hpp"

#include "core/module/path.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(unified_diff) {
  const auto [patch, file] = split_input(input);
  const auto diffs = patch::parse_unified_diff(patch, "p");
  if (!diffs) return;
  must(!diffs->empty(), "a patch that is understood changes something");
  for (const auto& diff : *diffs) {
    must(module::check_file_path(diff.name).has_value(), "a patched file is in the module");
    const auto after = patch::apply_diff(file, diff);
    must(after.has_value() || after.error().where.line > 0, "what does not fit has a line");
    must(!after || !diff.hunks.empty() || *after == file, "without hunks nothing changes");
  }
}

}  // namespace modtool::fuzz
