#include "core/build/compiled/read_files.hpp"

namespace modtool::build {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Words of a rule, one at a time.
class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : text_(text) {}

  // The next word, without its escapes; empty at the end of the rule.
  std::string next() {
    std::string word;
    skip_blanks();
    while (at_ < text_.size() && !is_blank(text_[at_]) && !is_line_going_on()) word += take();
    return word;
  }

 private:
  bool is_line_going_on() const {
    return text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '\n' || text_[at_ + 1] == '\r');
  }

  // A line end without a backslash ends the rule; what follows (-MP) are rules without inputs.
  void skip_blanks() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || is_line_going_on())) {
      if (text_[at_] == '\n') {
        at_ = text_.size();
        return;
      }
      at_ += is_line_going_on() ? (text_.substr(at_ + 1).starts_with("\r\n") ? 3 : 2) : 1;
    }
  }

  char take() {
    const std::string_view rest = text_.substr(at_);
    const bool is_escape =
        rest.size() > 1 && ((rest[0] == '\\' && (rest[1] == ' ' || rest[1] == '#')) || rest.starts_with("$$"));
    at_ += is_escape ? 2 : 1;
    return is_escape ? rest[1] : rest[0];
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<void> MakeDependencies::add(std::string_view text) {
  RuleReader rule(text);
  std::string target = rule.next();
  while (!target.empty() && !target.ends_with(':')) {
    const std::string more = rule.next();
    if (more == ":") break;
    if (more.empty()) target.clear();
    if (!more.empty()) target = more;
  }
  if (target.ends_with(':')) target.pop_back();
  if (target.empty()) return fail(Code::kBuildFailed, "it has no rule");
  ReadObject object{.output = number_of(std::move(target)), .inputs = {}};
  for (std::string input = rule.next(); !input.empty(); input = rule.next()) {
    object.inputs.push_back(number_of(std::move(input)));
  }
  found_.objects.push_back(std::move(object));
  return {};
}

std::uint32_t MakeDependencies::number_of(std::string path) {
  const auto [place, is_new] = numbers_.emplace(path, static_cast<std::uint32_t>(found_.paths.size()));
  if (is_new) found_.paths.push_back(std::move(path));
  return place->second;
}

}  // namespace modtool::build
