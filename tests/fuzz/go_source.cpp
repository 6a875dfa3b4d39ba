// Go source files: imports, build constraints, embed patterns.
#include "core/packages/build_constraint.hpp"
#include "core/packages/embed_scanner.hpp"
#include "core/packages/import_scanner.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(go_source) {
  static_cast<void>(packages::scan_embed_patterns(input));
  const auto header = packages::scan_header(input);
  if (!header) return;
  if (header->problem) must(header->problem->where.line > 0, "a problem has a line");
  static_cast<void>(packages::may_build(header->text));
  static_cast<void>(packages::may_build(input));
}

}  // namespace modtool::fuzz
