#include "core/gomod/remarks.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/gomod/quoting.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kSlashes = "//";

bool has_comment(const Comments& comments) { return !comments.before.empty() || !comments.suffix.empty(); }

void append_text(std::vector<std::string>& lines, const std::vector<Comment>& comments) {
  for (const auto comment : comments) {
    if (comment.starts_with(kSlashes)) lines.emplace_back(trim_space(comment.substr(kSlashes.size())));
  }
}

}  // namespace

bool is_indirect(const Line& line) {
  if (line.comments.suffix.empty()) return false;
  const auto words = split_fields(line.comments.suffix[0].substr(kSlashes.size()));
  return words.size() == 1 ? words[0] == "indirect" : words.size() > 1 && words[0] == "indirect;";
}

std::string directive_comment(const Block* block, const Line& line) {
  const Comments& comments = block != nullptr && !has_comment(line.comments) ? block->comments : line.comments;
  std::vector<std::string> lines;
  append_text(lines, comments.before);
  append_text(lines, comments.suffix);
  return join(lines, "\n");
}

std::string deprecation_in(std::string_view comment) {
  constexpr std::string_view kParagraphEnd = "\n\n";
  constexpr std::string_view kMark = "Deprecated:";
  if (!comment.starts_with(kMark)) {
    const auto end = comment.find("\n\nDeprecated:");
    if (end == std::string_view::npos) return {};
    comment.remove_prefix(end + kParagraphEnd.size());
  }
  comment.remove_prefix(kMark.size());
  comment.remove_prefix(std::min(comment.find_first_not_of(' '), comment.size()));
  return std::string(comment.substr(0, comment.find(kParagraphEnd)));
}

}  // namespace modtool::gomod
