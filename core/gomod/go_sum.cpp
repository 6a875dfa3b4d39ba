#include "core/gomod/go_sum.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "core/manifest/conflict_marker.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kEmptyGoModHash = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";

using Fields = std::vector<std::string_view>;

// What is wrong with a line, if anything.
Result<void> check_line(std::string_view line, const Fields& fields) {
  const bool marker = manifest::is_conflict_marker(line);
  const Code code = marker ? Code::kConflictMarker : Code::kGoSumSyntax;
  if (fields.size() != 3) return fail(code, "wrong number of fields " + std::to_string(fields.size()));
  if (marker) return fail(code, "the file holds a merge conflict");
  return {};
}

Error malformed(std::vector<Error> problems) {
  const bool conflict = std::ranges::any_of(problems, [](const Error& e) { return e.code == Code::kConflictMarker; });
  return {.code = conflict ? Code::kConflictMarker : Code::kGoSumSyntax,
          .message = "malformed go.sum:",
          .problems = std::move(problems)};
}

}  // namespace

Result<manifest::ChecksumTable> parse_go_sum(std::string_view text, const std::string& file) {
  manifest::ChecksumTable table;
  std::vector<Error> problems;
  Where where{.file = file};
  for (const auto line : split_lines(text)) {
    ++where.line;
    const auto fields = split_fields(line);
    if (fields.empty()) continue;
    if (auto good = check_line(line, fields); !good) {
      problems.push_back(std::move(good).error().at(where));
    } else if (fields[2] != kEmptyGoModHash) {
      table.add({.path = std::string(fields[0]), .version = std::string(fields[1])}, std::string(fields[2]), where);
    }
  }
  if (!problems.empty()) return fail(malformed(std::move(problems)));
  return table;
}

std::string format_go_sum(const manifest::ChecksumTable& table) {
  std::vector<module::ModuleVersion> keys;
  for (const auto& [key, lines] : table.all()) keys.push_back(key);
  std::ranges::sort(keys, module::module_less);
  std::string text;
  for (const auto& key : keys) {
    std::set<std::string_view> hashes;
    for (const auto& line : table.lines(key)) hashes.insert(line.hash);
    for (const auto hash : hashes) text += key.path + " " + key.version + " " + std::string(hash) + "\n";
  }
  return text;
}

}  // namespace modtool::gomod
