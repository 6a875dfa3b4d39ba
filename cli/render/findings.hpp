// The findings of checks, as people and machines read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vendor_tool/proof/finding.hpp"

namespace modtool::cli {

enum class ReportFormat { kText, kJson, kGithub, kSarif };

// The first few findings of each module and how many more there are; all of them with `all`. Empty for none.
std::string render_findings_text(const std::vector<vendor_tool::Finding>& findings, bool all);
// One record, `{"schema": 1, "passed": …, "findings": […]}`.
std::string render_findings_json(const std::vector<vendor_tool::Finding>& findings, std::string_view summary);
// Workflow commands of GitHub Actions, an annotation a finding.
std::string render_findings_github(const std::vector<vendor_tool::Finding>& findings);
// SARIF 2.1.0.
std::string render_findings_sarif(const std::vector<vendor_tool::Finding>& findings);

// A line that says what was checked and how it ended. Its fix names the dialect, unless that is "".
std::string describe_check(const vendor_tool::CheckReport& report, const std::string& dialect);

}  // namespace modtool::cli
