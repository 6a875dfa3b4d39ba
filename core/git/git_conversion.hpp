// What attributes have Git make of a file between a commit and a work tree (gitattributes(5)). For the sources of this
// folder.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

struct git_repository;  // of libgit2

namespace modtool::git {

struct GitLibrary;

struct GitConversion {
  enum class Text { kNo, kYes, kGuess };

  Text text = Text::kNo;
  bool wants_crlf = false;  // of a text, in the work tree
  bool expands_id = false;  // $Id$
  bool has_driver = false;  // a filter or an encoding, of which only a machine's configuration or iconv knows

  bool operator==(const GitConversion&) const = default;
};

// What holds for a path in the work tree of a repository; `flags` as of git_attr_get_many. Code::kBadGitRepository.
Result<GitConversion> read_git_conversion(const GitLibrary& git, git_repository* repository, const std::string& name,
                                          unsigned flags);

// Whether these bytes of a work tree would come out of a clone otherwise.
bool changes_in_a_clone(const GitConversion& conversion, std::string_view bytes);

// The bytes of a commit as a checkout on a machine without settings writes them; `id` is that of the blob. Drivers are
// taken to be unknown there, as they are by default.
std::string as_checked_out(const GitConversion& conversion, std::string bytes, const std::string& id);

}  // namespace modtool::git
