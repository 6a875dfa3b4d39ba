#include "core/source/git_config.hpp"

#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::source;

namespace {

std::string write(const std::string& path, const std::string& text) {
  REQUIRE_OK(io::disk().write_atomic(path, text));
  return path;
}

}  // namespace

TEST_CASE("url rewrites come from the files given, and what they include") {
  const test::TempDirectory home;
  write(home / "more", "[url \"git@h.example:\"]\n  insteadOf = https://h.example/\n");
  const auto first =
      write(home / "first", "[URL \"/mirror/\"]\n\tinsteadof = https://GitHub.com/\n[include]\n path = ~/more\n");
  const auto config = REQUIRE_OK(load_git_config({.files = {first, home / "absent"}, .home = home.path()}));
  CHECK(config.rewrites ==
        std::vector<GitRewrite>{{"/mirror/", "https://GitHub.com/"}, {"git@h.example:", "https://h.example/"}});
}

TEST_CASE("nothing but the files given is read") {
  const test::TempDirectory home;
  write(home / ".gitconfig", "[url \"/x\"]\n insteadOf = /y\n");
  CHECK(REQUIRE_OK(load_git_config({.files = {}, .home = home.path()})).rewrites.empty());
}

TEST_CASE("a configuration that cannot be parsed is an error that names the file") {
  const test::TempDirectory home;
  const auto file = write(home / "config", "[url \"/x\n");
  CHECK_ERROR(load_git_config({.files = {file}, .home = ""}), Code::kBadSetting, "config");
}

TEST_CASE("the longest prefix that fits is replaced, once") {
  const GitConfig config = {
      {{"/short/", "https://h/"}, {"/long/", "https://h/a/"}, {"https://h/a/", "/short/"}, {"x", ""}}};
  CHECK(apply_rewrites(config, "https://h/b") == "/short/b");
  CHECK(apply_rewrites(config, "https://h/a/b") == "/long/b");
  CHECK(apply_rewrites(config, "https://other/a") == "https://other/a");
  CHECK(apply_rewrites({}, "https://h/b") == "https://h/b");
}
