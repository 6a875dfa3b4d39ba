// The files a lint reads, and what it finds in them. Lints are functions from files to findings, so that their own
// tests can plant violations in trees made of strings.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace modtool::lint {

struct SourceFile {
  std::string path;  // from the top of the repository, with slashes
  std::string text;
};
using SourceTree = std::vector<SourceFile>;

struct Finding {
  std::string path;
  int line = 0;  // 0 where the finding is about the file as a whole
  std::string message;

  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

// The sources and build files of the product and its tests, and the error pages, sorted by path.
SourceTree load_tree(const std::filesystem::path& top);

// The text with comments, and what stands between quotes, made blank; lines and columns stay.
std::string without_comments_and_strings(std::string_view text);

struct Include {
  int line = 0;
  std::string_view target;  // what stands between the quotes or angle brackets
  bool quoted = false;
};

// In the order of the text, into which the views point.
std::vector<Include> includes_of(std::string_view text);

bool is_header(std::string_view path);
bool is_product(std::string_view path);

// `file:line: message`, as compilers print it.
std::string to_string(const Finding& finding);

}  // namespace modtool::lint
