#include "core/git/git_modules_file.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::git;

namespace {

using Entries = std::vector<SubmoduleEntry>;

std::string submodule(const std::string& settings, const std::string& name = "x") {
  return "[submodule \"" + name + "\"]\n" + settings;
}

}  // namespace

TEST_CASE("the submodules of a commit are read as Git reads them") {
  const std::string text =
      "\xef\xbb\xbf# of ours\n"
      "[core]\n\tpath = ignored\n"
      "[submodule \"third \\\"party\\\"\"]\n"
      "\tpath = third_party/b ; the library\n"
      "\turl = \"https://example.com/#b\"\r\n"
      "\tupdate = !touch canary\n"
      "\tshallow\n"
      "[Submodule \"a\"] URL = ../\\\n"
      "a\n"
      "PATH = \"a b\"/\n"
      "[submodule \"without a path\"]\nurl = x\n"
      "[submodule \"without a url\"]\npath = z";
  CHECK(REQUIRE_OK(parse_git_modules(text)) ==
        Entries{{"a b", "../a"}, {"third_party/b", "https://example.com/#b"}, {"z", ""}});
  CHECK(REQUIRE_OK(parse_git_modules("")).empty());
}

// CVE-2018-17456, CVE-2018-11235, CVE-2024-32002: what a checkout would act upon.
TEST_CASE("hostile and malformed submodules are refused with their line") {
  const struct {
    std::string text;
    std::string_view part;
  } table[] = {
      {submodule("path = -u./payload\n"), ".gitmodules:2: path \"-u./payload\" starts with `-`"},
      {submodule("path = ../up\n"), "no clean path"},
      {submodule("path = a/../b\n"), "no clean path"},
      {submodule("path = a//b\n"), "no clean path"},
      {submodule("path = /etc\n"), "no path below"},
      {submodule("path =\n"), "no path below"},
      {submodule("path = .git/hooks\n"), "the repository's own files"},
      {submodule("path = a/.GIT\n"), "the repository's own files"},
      {submodule("path = a\n") + submodule("path = a\n", "y"), "two submodules have the path \"a\""},
      {submodule("path = a\n") + submodule("path = b\n"), "two values of `path`"},
      {submodule("url = a\nurl = b\n"), ".gitmodules:3: a submodule has two values of `url`"},
      {submodule("path = \"a\n"), "a quote is not closed"},
      {submodule("path = a\\q\n"), "escape"},
      {submodule("path a\n"), "`path` has no value"},
      {"[submodule \"x\n", "a section is malformed"},
      {"[submodule \"x\" y]\n", "a section is malformed"},
      {"<<<<<<< ours\n", "neither a section nor a setting"},
  };
  for (const auto& [text, part] : table) {
    CAPTURE(text);
    const auto parsed = parse_git_modules(text);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().code == Code::kGitModules);
    CHECK_MESSAGE(to_line(parsed.error()).contains(part), to_line(parsed.error()));
  }
}

TEST_CASE("a relative URL is relative to that of the repository") {
  const struct {
    std::string_view written, parent, url;
  } table[] = {
      {"https://example.org/x", "https://example.com/o/r", "https://example.org/x"},
      {"../x", "https://example.com/o/r.git", "https://example.com/o/x"},
      {"../x.git", "https://example.com/o/r/", "https://example.com/o/x.git"},
      {"./x", "https://example.com/o/r", "https://example.com/o/r/x"},
      {"../../p/x", "https://example.com/o/r", "https://example.com/p/x"},
      {".././../x", "ssh://git@example.com:22/o/r", "ssh://git@example.com:22/x"},
      {"../x", "git@example.com:o/r", "git@example.com:o/x"},
      {"../x", "git@example.com:r", "git@example.com:x"},
      {"../x", "file:///srv/r", "file:///srv/x"},
      {"../x", "/srv/r", "/srv/x"},
      {"../x", "repositories/r", "repositories/x"},
  };
  for (const auto& [written, parent, url] : table) {
    CAPTURE(written);
    CAPTURE(parent);
    const auto resolved = REQUIRE_OK(resolve_submodule_url(std::string(written), REQUIRE_OK(parse_git_url(parent))));
    CHECK(resolved.text == url);
  }
}

TEST_CASE("a URL of a submodule passes the gate of every URL, and does not reach into this machine") {
  const struct {
    std::string_view written;
    Code code;
    std::string_view part;
  } table[] = {
      {"ext::sh -c 'touch canary'", Code::kBadGitUrl, "helpers are not run"},
      {"fd::3", Code::kBadGitUrl, "helpers are not run"},
      {"-u./payload", Code::kBadGitUrl, "starts with `-`"},
      {"ssh://-oProxyCommand=touch/x", Code::kBadGitUrl, "starts with `-`"},
      {"http://example.com/o/r", Code::kUnsupportedScheme, "http://"},
      {"../../../x", Code::kGitModules, "leads out of \"https://example.com/o/r\""},
      {"../-x/y", Code::kBadGitUrl, "starts with `-`"},
      {"/home/user/private", Code::kGitModules, "a path of this machine"},
      {"file:///home/user/private", Code::kGitModules, "a path of this machine"},
      {"private", Code::kGitModules, "a path of this machine"},
  };
  const auto parent = REQUIRE_OK(parse_git_url("https://example.com/o/r"));
  for (const auto& [written, code, part] : table) {
    CAPTURE(written);
    CHECK_ERROR(resolve_submodule_url(std::string(written), parent), code, std::string(part));
  }
}
