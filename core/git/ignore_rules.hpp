// The rules of .gitignore files (git-scm.com/docs/gitignore), as far as files that are not added yet are concerned:
// which rule leaves a file out, and where it stands.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modtool::git {

struct IgnoreRule {
  std::string file;  // "vendor/a.org/x/.gitignore", from the root of the work tree
  int line = 0;
  std::string text;  // as written

  bool operator==(const IgnoreRule&) const = default;
};

// The rule files of a work tree. Paths are slash-separated, from its root.
class IgnoreRules {
 public:
  // The text of the .gitignore of a directory ("" is the root); nothing where there is none.
  void add(std::string directory, std::string_view text);

  // The rule that keeps a file out of Git: of the nearest rule file that speaks of it the last one that does, where
  // that takes nothing back. What lies in a directory that is kept out cannot be taken back.
  std::optional<IgnoreRule> rule_for(std::string_view file) const;

 private:
  struct Pattern {
    int line = 0;
    std::string text;
    std::vector<std::string> segments;  // between slashes; "**" stands for any number of them
    bool takes_back = false;
    bool is_for_directories = false;
  };

  static std::optional<Pattern> parse(std::string_view line);
  static bool matches(const Pattern& pattern, std::string_view path, bool is_directory);
  // What the rule files above `path` say of it alone: the pattern that decides, and the directory of its file.
  struct Decision {
    const std::string* directory = nullptr;
    const Pattern* pattern = nullptr;
  };
  Decision decide(std::string_view path, bool is_directory) const;

  std::map<std::string, std::vector<Pattern>, std::less<>> patterns_;  // by directory
};

}  // namespace modtool::git
