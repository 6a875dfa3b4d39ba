// The user's Git configuration, as far as it has a say: where repositories really are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::source {

// Where the configuration stands; nothing is looked for elsewhere.
struct GitConfigFiles {
  std::vector<std::string> files;  // a later one overrules; at most 6; one that is absent is passed over
  std::string home;                // what "~/" means in an include.path; may be empty
};

// "url.<base>.insteadOf = <prefix>"
struct GitRewrite {
  std::string base;
  std::string prefix;

  bool operator==(const GitRewrite&) const = default;
};

struct GitConfig {
  std::vector<GitRewrite> rewrites;  // in the order of the files
};

// May be called from any thread. Code::kBadSetting where a file cannot be parsed.
Result<GitConfig> load_git_config(const GitConfigFiles& files);

// The URL with the longest prefix that fits replaced, once. What comes out is no more trusted than what went in.
std::string apply_rewrites(const GitConfig& config, std::string_view url);

}  // namespace modtool::source
