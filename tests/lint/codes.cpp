#include <algorithm>
#include <cctype>
#include <regex>
#include <string>

#include "core/base/text.hpp"
#include "tests/lint/lints.hpp"

namespace modtool::lint {
namespace {

constexpr std::string_view kTable = "core/base/error_code.hpp";
constexpr std::string_view kPages = "docs/errors/";

struct NamedCode {
  std::string enumerator;  // "kChecksumMismatch"
  std::string number;      // "MT4001"
  int line = 0;
};

std::vector<NamedCode> codes_of(const SourceFile& table) {
  static const std::regex enumerator(R"(^ *(k[A-Za-z0-9]+)(?: = ([0-9]+))?,)");
  std::vector<NamedCode> codes;
  int line_number = 0;
  int value = -1;
  for (const auto line : split_lines(table.text)) {
    ++line_number;
    std::match_results<std::string_view::const_iterator> match;
    if (!std::regex_search(line.begin(), line.end(), match, enumerator)) continue;
    value = match[2].matched ? std::stoi(match.str(2)) : value + 1;
    const auto digits = std::to_string(value);
    codes.push_back(
        {match.str(1), "MT" + std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits, line_number});
  }
  return codes;
}

std::string page_path(const NamedCode& code) { return std::string(kPages) + code.number + ".md"; }

bool has_page(const SourceTree& tree, const NamedCode& code) {
  return std::ranges::any_of(
      tree, [&](const SourceFile& file) { return file.path == page_path(code) && !trim(file.text).empty(); });
}

bool has_code(const std::vector<NamedCode>& codes, const SourceFile& page) {
  return std::ranges::any_of(codes, [&](const NamedCode& code) { return page.path == page_path(code); });
}

bool names(std::string_view text, const std::string& word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if (end == text.size() || std::isalnum(static_cast<unsigned char>(text[end])) == 0) return true;
  }
  return false;
}

// Tests name a code by its enumerator (`Code::kChecksumMismatch`) or, in scripts, by its number.
bool has_test(const SourceTree& tree, const NamedCode& code) {
  return std::ranges::any_of(tree, [&](const SourceFile& file) {
    return file.path.starts_with("tests/") && !file.path.starts_with("tests/lint/") &&
           (names(file.text, "Code::" + code.enumerator) || names(file.text, code.number));
  });
}

}  // namespace

Findings check_codes(const SourceTree& tree) {
  const auto table = std::ranges::find(tree, kTable, &SourceFile::path);
  if (table == tree.end()) return {{std::string(kTable), 0, "the table of codes is gone"}};
  const auto codes = codes_of(*table);
  if (codes.empty()) return {{table->path, 0, "no code could be read from the table"}};
  Findings findings;
  for (const auto& code : codes) {
    const auto name = code.enumerator + " (" + code.number + ")";
    if (!has_page(tree, code)) findings.push_back({table->path, code.line, name + " has no page in docs/errors/"});
    if (!has_test(tree, code)) findings.push_back({table->path, code.line, name + " is named by no test"});
  }
  for (const auto& file : tree) {
    if (file.path.starts_with(kPages) && !has_code(codes, file))
      findings.push_back({file.path, 0, "no code has this page"});
  }
  return findings;
}

}  // namespace modtool::lint
