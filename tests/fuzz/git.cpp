// What Git repositories and manifests hold: objects, URLs, tags, and a child's replies.
#include <string>

#include "core/git/git_network.hpp"
#include "core/git/git_object.hpp"
#include "core/git/git_url.hpp"
#include "core/git/tag_templates.hpp"
#include "core/module/semver.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

void check_tree(std::string_view input) {
  const auto tree = git::parse_git_tree(input);
  if (!tree) return;
  for (const auto& entry : *tree) {
    must(!entry.name.empty() && entry.name != "." && entry.name != "..", "an entry has a name");
    must(entry.name.find('/') == std::string::npos && entry.name != ".git", "an entry stays in its directory");
  }
}

void check_url(std::string_view input) {
  const auto url = git::parse_git_url(input);
  if (!url) return;
  must(!input.starts_with('-') && !url->host.starts_with('-') && !url->user.starts_with('-'), "no URL is an option");
  must(input.find('\n') == std::string_view::npos && url->path.find('\n') == std::string::npos, "a URL is one line");
  must(url->host.empty() == (url->transport == git::GitTransport::kLocal), "remote repositories have a host");
  const auto shown = git::parse_git_url(url->shown());
  must(shown && shown->identity() == url->identity(), "a password is no part of a repository");
}

void check_tag(std::string_view input) {
  const auto [text, tag] = split_input(input);
  const auto templates = git::TagTemplates::parse({std::string(text)}, "lib");
  const auto found = templates ? templates->match(tag) : std::nullopt;
  if (!found) return;
  must(module::canonical_version(found->version) == found->version, "a tag stands for a canonical version");
  must(!module::is_pseudo_version(found->version), "no tag stands for a pseudo-version");
}

}  // namespace

MODTOOL_FUZZ_TARGET(git) {
  check_tree(input);
  check_url(input);
  check_tag(input);
  [[maybe_unused]] const auto commit = git::parse_git_commit(input);
  [[maybe_unused]] const auto tag = git::parse_git_tag(input);
  if (const auto listing = git::parse_git_listing(input)) {
    must(git::parse_git_listing(git::format_git_listing(*listing)).has_value(), "a listing survives");
  }
}

}  // namespace modtool::fuzz
