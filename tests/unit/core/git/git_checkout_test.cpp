#include "core/git/git_checkout.hpp"

#include "core/git/git_config.hpp"
#include "core/git/git_line_merge.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::git {
namespace {

TEST_CASE("a checkout is found upwards, with the configuration that all its work trees share") {
  const struct {
    std::string_view name;
    std::vector<std::pair<std::string, std::string>> files;
    std::string_view root;
    std::string_view config;
  } cases[] = {
      {"a repository", {{"/p/.git/HEAD", ""}, {"/p/a/b/x", ""}}, "/p", "/p/.git/config"},
      {"a linked work tree",
       {{"/w/.git", "gitdir: /p/.git/worktrees/w\n"}, {"/p/.git/worktrees/w/commondir", "../..\n"}, {"/w/a/b/x", ""}},
       "/w",
       "/p/.git/config"},
      {"a submodule",
       {{"/p/s/.git", "gitdir: ../.git/modules/s\n"}, {"/p/s/a/b/x", ""}},
       "/p/s",
       "/p/.git/modules/s/config"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    test::MemoryFileSystem files;
    for (const auto& [path, text] : c.files) REQUIRE_OK(files.make_directories(io::directory_of(path)));
    for (const auto& [path, text] : c.files) REQUIRE_OK(files.write_new(path, text));
    const auto checkout = REQUIRE_OK(find_git_checkout(files, std::string(c.root) + "/a/b"));
    CHECK(checkout.root == c.root);
    CHECK(checkout.config_file == c.config);
  }
}

TEST_CASE("outside of every checkout there is none, and a file that names none is an error") {
  test::MemoryFileSystem files;
  REQUIRE_OK(files.make_directories("/p/a"));
  CHECK_ERROR(find_git_checkout(files, "/p/a"), Code::kNoRepository, "/p/a is in no Git checkout");
  REQUIRE_OK(files.write_new("/p/.git", "nothing"));
  CHECK_ERROR(find_git_checkout(files, "/p/a"), Code::kBadGitRepository, "/p/.git names no repository");
}

TEST_CASE("an entry of a configuration is set once, and the rest of the file stays") {
  const test::TempDirectory directory;
  const std::string file = directory.path() + "/config";
  REQUIRE_OK(io::disk().write_new(file, "# mine\n[core]\n\tbare = false ; so\n[include]\n\tpath = ~/more\n"));
  const std::string value = R"('/a "b"/modtool' merge-driver %O)";
  CHECK(REQUIRE_OK(set_git_config(file, directory.path(), "merge.modtool.driver", value)));
  const auto text = REQUIRE_OK(io::disk().read(file));
  CHECK(text.starts_with("# mine\n[core]\n\tbare = false ; so\n[include]\n\tpath = ~/more\n"));
  CHECK_FALSE(REQUIRE_OK(set_git_config(file, directory.path(), "merge.modtool.driver", value)));
  CHECK(REQUIRE_OK(io::disk().read(file)) == text);
  REQUIRE_OK(io::disk().write_atomic(file, "[core\n"));
  CHECK_ERROR(set_git_config(file, "", "merge.modtool.driver", value), Code::kBadSetting, file);
}

TEST_CASE("lines are merged as Git merges them") {
  const auto clean =
      REQUIRE_OK(merge_lines({.base = "a\nb\nc\n", .ours = "A\nb\nc\n", .theirs = "a\nb\nC\n", .name = "x"}));
  CHECK(clean.text == "A\nb\nC\n");
  CHECK_FALSE(clean.has_conflict);
  const auto conflict = REQUIRE_OK(merge_lines({.base = "a\n", .ours = "b\n", .theirs = "c\n", .name = "x"}));
  CHECK(conflict.text == "<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n");
  CHECK(conflict.has_conflict);
}

}  // namespace
}  // namespace modtool::git
