#include "tests/scripts/harness/same.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.hpp"
#include "tests/scripts/harness/tree.hpp"

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

constexpr auto kCopy = fs::copy_options::recursive | fs::copy_options::copy_symlinks;

// The directories that a command may change; a command never works on copies, since messages name the directory.
constexpr std::array kWorkedOn = {"work", "gopath"};

const std::set<std::string> kNotCompared = {"pkg/mod/cache/lock"};

void keep(const fs::path& scratch, const std::string& suffix) {
  for (const auto* name : kWorkedOn) fs::copy(scratch / name, scratch / (name + suffix), kCopy);
}

void move_away(const fs::path& scratch, const std::string& suffix) {
  for (const auto* name : kWorkedOn) fs::rename(scratch / name, scratch / (name + suffix));
}

void put_back(const fs::path& scratch, const std::string& suffix) {
  for (const auto* name : kWorkedOn) fs::rename(scratch / (name + suffix), scratch / name);
}

// Go downloads in parallel: the lines that say so come first here, sorted; all others stay in their order.
std::string with_sorted_downloads(const std::string& text) {
  auto lines = split_lines(text);
  const auto is_download = [](std::string_view line) { return line.starts_with("go: downloading "); };
  const auto others = std::ranges::stable_partition(lines, is_download);
  std::sort(lines.begin(), others.begin());
  std::string sorted;
  for (const auto line : lines) (sorted += line) += '\n';
  return sorted;
}

std::string part(const std::string& title, const std::string& difference) {
  return difference.empty() ? "" : title + " (-go +modtool):\n" + difference;
}

Outcome run(Script& script, const std::string& program, std::vector<std::string> words) {
  words.insert(words.begin(), program);
  script.run_and_log(std::move(words));
  return *script.last;
}

}  // namespace

std::string difference_from_go(Script& script, const std::vector<std::string>& words, Compare compare) {
  const fs::path scratch = fs::path(script.variable("WORK")).parent_path();
  keep(scratch, ".before");
  const auto go = run(script, "go", words);
  move_away(scratch, ".go");
  put_back(scratch, ".before");
  const auto ours = run(script, "modtool", words);
  auto difference =
      part("standard output", line_difference(go.out, ours.out)) +
      part("standard error", line_difference(with_sorted_downloads(go.err), with_sorted_downloads(ours.err)));
  if (compare != Compare::kOutput) difference += part("files", tree_difference(scratch / "work.go", scratch / "work"));
  if (compare == Compare::kCacheToo) {
    difference += part("module cache", strict_tree_difference(scratch / "gopath.go", scratch / "gopath", kNotCompared));
  }
  if (go.status != ours.status) {
    difference += "exit status " + std::to_string(ours.status) + ", not " + std::to_string(go.status) + "\n";
  }
  for (const auto* name : kWorkedOn) remove_tree(scratch / (name + std::string(".go")));
  return difference;
}

}  // namespace modtool::test
