#include "core/base/child_reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"

namespace modtool {

std::string format_child_error(const Error& error) {
  return fmt::format("error\n{}\n{}\n{}\n", to_string(error.code), format_fix(error.fix),
                     make_printable(error.message));
}

Result<void> check_child_reply(std::string_view reply, Code unknown) {
  const auto lines = split_lines(reply);
  if (lines.size() < 4 || lines[0] != "error") return {};
  auto fix = parse_fix(lines[2]);
  if (!fix) return {};
  const auto known =
      std::ranges::find(all_codes(), lines[1], [](const CodeInfo& info) { return to_string(info.code); });
  const Code code = known == all_codes().end() ? unknown : known->code;
  reply.remove_prefix(static_cast<std::size_t>(lines[3].data() - reply.data()));
  return fail({.code = code, .message = std::string(reply.substr(0, reply.rfind('\n'))), .fix = std::move(*fix)});
}

}  // namespace modtool
