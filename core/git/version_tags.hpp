// The versions of a module that its repository's tags stand for.
//
// Where a tag names the module's own directory ("libfoo/v1.2.0"), the tags that name none belong to the repository's
// root and are no versions of the module. Branches are never versions, whatever they are called.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_object.hpp"
#include "core/git/git_repository.hpp"
#include "core/git/tag_templates.hpp"

namespace modtool::git {

struct VersionTag {
  std::string version;
  std::string ref;  // "refs/tags/…"; of several with one commit that of the earliest template, then the first by name
  GitId commit;
};

class VersionTags {
 public:
  // Two tags for one version with different commits are an error of `find` for that version alone.
  VersionTags(const std::vector<GitRef>& refs, const TagTemplates& templates);

  // Ascending.
  std::vector<std::string> versions() const;
  // Code::kUnknownVersion, kAmbiguousTag.
  Result<VersionTag> find(const std::string& version) const;
  // The version that a tag ("refs/tags/…") stands for, empty where it stands for none.
  std::string version_of(const std::string& ref) const;
  // The versions that tag a commit, ascending.
  std::vector<std::string> all_at(const GitId& commit) const;
  // The highest of them, empty where there is none.
  std::string highest_at(const GitId& commit) const;

 private:
  struct Candidate {
    VersionTag tag;
    std::size_t rank = 0;
  };

  std::map<std::string, std::vector<Candidate>> candidates_;  // by version; the first is the one to take
  std::map<std::string, std::string> versions_by_ref_;
  std::map<GitId, std::vector<std::string>> versions_by_commit_;  // each ascending
};

}  // namespace modtool::git
