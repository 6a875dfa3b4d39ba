#include "graph/label.hpp"

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"

namespace modtool::graph {

namespace {

bool is_major_suffix(std::string_view element) {
  return element.size() > 1 && element[0] == 'v' && std::ranges::all_of(element.substr(1), is_digit);
}

std::string_view kind_remark(NodeKind kind) {
  if (kind == NodeKind::kMain) return "main module";
  return kind == NodeKind::kLosing ? "not selected" : kind_name(kind);
}

}  // namespace

NameParts split_name(const std::string& path) {
  auto slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) return {"", path};
  if (is_major_suffix(std::string_view(path).substr(slash + 1))) {
    const auto earlier = path.rfind('/', slash - 1);
    if (earlier == std::string::npos) return {"", path};
    slash = earlier;
  }
  return {path.substr(0, slash + 1), path.substr(slash + 1)};
}

std::vector<std::string> remarks(const Node& node) {
  std::vector<std::string> lines;
  if (node.is_cycle()) lines.push_back("cycle of " + std::to_string(node.members.size()) + " modules");
  const bool is_plain = node.kind == NodeKind::kDirect || node.kind == NodeKind::kIndirect;
  if (!is_plain) lines.emplace_back(kind_remark(node.kind));
  if (!node.dialects.empty()) lines.push_back(join(node.dialects, ", "));
  if (node.is_replaced()) lines.push_back("=> " + replacement_text(node));
  return lines;
}

std::vector<std::string> description_lines(const Node& node) {
  if (!node.is_cycle()) {
    std::vector<std::string> lines{node_id(node), std::string(kind_remark(node.kind))};
    if (node.is_replaced()) lines.push_back("=> " + replacement_text(node));
    return lines;
  }
  std::vector<std::string> lines{"cycle of " + std::to_string(node.members.size()) + " modules"};
  for (const auto& member : node.members) {
    std::string line = node_id(member) + " (" + std::string(kind_remark(member.kind)) + ")";
    if (member.is_replaced()) line += " => " + replacement_text(member);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace modtool::graph
