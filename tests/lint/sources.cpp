#include <regex>
#include <string>

#include "core/base/text.hpp"
#include "tests/lint/lints.hpp"

namespace modtool::lint {
namespace {

constexpr std::size_t kMostLines = 400;      // of product code
constexpr std::size_t kMostTestLines = 600;  // tables grow

bool is_source(std::string_view path) { return path.ends_with(".cpp") || is_header(path); }

void find_lines(const SourceFile& file, std::string_view text, const std::regex& pattern, std::string_view message,
                Findings& findings) {
  int number = 0;
  for (const auto line : split(text, '\n')) {
    ++number;
    if (std::match_results<std::string_view::const_iterator> match;
        std::regex_search(line.begin(), line.end(), match, pattern)) {
      findings.push_back({file.path, number, "`" + match.str() + "`: " + std::string(message)});
    }
  }
}

}  // namespace

Findings check_quiet(const SourceTree& tree) {
  // `_exit` stays allowed: it is how a forked child that could not start its program ends.
  static const std::regex loud(
      R"(\b(exit|quick_exit|abort|terminate|getenv|secure_getenv|setenv|putenv|printf|fprintf|puts|perror) *\()"
      R"(|\b(cout|cerr|clog|environ)\b)");
  Findings findings;
  for (const auto& file : tree) {
    if (!is_product(file.path) || file.path.starts_with("cli/") || !is_source(file.path)) continue;
    find_lines(file, without_comments_and_strings(file.text), loud, "only cli prints, exits or reads the environment",
               findings);
  }
  return findings;
}

Findings check_shape(const SourceTree& tree) {
  static const std::regex unfinished(R"(\b(TODO|FIXME|XXX)\b)");
  Findings findings;
  for (const auto& file : tree) {
    if (!is_product(file.path) || !is_source(file.path)) continue;
    find_lines(file, file.text, unfinished, "nothing is left for later", findings);
  }
  return findings;
}

Findings look_for_length(const SourceTree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_source(file.path)) continue;
    const auto lines = split_lines(file.text).size();
    if (lines > (is_product(file.path) ? kMostLines : kMostTestLines)) {
      findings.push_back({file.path, 0, std::to_string(lines) + " lines: perhaps two rooms in one"});
    }
  }
  return findings;
}

Findings check_binary(std::string_view path, std::string_view bytes) {
  if (!bytes.contains("TESTGO_")) return {};
  return {{std::string(path), 0, "holds the name of a hook of go's own tests (`TESTGO_…`)"}};
}

}  // namespace modtool::lint
