#include "tests/scripts/harness/tree.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "core/base/text.hpp"
#include "tests/support/files.hpp"

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

// The length of the longest common subsequence of every pair of tails.
std::vector<std::vector<int>> common_tails(const std::vector<std::string_view>& a,
                                           const std::vector<std::string_view>& b) {
  std::vector<std::vector<int>> length(a.size() + 1, std::vector<int>(b.size() + 1, 0));
  for (auto i = a.size(); i-- > 0;) {
    for (auto j = b.size(); j-- > 0;) {
      length[i][j] = a[i] == b[j] ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
    }
  }
  return length;
}

std::string content(const fs::path& path) {
  if (fs::is_symlink(path)) return "link to " + fs::read_symlink(path).string();
  if (fs::is_directory(path)) return "directory";
  return "file " + read_file(path);
}

using Contents = std::map<std::string, std::string>;

Contents contents(const fs::path& top) {
  Contents found;
  for (const auto& entry : fs::recursive_directory_iterator(top)) {
    found[entry.path().lexically_relative(top).generic_string()] = content(entry.path());
  }
  return found;
}

Contents strict_contents(const fs::path& top, const std::set<std::string>& left_out) {
  Contents found = contents(top);
  for (const auto& name : left_out) found.erase(name);
  for (auto& [name, bytes] : found) {
    const auto mode = static_cast<unsigned>(fs::symlink_status(top / name).permissions());
    bytes = fmt::format("mode {:o}\n{}", mode, bytes);
  }
  return found;
}

std::string difference(const Contents& a, Contents b, const std::string& first, const std::string& second) {
  std::string text;
  for (const auto& [name, bytes] : a) {
    const auto other = b.find(name);
    if (other == b.end()) {
      text += "only in " + first + ": " + name + "\n";
      continue;
    }
    if (other->second != bytes) text += "differs: " + name + "\n" + line_difference(bytes, other->second);
    b.erase(other);
  }
  for (const auto& [name, bytes] : b) text += "only in " + second + ": " + name + "\n";
  return text;
}

}  // namespace

std::string line_difference(std::string_view first, std::string_view second) {
  const auto a = split_lines(first);
  const auto b = split_lines(second);
  const auto length = common_tails(a, b);
  std::string text;
  const auto show = [&text](char sign, std::string_view line) { ((text += sign) += line) += '\n'; };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      ++i, ++j;
    } else if (j == b.size() || (i < a.size() && length[i + 1][j] >= length[i][j + 1])) {
      show('-', a[i++]);
    } else {
      show('+', b[j++]);
    }
  }
  return text.empty() && first != second ? "only line ends differ\n" : text;
}

std::string tree_difference(const fs::path& first, const fs::path& second) {
  return difference(contents(first), contents(second), first.filename().string(), second.filename().string());
}

std::string strict_tree_difference(const fs::path& first, const fs::path& second,
                                   const std::set<std::string>& left_out) {
  return difference(strict_contents(first, left_out), strict_contents(second, left_out), first.filename().string(),
                    second.filename().string());
}

void remove_tree(const fs::path& top) {
  std::error_code ignored;
  for (fs::recursive_directory_iterator entry(top, ignored), end; entry != end; entry.increment(ignored)) {
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
      fs::permissions(entry->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    }
  }
  fs::remove_all(top);
}

}  // namespace modtool::test
