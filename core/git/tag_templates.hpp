// Which version a Git tag stands for. A template is a tag's text with placeholders:
//
//   {version}  MAJOR.MINOR[.PATCH][-PRE]
//   {major} {minor} {patch}  a number each; one that the template lacks is 0
//   {pre}      a pre-release, without its "-"
//   {subdir}   the module's directory in the repository; "{subdir}/" is nothing for a module at its root
//
// A tag that no template fits has no version: four numbers, letters, build metadata and a lone number ("v1", which
// people move from release to release) are never guessed at. Zeros in front of a number are dropped.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::git {

struct TagVersion {
  std::string version;   // canonical
  std::size_t rank = 0;  // of the template that fits: 0 is the first
  bool own = false;      // the tag names the module's directory: it belongs to this module and no other
};

class TagTemplates {
 public:
  // No templates mean "{subdir}/v{version}", "v{version}", "{version}". Code::kBadTagTemplate.
  static Result<TagTemplates> parse(const std::vector<std::string>& templates, std::string_view subdirectory);

  // What the first template that fits makes of a tag's name (without "refs/tags/").
  std::optional<TagVersion> match(std::string_view tag) const;

 private:
  enum class Kind { kText, kVersion, kMajor, kMinor, kPatch, kPre };
  struct Piece {
    Kind kind = Kind::kText;
    std::string text;  // of kText
  };
  struct Template {
    std::vector<Piece> pieces;
    bool own = false;
  };
  struct Numbers;
  class Parser;
  class Matcher;

  std::vector<Template> templates_;
};

}  // namespace modtool::git
