#include "cli/commands/proof_talk.hpp"

#include "cli/render/findings.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {

std::vector<vendor_tool::Finding> as_typed(const Session& session, std::vector<vendor_tool::Finding> findings) {
  for (auto& finding : findings) finding.fix = session.typed.complete(std::move(finding.fix));
  return findings;
}

void tell_failed_proof(const Session& session, const vendor_tool::CheckReport& report) {
  const bool all = session.console.options().verbosity == Verbosity::kVerbose;
  session.console.say(trim(render_findings_text(as_typed(session, report.findings), all)));
}

}  // namespace modtool::cli
