// What is told of a vendor directory that cannot be proven, by commands that need it proven.
#pragma once

#include "cli/console.hpp"
#include "cli/tasks/build_sources.hpp"

namespace modtool::cli {

void tell_failed_proof(Console& console, const vendor_tool::CheckReport& report);

class ProofTalk final : public tasks::ProofListener {
 public:
  // The console outlives it.
  explicit ProofTalk(Console& console) : console_(console) {}

  void on_failed_proof(const vendor_tool::CheckReport& report) override { tell_failed_proof(console_, report); }

 private:
  Console& console_;
};

}  // namespace modtool::cli
