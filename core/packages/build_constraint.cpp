#include "core/packages/build_constraint.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/module/characters.hpp"
#include "core/packages/go_token.hpp"

namespace modtool::packages {
namespace {

constexpr std::string_view kGoBuild = "//go:build";
constexpr std::string_view kPlusBuild = "+build";
constexpr int kMaxOperands = 1000;      // of a //go:build line, as Go allows
constexpr int kMaxPlusOperators = 100;  // of a // +build line

// What an expression comes to where its tags are chosen to make it true, and where they are chosen to make it false.
// A negation swaps the two.
struct Outcome {
  bool at_best = false;
  bool at_worst = false;

  Outcome operator!() const { return {.at_best = !at_worst, .at_worst = !at_best}; }
  Outcome operator&(Outcome other) const { return {at_best && other.at_best, at_worst && other.at_worst}; }
  Outcome operator|(Outcome other) const { return {at_best || other.at_best, at_worst || other.at_worst}; }
};

constexpr Outcome kNever{};

bool is_tag_rune(std::uint32_t rune) {
  if (rune < 0x80) return is_ascii_alphanumeric(static_cast<char>(rune)) || rune == '_' || rune == '.';
  return module::is_letter(rune);
}

std::size_t tag_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const Rune rune = decode_rune(text.substr(length));
    if (!is_tag_rune(rune.value)) break;
    length += rune.size;
  }
  return length;
}

Outcome outcome_of_tag(std::string_view tag) {
  return tag == "ignore" ? kNever : Outcome{.at_best = true, .at_worst = false};
}

// A recursive descent over `a && !(b || c)`; the next token is always read ahead.
class GoBuildParser {
 public:
  explicit GoBuildParser(std::string_view text) : rest_(text) {}

  Result<Outcome> parse() {
    MODTOOL_CHECK(advance());
    MODTOOL_TRY(const Outcome outcome, parse_or());
    if (!token_.empty()) return unexpected_token();
    return outcome;
  }

 private:
  Result<Outcome> parse_or() {
    MODTOOL_TRY(Outcome outcome, parse_and());
    while (token_ == "||") {
      MODTOOL_CHECK(advance());
      MODTOOL_TRY(const Outcome other, parse_and());
      outcome = outcome | other;
    }
    return outcome;
  }

  Result<Outcome> parse_and() {
    MODTOOL_TRY(Outcome outcome, parse_not());
    while (token_ == "&&") {
      MODTOOL_CHECK(advance());
      MODTOOL_TRY(const Outcome other, parse_not());
      outcome = outcome & other;
    }
    return outcome;
  }

  Result<Outcome> parse_not() {
    if (++operands_ > kMaxOperands) return fail(Code::kGoSourceSyntax, "build expression too large");
    if (token_ != "!") return parse_atom();
    MODTOOL_CHECK(advance());
    if (token_ == "!") return fail(Code::kGoSourceSyntax, "double negation not allowed");
    MODTOOL_TRY(const Outcome outcome, parse_atom());
    return !outcome;
  }

  Result<Outcome> parse_atom() {
    if (token_ == "(") return parse_group();
    if (!is_tag_) return unexpected_token();
    const Outcome outcome = outcome_of_tag(token_);
    MODTOOL_CHECK(advance());
    return outcome;
  }

  Result<Outcome> parse_group() {
    MODTOOL_CHECK(advance());
    ++depth_;
    MODTOOL_TRY(const Outcome outcome, parse_or());
    --depth_;
    if (token_ != ")") return fail(Code::kGoSourceSyntax, "missing close paren");
    MODTOOL_CHECK(advance());
    return outcome;
  }

  std::unexpected<Error> unexpected_token() const {
    if (!token_.empty()) return fail(Code::kGoSourceSyntax, "unexpected token " + std::string(token_));
    return fail(Code::kGoSourceSyntax, depth_ > 0 ? "missing close paren" : "unexpected end of expression");
  }

  // Reads the next token; an empty one is the end.
  Result<void> advance() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
    MODTOOL_TRY(const std::size_t length, next_length());
    token_ = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return {};
  }

  Result<std::size_t> next_length() {
    is_tag_ = false;
    if (rest_.empty()) return 0;
    if (std::string_view("()!").contains(rest_[0])) return 1;
    if (rest_.starts_with("&&") || rest_.starts_with("||")) return 2;
    const std::size_t length = tag_length(rest_);
    if (length == 0) return fail(Code::kGoSourceSyntax, "invalid syntax at " + first_rune());
    is_tag_ = true;
    return length;
  }

  std::string first_rune() const {
    std::string text;
    append_rune(text, decode_rune(rest_).value);
    return text;
  }

  std::string_view rest_;
  std::string_view token_;
  bool is_tag_ = false;
  int operands_ = 0;
  int depth_ = 0;
};

