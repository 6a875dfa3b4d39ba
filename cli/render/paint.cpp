#include "cli/render/paint.hpp"

#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

constexpr std::string_view kRed = "\033[1;31m";
constexpr std::string_view kGreen = "\033[32m";
constexpr std::string_view kPlain = "\033[0m";

std::string painted(std::string_view color, std::string_view text) {
  return std::string(color) + std::string(text) + std::string(kPlain);
}

std::string paint_line(std::string_view line) {
  constexpr std::string_view kFix = "  fix: ";
  const auto head = line.starts_with("error[") ? line.find("]:") : std::string_view::npos;
  if (head != std::string_view::npos)
    return painted(kRed, line.substr(0, head + 2)) + std::string(line.substr(head + 2));
  if (line.starts_with(kFix)) return std::string(kFix) + painted(kGreen, line.substr(kFix.size()));
  return std::string(line);
}

}  // namespace

std::string paint_error(std::string_view text) {
  std::string painted_text;
  while (!text.empty()) {
    const auto end = text.find('\n');
    painted_text += paint_line(text.substr(0, end));
    if (end != std::string_view::npos) painted_text += '\n';
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return painted_text;
}

}  // namespace modtool::cli
