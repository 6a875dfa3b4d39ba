#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "core/base/text.hpp"
#include "tests/lint/lints.hpp"

namespace modtool::lint {
namespace {

constexpr std::string_view kPage = "ARCHITECTURE.md";
constexpr std::string_view kHeading = "## Faces";
constexpr std::string_view kAll = "*";

bool is_source(std::string_view path) { return path.ends_with(".cpp") || is_header(path); }

// A header as a face lists it: "git_source" of core/git, "cmake/prefix" of core/build.
std::string name_in(std::string_view layer, std::string_view header) {
  return std::string(
      header.substr(layer.size() + 1, header.size() - layer.size() - 1 - std::string_view(".hpp").size()));
}

using Faces = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

// The lines "core/git: git_checkout git_child" below the heading, up to the next one.
Faces read_faces(const SourceTree& tree) {
  Faces faces;
  const auto page = std::ranges::find(tree, kPage, &SourceFile::path);
  if (page == tree.end()) return faces;
  bool is_inside = false;
  for (const auto line : split_lines(page->text)) {
    if (line.starts_with("## ")) is_inside = line == kHeading;
    const auto colon = line.find(": ");
    if (!is_inside || colon == line.npos || line.substr(0, colon).contains(' ')) continue;
    auto& face = faces[std::string(line.substr(0, colon))];
    for (const auto name : split_fields(line.substr(colon + 1))) face.emplace(name);
  }
  return faces;
}

struct Rule {
  std::string_view folder;                // whose headers are meant
  std::vector<std::string_view> allowed;  // starts of the paths that may include them
};

// Taking a dialect away takes these folders and its row.
const std::vector<Rule> kDialects = {
    {"core/gomod/", {"core/gomod/", "core/packages/", "core/project/go_row.cpp"}},
    {"core/packages/", {"core/packages/", "core/project/go_row.cpp"}},
    {"core/native/", {"core/native/", "core/project/native_row.cpp"}},
};

void check_dialects(const SourceFile& file, Findings& findings) {
  for (const auto& include : includes_of(file.text)) {
    for (const auto& rule : kDialects) {
      const auto may = [&](std::string_view start) { return file.path.starts_with(start); };
      if (!include.target.starts_with(rule.folder) || std::ranges::any_of(rule.allowed, may)) continue;
      findings.push_back(
          {file.path, include.line,
           "`" + std::string(include.target) + "` is a dialect's own, and this is no row of project's table"});
    }
  }
}

// cli/run.cpp is at the top; cli/tasks/build.cpp is not.
bool may_name_console(std::string_view path) {
  constexpr std::string_view kTop = "cli/";
  return path.starts_with("cli/commands/") || (path.starts_with(kTop) && !path.substr(kTop.size()).contains('/'));
}

void check_console(const SourceFile& file, Findings& findings) {
  static const std::regex name(R"(\b(Console|Session)\b)");
  if (may_name_console(file.path)) return;
  const auto code = without_comments_and_strings(file.text);
  int number = 0;
  for (const auto line : split(code, '\n')) {
    ++number;
    if (std::match_results<std::string_view::const_iterator> match;
        std::regex_search(line.begin(), line.end(), match, name)) {
      findings.push_back({file.path, number, "`" + match.str() + "` is for cli/commands and cli's own top"});
    }
  }
}

void check_tasks(const SourceTree& tree, Findings& findings) {
  constexpr std::size_t kMostLines = 1500;
  constexpr std::string_view kTasks = "cli/tasks/";
  std::size_t lines = 0;
  for (const auto& file : tree) {
    if (file.path.starts_with(kTasks) && is_source(file.path)) lines += split_lines(file.text).size();
  }
  if (lines > kMostLines) {
    findings.push_back({std::string(kTasks), 0, std::to_string(lines) + " lines: what computes belongs below"});
  }
}

}  // namespace

Findings check_faces(const SourceTree& tree) {
  const auto faces = read_faces(tree);
  if (faces.empty()) return {{std::string(kPage), 0, "it lists no faces"}};
  Findings findings;
  Faces used;
  for (const auto& file : tree) {
    if (!is_product(file.path) || !is_source(file.path)) continue;
    for (const auto& include : includes_of(file.text)) {
      const auto layer = layer_of(include.target);
      if (!include.quoted || layer == layer_of(file.path)) continue;
      const auto name = name_in(layer, include.target);
      used[std::string(layer)].insert(name);
      const auto face = faces.find(layer);
      if (face != faces.end() && (face->second.contains(kAll) || face->second.contains(name))) continue;
      findings.push_back({file.path, include.line,
                          "`" + name + "` is not in the face of " + std::string(layer) + " (ARCHITECTURE.md)"});
    }
  }
  for (const auto& [layer, face] : faces) {
    for (const auto& name : face) {
      if (name == kAll || used[layer].contains(name)) continue;
      findings.push_back({std::string(kPage), 0, "nobody else includes `" + name + "` of " + layer});
    }
  }
  return findings;
}

Findings check_house(const SourceTree& tree) {
  Findings findings;
  for (const auto& file : tree) {
    if (!is_product(file.path) || !is_source(file.path)) continue;
    check_dialects(file, findings);
    check_console(file, findings);
  }
  check_tasks(tree, findings);
  return findings;
}

}  // namespace modtool::lint
