#include "cli/commands/proof_talk.hpp"

#include "cli/render/findings.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {

void tell_failed_proof(Console& console, const vendor_tool::CheckReport& report) {
  const bool all = console.options().verbosity == Verbosity::kVerbose;
  console.say(trim(render_findings_text(report.findings, all)));
}

}  // namespace modtool::cli
