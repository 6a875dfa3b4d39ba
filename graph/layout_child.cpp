#include "graph/layout_child.hpp"

#include <fmt/format.h>

#include "core/base/child_reply.hpp"
#include "core/base/text.hpp"
#include "graph/graphviz.hpp"
#include "graph/layout.hpp"

namespace modtool::graph {

namespace {

Result<std::string> reply_to(std::string_view input) {
  MODTOOL_TRY(const auto request, parse_request(input));
  MODTOOL_TRY(const auto effort, choose_effort(request));
  MODTOOL_TRY(const auto layout, compute_layout(request, effort));
  return format_layout(layout);
}

}  // namespace

std::string run_layout_child(std::string_view input) {
  const auto reply = reply_to(input);
  return reply ? *reply : format_child_error(reply.error());
}

}  // namespace modtool::graph
