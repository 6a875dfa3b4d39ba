// .gitmodules, and the URLs in it.
#include <string>

#include "core/git/git_modules_file.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(git_modules) {
  const auto entries = git::parse_git_modules(input);
  if (!entries) return;
  const auto parent = git::parse_git_url("https://example.com/owner/repository");
  std::string before;
  for (const auto& [path, url] : *entries) {
    must(before.empty() || before < path, "submodules are sorted, each path once");
    before = path;
    must(!path.empty() && path.front() != '/' && path.front() != '-', "a path is no option and not absolute");
    must(("/" + path + "/").find("/../") == std::string::npos, "no path leads out of the repository");
    must(("/" + path + "/").find("/.git/") == std::string::npos, "no path leads into a repository's own files");
    const auto resolved = git::resolve_submodule_url(url, *parent);
    if (!resolved) continue;
    must(resolved->transport != git::GitTransport::kLocal, "a repository elsewhere names no path of this machine");
    must(!resolved->host.empty() && resolved->host.front() != '-', "a URL is no option");
  }
}

}  // namespace modtool::fuzz
