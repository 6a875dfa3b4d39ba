#include <algorithm>
#include <map>
#include <regex>
#include <string>

#include "core/base/text.hpp"
#include "tests/lint/lints.hpp"

namespace modtool::lint {
namespace {

constexpr std::string_view kNameless = "?";

struct Makers {
  int line = 0;  // of the first
  int count = 0;
};
using MakersByPlace = std::map<std::string, Makers, std::less<>>;

// The name of the function that a line begins: the word in front of its first bracket; empty where it begins none.
std::string begun_function(std::string_view line) {
  const auto bracket = line.find('(');
  if (bracket == line.npos || line.ends_with(';')) return {};
  auto start = bracket;
  while (start > 0 && (std::isalnum(static_cast<unsigned char>(line[start - 1])) != 0 || line[start - 1] == '_'))
    --start;
  return std::string(line.substr(start, bracket - start));
}

bool begins_at(std::string_view line, std::size_t column) {
  return line.size() > column && line.substr(0, column).find_first_not_of(' ') == line.npos &&
         std::isalpha(static_cast<unsigned char>(line[column])) != 0;
}

// Functions stand at the first column, and those of a class two further, as clang-format sets them.
class Functions {
 public:
  void read(std::string_view line) {
    constexpr std::size_t kMember = 2;
    if (begins_at(line, 0)) {
      is_class_ = line.starts_with("class ") || line.starts_with("struct ");
      name_ = is_class_ ? std::string() : begun_function(line);
    } else if (is_class_ && begins_at(line, kMember)) {
      if (auto name = begun_function(line); !name.empty()) name_ = std::move(name);
    }
  }
  std::string current() const { return name_.empty() ? std::string(kNameless) : name_; }

 private:
  bool is_class_ = false;
  std::string name_;
};

// How often a line makes a fix; what is only a further command of one counts no more.
int count_makers(std::string_view line) {
  static const std::regex made(R"((\.then\()?\bFix::(modtool|command|again)\()");
  int count = 0;
  using Matches = std::regex_iterator<std::string_view::const_iterator>;
  for (auto match = Matches(line.begin(), line.end(), made); match != Matches(); ++match) {
    if (!(*match)[1].matched) ++count;
  }
  return count;
}

void find_makers(const SourceFile& file, MakersByPlace& makers) {
  constexpr std::string_view kTheirOwn = "core/base/fix.";
  if (!is_product(file.path) || !file.path.ends_with(".cpp") || file.path.starts_with(kTheirOwn)) return;
  const std::string code = without_comments_and_strings(file.text);
  Functions functions;
  int number = 0;
  for (const auto line : split_lines(code)) {
    ++number;
    functions.read(line);
    const int count = count_makers(line);
    if (count == 0) continue;
    auto& place = makers[file.path + ":" + functions.current()];
    if (place.count == 0) place.line = number;
    place.count += count;
  }
}

// What a line says of fixes: a step of a script, and in other tests the end of a line behind `// `.
std::string_view said_of_fixes(std::string_view path, std::string_view line) {
  constexpr std::string_view kComment = "// ";
  const auto comment = line.find(kComment);
  if (!path.ends_with(".txtar")) line = comment == line.npos ? "" : line.substr(comment + kComment.size());
  const auto said = trim(line);
  return said.starts_with("fix ") || said.starts_with("untyped ") ? said : "";
}

void find_typed(const SourceFile& file, const MakersByPlace& makers, std::map<std::string_view, int>& typed,
                Findings& findings) {
  int number = 0;
  for (const auto line : split_lines(file.text)) {
    ++number;
    for (const auto word : split_fields(said_of_fixes(file.path, line))) {
      if (!word.contains(".cpp:")) continue;
      const auto place = makers.find(word);
      if (place == makers.end()) {
        findings.push_back({file.path, number, "no fix is made in " + std::string(word)});
      } else {
        ++typed[place->first];
      }
    }
  }
}

}  // namespace

Findings check_fixes(const SourceTree& tree) {
  MakersByPlace makers;
  for (const auto& file : tree) find_makers(file, makers);
  Findings findings;
  std::map<std::string_view, int> typed;
  for (const auto& file : tree) {
    const bool is_test = file.path.starts_with("tests/") && !file.path.starts_with("tests/lint/");
    if (is_test) find_typed(file, makers, typed, findings);
  }
  for (const auto& [place, made] : makers) {
    if (typed[place] >= made.count) continue;
    const auto colon = place.rfind(':');
    findings.push_back({place.substr(0, colon), made.line,
                        "of " + std::to_string(made.count) + " fixes tests type " + std::to_string(typed[place]) +
                            ": `fix " + place + "`"});
  }
  return findings;
}

}  // namespace modtool::lint
