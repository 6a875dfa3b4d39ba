#include "vendor_tool/proof/finding.hpp"

#include <algorithm>
#include <tuple>

namespace modtool::vendor_tool {

bool finding_less(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& f) {
    return std::tie(f.path, f.line, f.code, f.module, f.message, f.expected, f.actual);
  };
  return key(a) < key(b);
}

bool CheckReport::has_unproven() const {
  return std::ranges::any_of(findings, [](const Finding& finding) { return !finding.is_stale(); });
}

}  // namespace modtool::vendor_tool
