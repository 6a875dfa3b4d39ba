#include "core/base/quoted_words.hpp"

namespace modtool {

Result<std::vector<std::string>> split_quoted_words(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n\r";
  std::vector<std::string> words;
  for (;;) {
    const auto start = text.find_first_not_of(kBlank);
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    const char quote_mark = text[0];
    if (quote_mark != '\'' && quote_mark != '"') {
      const auto end = text.find_first_of(kBlank);
      words.emplace_back(text.substr(0, end));
      text = end == std::string_view::npos ? std::string_view() : text.substr(end);
      continue;
    }
    const auto end = text.find(quote_mark, 1);
    if (end == std::string_view::npos) {
      return fail(Code::kBadSetting, std::string("unterminated ") + quote_mark + " string");
    }
    words.emplace_back(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
  }
}

}  // namespace modtool
