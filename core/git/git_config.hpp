// Git configuration: the user's, as far as it has a say (where repositories really are, how https servers are reached,
// who has logins), and a repository's, for entries of ours.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_url.hpp"

namespace modtool::git {

// A key and its value; a key without one is a truth value.
using GitConfigEntry = std::pair<std::string, std::optional<std::string>>;

// Where the configuration stands; nothing is looked for elsewhere.
struct GitConfigFiles {
  std::vector<std::string> files;       // a later one overrules; at most 6; one that is absent is passed over
  std::vector<GitConfigEntry> entries;  // from elsewhere; they overrule the files
  std::string problem;                  // why there are no such entries; empty: nothing is wrong with them
  std::string home;                     // what "~/" means in an include.path; may be empty
};

// "url.<base>.insteadOf = <prefix>"
struct GitRewrite {
  std::string base;
  std::string prefix;

  bool operator==(const GitRewrite&) const = default;
};

// "http.<key> = <value>", or "http.<url>.<key>" for what lies below a URL
struct GitHttpSetting {
  std::string url;
  std::string key;  // in lower case
  std::string value;

  bool operator==(const GitHttpSetting&) const = default;
};

// "credential.helper = <command>", or "credential.<url>.helper" for what lies below a URL; git runs each that fits. An
// empty command takes back those before it.
struct GitHelper {
  std::string url;
  std::string command;

  bool operator==(const GitHelper&) const = default;
};

struct GitConfig {
  std::vector<GitRewrite> rewrites = {};  // in the order of the files
  // of proxy, sslCAInfo, sslCAPath, sslVerify and extraHeader; in the order of the files
  std::vector<GitHttpSetting> http = {};
  std::vector<GitHelper> helpers = {};  // in the order of the files
};

// May be called from any thread. Code::kBadSetting where a file cannot be parsed.
Result<GitConfig> load_git_config(const GitConfigFiles& files);

// The entries of GIT_CONFIG_PARAMETERS, in which git hands on what `git -c` was given: quoted for a shell and separated
// by blanks, 'key=value' or, since git 2.31, 'key'='value'. Without a value: 'key', 'key'=. Code::kBadSetting for what
// git calls bogus.
Result<std::vector<GitConfigEntry>> parse_git_parameters(std::string_view text);

// Sets an entry of a configuration file, which is made where it is absent, in one step. Says whether it had another
// value before. `home` as above. Code::kBadSetting where the file cannot be parsed or written.
Result<bool> set_git_config(const std::string& file, const std::string& home, const std::string& key,
                            const std::string& value);

// The configuration, read when it is first asked for: what asks no repository needs none. May be used from any thread.
class LazyGitConfig {
 public:
  explicit LazyGitConfig(GitConfigFiles files) : files_(std::move(files)) {}
  // What is given lives as long as this object.
  Result<const GitConfig*> get() const;

 private:
  GitConfigFiles files_;
  mutable std::once_flag once_;
  mutable std::optional<Result<GitConfig>> loaded_;
};

// The value of http.<key> for a URL: the last one of those that fit best, by host, then by path (git-config(1),
// http.<url>.*). `key` in lower case.
std::optional<std::string> http_setting(const GitConfig& config, std::string_view key, const GitUrl& url);

// All values of http.extraHeader for a URL that git would send: those that fit no worse than one before them; an empty
// one takes back what stands before it.
std::vector<std::string> extra_headers(const GitConfig& config, const GitUrl& url);

// A helper for messages: its first word, as its arguments may be secrets.
std::string shown_helper(const std::string& command);
// The credential helpers that git would run for a URL, each as it is shown.
std::vector<std::string> helper_names(const GitConfig& config, const GitUrl& url);

// The URL with the longest prefix that fits replaced, once. What comes out is no more trusted than what went in.
std::string apply_rewrites(const GitConfig& config, std::string_view url);

}  // namespace modtool::git
