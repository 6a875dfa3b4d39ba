#include "cli/render/fix.hpp"

#include "core/base/fix_words.hpp"

namespace modtool::cli {

void add_fix(json::Value& record, const Fix& fix) {
  if (fix.empty()) return;
  add(record, "fix", to_command(fix));
  add(record, "fix_words", to_words(fix));
}

}  // namespace modtool::cli
