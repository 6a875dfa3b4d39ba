#include "core/base/glob.hpp"

#include <optional>
#include <utility>

#include "core/base/utf8.hpp"

namespace modtool {
namespace {

// One step of a pattern, taken off its front.
struct Step {
  enum Kind { kRune, kAnyRune, kAnyRun, kClass } kind = kRune;
  std::string_view rune;    // of kRune
  std::string_view class_;  // of kClass: between the brackets, without the "^"
  bool negated = false;
};

std::string_view take_rune(std::string_view& text) {
  const auto rune = text.substr(0, decode_rune(text).size);
  text.remove_prefix(rune.size());
  return rune;
}

// A rune inside a class, where "-" and "]" must be escaped.
std::optional<std::uint32_t> take_class_rune(std::string_view& text) {
  if (text.empty() || text[0] == '-' || text[0] == ']') return std::nullopt;
  if (text[0] == '\\') text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  const Rune rune = decode_rune(text);
  text.remove_prefix(rune.size);
  if (!rune.valid || text.empty()) return std::nullopt;
  return rune.value;
}

struct Interval {
  std::uint32_t first;
  std::uint32_t last;
};

std::optional<Interval> take_interval(std::string_view& text) {
  const auto first = take_class_rune(text);
  if (!first) return std::nullopt;
  if (text[0] != '-') return Interval{*first, *first};
  text.remove_prefix(1);
  const auto last = take_class_rune(text);
  if (!last) return std::nullopt;
  return Interval{*first, *last};
}

// The rest of a class after its "[", with its "]".
std::optional<Step> take_class(std::string_view& pattern) {
  Step step{.kind = Step::kClass};
  step.negated = pattern.starts_with('^');
  if (step.negated) pattern.remove_prefix(1);
  std::string_view rest = pattern;
  do {
    if (!take_interval(rest)) return std::nullopt;
  } while (rest[0] != ']');
  step.class_ = pattern.substr(0, pattern.size() - rest.size() + 1);
  pattern = rest.substr(1);
  return step;
}

std::optional<Step> take_step(std::string_view& pattern) {
  if (pattern[0] != '*' && pattern[0] != '?' && pattern[0] != '[') {
    if (pattern[0] == '\\') pattern.remove_prefix(1);
    if (pattern.empty()) return std::nullopt;
    return Step{.kind = Step::kRune, .rune = take_rune(pattern)};
  }
  const char c = pattern[0];
  pattern.remove_prefix(1);
  if (c == '[') return take_class(pattern);
  return Step{.kind = c == '*' ? Step::kAnyRun : Step::kAnyRune};
}

bool class_holds(const Step& step, std::uint32_t rune) {
  bool holds = false;
  std::string_view rest = step.class_;
  while (rest[0] != ']') {
    const auto interval = take_interval(rest);
    holds = holds || (interval->first <= rune && rune <= interval->last);
  }
  return holds != step.negated;
}

// Whether a step other than kAnyRun matches the front of the text, which is then taken off.
bool match_step(const Step& step, std::string_view& text) {
  if (text.empty()) return false;
  if (step.kind == Step::kRune) {
    if (!text.starts_with(step.rune)) return false;
    text.remove_prefix(step.rune.size());
    return true;
  }
  const Rune rune = decode_rune(text);
  if (step.kind == Step::kClass ? !class_holds(step, rune.value) : rune.value == '/') return false;
  text.remove_prefix(rune.size);
  return true;
}

}  // namespace

bool is_valid_glob(std::string_view pattern) {
  while (!pattern.empty()) {
    if (!take_step(pattern)) return false;
  }
  return true;
}

bool match_glob(std::string_view pattern, std::string_view text) {
  if (!is_valid_glob(pattern)) return false;
  // After a mismatch only the latest star need take more: an earlier one could reach nothing new.
  std::optional<std::string_view> star_pattern;
  std::string_view star_text;
  for (;;) {
    if (pattern.empty() && text.empty()) return true;
    if (!pattern.empty()) {
      const auto step = take_step(pattern);
      if (step->kind == Step::kAnyRun) {
        star_pattern = pattern;
        star_text = text;
        continue;
      }
      if (match_step(*step, text)) continue;
    }
    if (!star_pattern || star_text.empty() || star_text[0] == '/') return false;
    star_text.remove_prefix(1);
    pattern = *star_pattern;
    text = star_text;
  }
}

// By the set of positions in the path that the pattern may have come to.
bool match_elements(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  std::vector<bool> reached(path.size() + 1, false);
  reached[0] = true;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::vector<bool> next(path.size() + 1, false);
    if (pattern[i] == "**") {
      const bool is_last = i + 1 == pattern.size();  // what is inside, not the directory itself
      bool any = false;
      for (std::size_t at = 0; at <= path.size(); ++at) {
        next[at] = is_last ? any : any || reached[at];
        any = any || reached[at];
      }
    } else {
      for (std::size_t at = 0; at < path.size(); ++at) next[at + 1] = reached[at] && match_glob(pattern[i], path[at]);
    }
    reached = std::move(next);
  }
  return reached.back();
}

}  // namespace modtool
