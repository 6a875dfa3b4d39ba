#include "tests/lint/source_tree.hpp"

#include <algorithm>
#include <array>

#include "tests/support/files.hpp"

#include "core/base/text.hpp"

namespace modtool::lint {
namespace {

namespace fs = std::filesystem;

constexpr std::array kProductFolders = {"cli", "core", "graph", "vendor_tool"};
constexpr std::array kOtherFolders = {"tests", "docs"};
constexpr std::array kPages = {"ARCHITECTURE.md"};

bool is_read(const fs::path& file) {
  const auto extension = file.extension();
  return extension == ".cpp" || extension == ".hpp" || extension == ".md" || extension == ".txtar" ||
         file.filename() == "CMakeLists.txt";
}

void load_folder(const fs::path& top, const char* folder, SourceTree& tree) {
  if (!fs::is_directory(top / folder)) return;
  for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
    if (!entry.is_regular_file() || !is_read(entry.path())) continue;
    tree.push_back({entry.path().lexically_relative(top).generic_string(), test::read_file(entry.path())});
  }
}

// Where the comment or literal that starts at `at` ends; `at` itself where none starts there.
std::size_t end_of_blank(std::string_view text, std::size_t at) {
  const auto end_after = [&](std::string_view close, std::size_t from) {
    const auto found = text.find(close, from);
    return found == text.npos ? text.size() : found + close.size();
  };
  const auto rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return end_after("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const auto open = text.find('(', at);
    if (open == text.npos) return text.size();
    return end_after(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const bool digit_separator = at > 0 && std::isxdigit(static_cast<unsigned char>(text[at - 1])) != 0;
  if (text[at] != '"' && (text[at] != '\'' || digit_separator)) return at;
  auto end = at + 1;
  while (end < text.size() && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

}  // namespace

SourceTree load_tree(const fs::path& top) {
  SourceTree tree;
  for (const auto* folder : kProductFolders) load_folder(top, folder, tree);
  for (const auto* folder : kOtherFolders) load_folder(top, folder, tree);
  for (const auto* page : kPages) {
    if (fs::is_regular_file(top / page)) tree.push_back({page, test::read_file(top / page)});
  }
  std::ranges::sort(tree, {}, &SourceFile::path);
  return tree;
}

std::string without_comments_and_strings(std::string_view text) {
  std::string blanked(text);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = end_of_blank(text, at);
    for (auto i = at; i < end; ++i) {
      if (blanked[i] != '\n') blanked[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return blanked;
}

bool is_header(std::string_view path) { return path.ends_with(".hpp"); }

bool is_product(std::string_view path) {
  return std::ranges::any_of(kProductFolders,
                             [&](std::string_view folder) { return path.starts_with(std::string(folder) + "/"); });
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  const auto blanked = without_comments_and_strings(text);
  const auto code = split(blanked, '\n');
  const auto lines = split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!trim(code[i]).starts_with("#include")) continue;
    const auto open = lines[i].find_first_of("\"<");
    if (open == std::string_view::npos) continue;
    const auto close = lines[i].find_first_of("\">", open + 1);
    if (close == std::string_view::npos) continue;
    includes.push_back({static_cast<int>(i + 1), lines[i].substr(open + 1, close - open - 1), lines[i][open] == '"'});
  }
  return includes;
}

std::string to_string(const Finding& finding) {
  const auto place = finding.line > 0 ? finding.path + ":" + std::to_string(finding.line) : finding.path;
  return place + ": " + finding.message;
}

}  // namespace modtool::lint
