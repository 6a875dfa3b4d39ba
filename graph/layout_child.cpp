#include "graph/layout_child.hpp"

#include <fmt/format.h>

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

// "error", the code, the fix and the message, a line each.
std::string format_error(const Error& error) {
  return fmt::format("error\n{}\n{}\n{}\n", to_string(error.code), format_fix(error.fix), error.message);
}

Code parse_code(std::string_view text) {
  for (const auto& info : all_codes()) {
    if (to_string(info.code) == text) return info.code;
  }
  return Code::kLayoutFailed;
}

}  // namespace

std::string run_layout_child(std::string_view input) {
  const auto reply = reply_to(input);
  return reply ? *reply : format_error(reply.error());
}

Result<void> check_child_reply(std::string_view reply) {
  const auto lines = split_lines(reply);
  if (lines.size() < 4 || lines[0] != "error") return {};
  auto fix = parse_fix(lines[2]);
  if (!fix) return {};
  return fail({.code = parse_code(lines[1]), .message = std::string(lines[3]), .fix = std::move(*fix)});
}

}  // namespace modtool::graph
