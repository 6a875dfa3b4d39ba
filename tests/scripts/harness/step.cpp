#include "tests/scripts/harness/step.hpp"

#include <cctype>

#include "core/base/text.hpp"

namespace modtool::test {
namespace {

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Appends the quoted text that starts at `at` and gives the place after it; npos where the quote stays open.
std::size_t read_quoted(std::string_view line, std::size_t at, std::string& word) {
  for (++at; at < line.size(); ++at) {
    if (line[at] != '\'') {
      word += line[at];
    } else if (at + 1 < line.size() && line[at + 1] == '\'') {
      word += line[at++];
    } else {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

Result<std::vector<std::string>> split_words(std::string_view line, const Lookup& variable) {
  std::vector<std::string> words;
  for (std::size_t at = line.find_first_not_of(" \t"); at < line.size(); at = line.find_first_not_of(" \t", at)) {
    if (line[at] == '#') break;
    std::string word;
    while (at < line.size() && line[at] != ' ' && line[at] != '\t') {
      if (line[at] == '\'') {
        at = read_quoted(line, at, word);
        if (at == std::string_view::npos) return fail(Code::kUsage, "a quote stays open");
        continue;
      }
      const auto end = std::min(line.find_first_of(" \t'", at), line.size());
      word += expand(line.substr(at, end - at), variable);
      at = end;
    }
    words.push_back(std::move(word));
  }
  return words;
}

bool take_condition(const std::string& word, Step& step) {
  if (word.size() < 3 || !word.starts_with('[') || !word.ends_with(']')) return false;
  const bool negated = word[1] == '!';
  const std::size_t start = negated ? 2 : 1;
  step.conditions.push_back({word.substr(start, word.size() - 1 - start), !negated});
  return true;
}

}  // namespace

std::vector<std::string> split_rows(const std::string& steps) {
  std::vector<std::string> rows(1);
  std::string before;
  std::string skipped;
  for (const auto line : split_lines(steps)) {
    if (line.starts_with("row ")) {
      if (rows.size() == 1) before = rows.front();
      rows.push_back(before + skipped);
    }
    rows.back().append(line).append("\n");
    if (rows.size() > 1) skipped += '\n';
  }
  if (rows.size() > 1) rows.erase(rows.begin());
  return rows;
}

std::string expand(std::string_view text, const Lookup& variable) {
  std::string expanded;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '$') {
      expanded += text[at++];
      continue;
    }
    const bool braced = text.substr(at).starts_with("${");
    const auto start = at + (braced ? 2 : 1);
    auto end = start;
    while (end < text.size() && is_name(text[end])) ++end;
    if (end == start) {
      expanded += text[at++];
      continue;
    }
    expanded += variable(text.substr(start, end - start));
    at = end + (braced ? 1 : 0);
  }
  return expanded;
}

Result<Step> parse_step(std::string_view line, int number, const Lookup& variable) {
  Step step{.line = number, .text = std::string(trim(line))};
  MODTOOL_TRY(auto words, split_words(line, variable));
  auto word = words.begin();
  while (word != words.end() && take_condition(*word, step)) ++word;
  if (word != words.end() && *word == "!") {
    step.must_fail = true;
    ++word;
  }
  if (word == words.end()) return step;
  step.command = std::move(*word);
  step.arguments.assign(word + 1, words.end());
  return step;
}

}  // namespace modtool::test