std::optional<std::string_view> go_build_expression(std::string_view line) {
  return go_directive(trim(line), kGoBuild);
}

std::optional<std::string_view> plus_build_expression(std::string_view line) {
  if (!line.starts_with("//")) return std::nullopt;
  return go_directive(trim(line.substr(2)), kPlusBuild);
}

// One literal of a +build line; malformed ones are never given.
Outcome outcome_of_literal(std::string_view literal) {
  if (literal.starts_with("!!") || literal == "!") return kNever;
  const bool negated = literal.starts_with('!');
  if (negated) literal.remove_prefix(1);
  const bool is_tag = !literal.empty() && tag_length(literal) == literal.size();
  const Outcome outcome = is_tag ? outcome_of_tag(literal) : kNever;
  return negated ? !outcome : outcome;
}

Outcome outcome_of_clause(std::string_view clause) {
  Outcome outcome{.at_best = true, .at_worst = true};
  for (const auto literal : split(clause, ',')) outcome = outcome & outcome_of_literal(literal);
  return outcome;
}

// Walks a header line by line, as far as there are only comments and blank lines.
class HeaderLines {
 public:
  explicit HeaderLines(std::string_view header) : rest_(header) {}

  Result<ConstraintLines> find() {
    while (!rest_.empty()) {
      const auto line = trim(take_line());
      if (line.empty() && !code_began_) {
        confirm();
        continue;
      }
      if (!line.starts_with("//")) code_began_ = true;
      MODTOOL_CHECK(note(line));
      if (!is_comment(line)) break;
    }
    return std::move(lines_);
  }

 private:
  std::string_view take_line() {
    const auto end = std::min(rest_.find('\n'), rest_.size());
    const auto line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return line;
  }

  // A blank line: the +build lines above it count.
  void confirm() {
    std::ranges::move(pending_, std::back_inserter(lines_.plus_build));
    pending_.clear();
  }

  Result<void> note(std::string_view line) {
    if (in_block_comment_) return {};
    if (go_build_expression(line)) {
      if (lines_.go_build) return fail(Code::kGoSourceSyntax, "multiple //go:build comments");
      lines_.go_build = line;
    } else if (!code_began_ && plus_build_expression(line)) {
      pending_.push_back(line);
    }
    return {};
  }

  // Whether the line holds nothing but comments; follows block comments over several lines.
  bool is_comment(std::string_view line) {
    while (!line.empty()) {
      if (in_block_comment_) {
        const auto end = line.find("*/");
        if (end == std::string_view::npos) return true;
        in_block_comment_ = false;
        line = trim(line.substr(end + 2));
        continue;
      }
      if (line.starts_with("//")) return true;
      if (!line.starts_with("/*")) return false;
      in_block_comment_ = true;
      line = trim(line.substr(2));
    }
    return true;
  }

  std::string_view rest_;
  ConstraintLines lines_;
  std::vector<std::string_view> pending_;  // +build lines that no blank line follows yet
  bool code_began_ = false;
  bool in_block_comment_ = false;
};

}  // namespace

Result<ConstraintLines> find_constraint_lines(std::string_view header) { return HeaderLines(header).find(); }

Result<bool> evaluate_go_build(std::string_view line) {
  const auto expression = go_build_expression(line);
  if (!expression) return fail(Code::kGoSourceSyntax, "not a build constraint");
  MODTOOL_TRY(const Outcome outcome, GoBuildParser(*expression).parse());
  return outcome.at_best;
}

Result<bool> evaluate_plus_build(std::string_view line) {
  const auto expression = plus_build_expression(line);
  if (!expression) return fail(Code::kGoSourceSyntax, "not a build constraint");
  Outcome outcome;
  std::ptrdiff_t operators = -1;
  for (const auto clause : split_fields(*expression)) {
    operators += 1 + std::ranges::count(clause, ',');
    if (operators > kMaxPlusOperators) {
      return fail(Code::kGoSourceSyntax, "expression too complex for // +build lines");
    }
    outcome = outcome | outcome_of_clause(clause);
  }
  return outcome.at_best;
}

Result<bool> may_build(std::string_view header) {
  MODTOOL_TRY(const ConstraintLines lines, find_constraint_lines(header));
  if (lines.go_build) {
    auto holds = evaluate_go_build(*lines.go_build);
    return holds ? holds : fail_in(std::move(holds), "parsing //go:build line");
  }
  return std::ranges::all_of(lines.plus_build,
                             [](const auto line) { return evaluate_plus_build(line).value_or(true); });
}

}  // namespace modtool::packages
