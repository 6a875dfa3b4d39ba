#include "core/git/git_location.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::git;

namespace {

Result<GitLocation> locate(const std::string& path, const manifest::Description& description = {},
                           const GitConfig& config = {}) {
  return locate_git_module(path, &description, config, "/project");
}

}  // namespace

TEST_CASE("a path is a repository and a directory in it") {
  const auto plain = REQUIRE_OK(locate_git_module("github.com/fmtlib/fmt", nullptr, {}, "/"));
  CHECK(plain.url.text == "https://github.com/fmtlib/fmt");
  CHECK(plain.subdirectory.empty());
  const auto deep = REQUIRE_OK(locate("github.com/a/b/libs/c"));
  CHECK(deep.url.text == "https://github.com/a/b");
  CHECK(deep.subdirectory == "libs/c");
}

TEST_CASE("the description says where the repository is, and which directory is meant") {
  CHECK(REQUIRE_OK(locate("example.com/a", {.git = "git@h.example:a.git"})).url.host == "h.example");
  CHECK(REQUIRE_OK(locate("h.example/g/s/repo", {.git = "https://h.example/g/s/repo", .subdirectory = ""}))
            .subdirectory.empty());
  CHECK(REQUIRE_OK(locate("github.com/a/b", {.subdirectory = "src"})).subdirectory == "src");
  CHECK(REQUIRE_OK(locate("example.com/a", {.git = "../repos/a"})).url.path == "/repos/a");
}

TEST_CASE("the user's rewrites decide before the transport does") {
  const GitConfig config = {{{"/mirror/", "https://github.com/"}, {"ext::sh -c x ", "https://evil.example/"}}};
  const auto location = REQUIRE_OK(locate("github.com/a/b", {}, config));
  CHECK(location.url.transport == GitTransport::kLocal);
  CHECK(location.url.path == "/mirror/a/b");
  CHECK_ERROR(locate("evil.example/a/b", {}, config), Code::kBadGitUrl, "transport helpers");
}

TEST_CASE("what names no repository, or leads into one's own files, is refused") {
  CHECK_ERROR(locate("example.com/a"), Code::kBadModulePath, "names no repository");
  CHECK_ERROR(locate("github.com/a/b/.git/hooks"), Code::kBadModulePath, "own files");
  CHECK_ERROR(locate("github.com/a/b/.HG"), Code::kBadModulePath, "own files");
  CHECK_ERROR(locate("github.com/a/b", {.subdirectory = "../x"}), Code::kBadFileName, "..");
  CHECK_ERROR(locate("github.com/a/b", {.subdirectory = "/x"}), Code::kBadFileName, "/x");
  CHECK_ERROR(locate("github.com/a/../b"), Code::kBadImportPath, "..");
  CHECK_ERROR(locate("-x.example/a/b"), Code::kBadImportPath, "-x");
  CHECK_ERROR(locate("example.com/a", {.git = "ext::sh"}), Code::kBadGitUrl, "transport helpers");
}

// CVE-2025-68119, CVE-2020-26222
TEST_CASE("a revision that is no name of anything is refused before any use") {
  for (const std::string text : {"", "-oops", "--upload-pack=x", "/etc/passwd", "a..b", "a b", "a\nb", "a^{tree}",
                                 "a~1", "@{-1}", "a:b", "a?", "*", "[a", "a\\b", "\x7f"}) {
    CAPTURE(text);
    CHECK_ERROR(check_git_revision(text), Code::kBadVersion, "can be no version");
  }
  for (const std::string text : {"main", "v1.2.3", "feature/x", "$(touch", "a|b", "0123abc", "ü"}) {
    CAPTURE(text);
    CHECK(check_git_revision(text).has_value());
  }
}
