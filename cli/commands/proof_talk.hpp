// What is told of a vendor directory that cannot be proven, by commands that need it proven.
#pragma once

#include <vector>

#include "cli/session.hpp"
#include "cli/tasks/build_sources.hpp"

namespace modtool::cli {

// Findings with their fixes as they are to be typed here.
std::vector<vendor_tool::Finding> as_typed(const Session& session, std::vector<vendor_tool::Finding> findings);

void tell_failed_proof(const Session& session, const vendor_tool::CheckReport& report);

class ProofTalk final : public tasks::ProofListener {
 public:
  // The session outlives it.
  explicit ProofTalk(const Session& session) : session_(session) {}

  void on_failed_proof(const vendor_tool::CheckReport& report) override { tell_failed_proof(session_, report); }

 private:
  const Session& session_;
};

}  // namespace modtool::cli
