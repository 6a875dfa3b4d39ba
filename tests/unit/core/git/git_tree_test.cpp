#include "core/git/git_tree.hpp"

#include "core/module/hash.hpp"
#include "tests/support/check.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using test::executable;
using test::GitFiles;
using test::GitFixture;
using test::submodule;
using test::symlink;

namespace {

// A repository with one commit, and its tree opened.
class OneCommit {
 public:
  explicit OneCommit(const GitFiles& files) : fixture_(temp_ / "r"), commit_(fixture_.commit(files)) {}

  Result<GitTree> open(GitTreeOptions options = {}) const {
    options.manifest_name = "modtool.json";
    MODTOOL_TRY(const auto repository, GitRepository::open(fixture_.directory()));
    MODTOOL_TRY(const auto commit, repository->commit(*parse_git_id(commit_)));
    return open_git_tree({repository, commit.tree, {}}, options);
  }

  const GitFixture& fixture() const { return fixture_; }

 private:
  test::TempDirectory temp_;
  GitFixture fixture_;
  std::string commit_;
};

std::vector<std::string> names_of(const GitTree& tree) {
  std::vector<std::string> names;
  for (const auto& file : tree.files->list()) names.push_back(file.name);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the files of a module are the blobs of the commit's tree") {
  const OneCommit repository({{"b/c.txt", {"c\r\n"}}, {"a", {"1"}}, {"a-b", {""}}, {"run.sh", executable("#!")}});
  const auto tree = REQUIRE_OK(repository.open());
  CHECK(tree.files->list() ==
        std::vector<module::TreeFile>{{"a", 1, false}, {"a-b", 0, false}, {"b/c.txt", 3, false}, {"run.sh", 2, true}});
  CHECK(REQUIRE_OK(tree.files->read("b/c.txt")) == "c\r\n");
  CHECK_ERROR(tree.files->read("b"), Code::kFileNotFound, "b");
}

// golang/go#27153, #33178, #27925
TEST_CASE("no attribute and no setting changes what a module holds") {
  const GitFiles files = {{"a.txt", {"x\n$Id$\n$Format:%H$\n"}}, {"b.txt", {"hidden\n"}}};
  GitFiles with_attributes = files;
  const std::string attributes =
      "* text eol=crlf ident export-subst filter=evil\nb.txt export-ignore\na.txt filter=lfs diff=lfs merge=lfs\n";
  with_attributes[".gitattributes"] = {attributes};
  const OneCommit repository(with_attributes);
  for (const std::string setting :
       {"core.autocrlf=true", "core.eol=crlf", "core.fsmonitor=touch canary", "filter.evil.smudge=touch canary",
        "filter.evil.required=true", "core.hooksPath=/tmp", "core.sshCommand=touch canary", "core.worktree=/etc"}) {
    const auto equals = setting.find('=');
    repository.fixture().git({"config", setting.substr(0, equals), setting.substr(equals + 1)});
  }
  const auto tree = REQUIRE_OK(repository.open());
  CHECK(names_of(tree) == Names{".gitattributes", "a.txt", "b.txt"});
  CHECK(REQUIRE_OK(tree.files->read("a.txt")) == files.at("a.txt").bytes);
  CHECK(REQUIRE_OK(tree.files->read("b.txt")) == "hidden\n");
}

TEST_CASE("the hash of a Git tree is Go's hash of the same files") {
  const OneCommit repository({{"a", {"1"}}, {"run.sh", executable("2")}});
  const auto tree = REQUIRE_OK(repository.open());
  const auto in_memory = module::make_memory_tree({{"a", "1"}, {"run.sh", "2"}});
  const Cancellation cancellation;
  WorkerPool pool(2, cancellation);
  CHECK(module::h1_of(REQUIRE_OK(module::hash_tree(*tree.files, pool)), "x@v1.0.0") ==
        module::h1_of(REQUIRE_OK(module::hash_tree(*in_memory, pool)), "x@v1.0.0"));
}

TEST_CASE("a link to a file of the module is that file") {
  const OneCommit repository({{"d/real", executable("x")},
                              {"link", symlink("d/real")},
                              {"d/up", symlink("../link")},
                              {"dir", symlink("./d/")},
                              {"through", symlink("dir/up")}});
  const auto tree = REQUIRE_OK(repository.open());
  CHECK(names_of(tree) == Names{"d/real", "d/up", "link", "through"});
  CHECK(REQUIRE_OK(tree.files->read("through")) == "x");
  CHECK(find_file(*tree.files, "link")->executable);
  CHECK(tree.links_left_out == Names{"dir -> ./d/"});
}

TEST_CASE("a link to the module's own root is left out") {
  const OneCommit repository({{"include/CLI", symlink("..")}, {"a", {"1"}}});
  const auto tree = REQUIRE_OK(repository.open());
  CHECK(names_of(tree) == Names{"a"});
  CHECK(tree.links_left_out == Names{"include/CLI -> .."});
}

// CVE-2022-36113, rust-lang/cargo#16901
TEST_CASE("a link that leads elsewhere, nowhere or round and round is refused, or left out where that is asked for") {
  for (const std::string target : {"/etc/passwd", "../x", "../../..", "sub/../../x", "none", "a/b", "link", "other",
                                   "link/a", "", "module/file", "third_party"}) {
    CAPTURE(target);
    const OneCommit repository({{"a", {"1"}},
                                {"link", symlink(target)},
                                {"other", symlink("link")},
                                {"sub/b", {"2"}},
                                {"module/file", {"3"}},
                                {"module/modtool.json", {"{}"}},
                                {"third_party", submodule()}});
    const auto refused = repository.open({.submodules = manifest::Submodules::kIgnore});
    CHECK_ERROR(refused, Code::kGitLink, "a symbolic link to");
    const auto tree = REQUIRE_OK(
        repository.open({.submodules = manifest::Submodules::kIgnore, .symlinks = manifest::Symlinks::kIgnore}));
    CHECK(names_of(tree) == Names{"a", "sub/b"});
    CHECK(tree.links_left_out.size() == 2);
  }
}

TEST_CASE("what the description omits is left out, whatever is wrong with it") {
  const OneCommit repository({{"a.c", {"1"}},
                              {"docs/aux.c", {"2"}},
                              {"docs/d.txt", {"3"}},
                              {"fuzz/deep/b", {"4"}},
                              {"fuzz/link", symlink("nowhere")},
                              {"fuzzy", {"5"}}});
  CHECK_ERROR(repository.open({.omit = {"docs/aux.c"}}), Code::kGitLink, "a symbolic link to");
  CHECK_ERROR(repository.open({.omit = {"fuzz"}}), Code::kBadFileName, R"("omit": ["its name"])");
  const auto tree = REQUIRE_OK(repository.open({.omit = {"fuzz/", "docs/aux.c"}}));
  CHECK(names_of(tree) == Names{"a.c", "docs/d.txt", "fuzzy"});
  CHECK(tree.omitted == Names{"docs/aux.c", "fuzz/deep/b", "fuzz/link"});
}

TEST_CASE("what cannot be omitted is said") {
  const OneCommit repository({{"a.c", {"1"}},
                              {"LICENSE", {"2"}},
                              {"docs/copying.LIB", {"3"}},
                              {"license_check.c", {"4"}},
                              {"modtool.json", {"{}"}},
                              {"third/LICENSE", {"5"}}});
  struct Case {
    const char* omitted;
    const char* says;
  };
  for (const auto& [omitted, says] :
       {Case{"none", R"("omit" names "none", and there is no such file or directory)"},
        Case{"docs/*", "there is no such file or directory"}, Case{"LICENSE", "which is a licence"},
        Case{"docs/copying.LIB", "which is a licence"}, Case{"modtool.json", "which is the module's own manifest"}}) {
    CAPTURE(omitted);
    CHECK_ERROR(repository.open({.manifest_name = "modtool.json", .omit = {omitted}}), Code::kManifestField, says);
  }
  const auto tree =
      REQUIRE_OK(repository.open({.manifest_name = "modtool.json", .omit = {"license_check.c", "third", "docs/"}}));
  CHECK(names_of(tree) == Names{"LICENSE", "a.c", "modtool.json"});
}

TEST_CASE("submodules are refused by name, or left out and counted") {
  const OneCommit repository({{"a", {"1"}}, {"third_party/x", submodule()}, {"third_party/y", submodule()}});
  CHECK_ERROR(repository.open(), Code::kGitSubmodule, "third_party/x, third_party/y");
  const auto tree = REQUIRE_OK(repository.open({.submodules = manifest::Submodules::kIgnore}));
  CHECK(tree.submodules_left_out == 2);
  CHECK(names_of(tree) == Names{"a"});
}

TEST_CASE("a pointer of Git LFS is refused unless it is taken as the file") {
  const std::string pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') + "\nsize 9\n";
  const OneCommit repository({{"big.bin", {pointer}}, {"notes", {"text, then " + pointer}}});
  CHECK_ERROR(repository.open(), Code::kGitLfs, "\"big.bin\"");
  CHECK(names_of(REQUIRE_OK(repository.open({.lfs = true}))) == Names{"big.bin", "notes"});
}

TEST_CASE("names that some system cannot hold, or holds as one, are refused, all at once") {
  struct Row {
    GitFiles files;
    std::string part;
  };
  const std::vector<Row> table = {
      {{{"README", {"1"}}, {"readme", {"2"}}}, "case-insensitive file name collision"},
      {{{"VERSION", {"1"}}, {"version/x", {"2"}}}, "case-insensitive file name collision"},
      {{{"k", {"1"}}, {"\u212a", {"2"}}}, "case-insensitive file name collision"},
      {{{"s", {"1"}}, {"\u017f", {"2"}}}, "case-insensitive file name collision"},
      {{{"aux.c", {"1"}}}, "aux"},
      {{{"src/con", {"1"}}}, "con"},
      {{{"a.", {"1"}}}, "trailing dot"},
      {{{"a:b", {"1"}}}, "invalid char"},
      {{{"a\nb", {"1"}}}, "invalid char"},
      {{{"a\u202eb", {"1"}}}, "invalid char"},
      {{{"e\u0301", {"1"}}}, "invalid char"},
      {{{"a\\b", {"1"}}}, "invalid char"},
  };
  for (const auto& row : table) {
    CAPTURE(row.files.begin()->first);
    CHECK_ERROR(OneCommit(row.files).open(), Code::kBadFileName, row.part);
  }
  const auto all = OneCommit({{"nul", {"1"}}, {"a:b", {"2"}}, {"l", symlink("/x")}}).open();
  REQUIRE_FALSE(all.has_value());
  CHECK(all.error().problems.size() == 3);
}

TEST_CASE("a directory with a manifest of its own is another module") {
  const OneCommit repository({{"modtool.json", {"{}"}},
                              {"a", {"1"}},
                              {"other/modtool.json", {"{}"}},
                              {"other/deep/file", {"2"}},
                              {"other/modtool.json.in/x", {"3"}},
                              {"not/modtool.json/x", {"4"}}});
  CHECK(names_of(REQUIRE_OK(repository.open())) == Names{"a", "modtool.json", "not/modtool.json/x"});
  CHECK(names_of(REQUIRE_OK(repository.open({.subdirectory = "other"}))) ==
        Names{"deep/file", "modtool.json", "modtool.json.in/x"});
}

TEST_CASE("a module in a subdirectory has the repository's LICENSE unless it has its own") {
  const OneCommit repository(
      {{"LICENSE", {"root"}}, {"a/x", {"1"}}, {"b/y", {"2"}}, {"b/LICENSE", {"own"}}, {"f", {"3"}}});
  const auto a = REQUIRE_OK(repository.open({.subdirectory = "a"}));
  CHECK(names_of(a) == Names{"LICENSE", "x"});
  CHECK(REQUIRE_OK(a.files->read("LICENSE")) == "root");
  const auto b = REQUIRE_OK(repository.open({.subdirectory = "b"}));
  CHECK(REQUIRE_OK(b.files->read("LICENSE")) == "own");
  CHECK_ERROR(repository.open({.subdirectory = "none"}), Code::kUnknownVersion, "no directory `none`");
  CHECK_ERROR(repository.open({.subdirectory = "f"}), Code::kUnknownVersion, "no directory `f`");
}

// Ten trees of ten entries each stand for ten thousand million files.
TEST_CASE("few objects that stand for very many files are refused") {
  const OneCommit repository(GitFiles{{"a", {"1"}}});
  const auto& fixture = repository.fixture();
  std::string object = "100644 blob " + fixture.git({"hash-object", "-w", "--stdin"}, "x");
  for (int depth = 0; depth < 10; ++depth) {
    std::string listing;
    for (int i = 0; i < 10; ++i) listing += object + "\t" + std::to_string(i) + "\n";
    object = "040000 tree " + fixture.git({"mktree"}, listing);
  }
  const auto opened = REQUIRE_OK(GitRepository::open(fixture.directory()));
  const auto tree = *parse_git_id(object.substr(object.size() - 40));
  CHECK_ERROR(open_git_tree({opened, tree, {}}, {.manifest_name = "modtool.json", .max_files = 1000}), Code::kTooLarge,
              "more than 1000 files");
}

TEST_CASE("one file of a tree is read without the others") {
  const OneCommit repository({{"d/a", {"12345"}}, {"l", symlink("d/a")}});
  const auto opened = REQUIRE_OK(GitRepository::open(repository.fixture().directory()));
  const auto tree = REQUIRE_OK(opened->commit(REQUIRE_OK(opened->head()).commit)).tree;
  CHECK(REQUIRE_OK(read_git_blob(*opened, tree, "d/a", 5)) == "12345");
  CHECK_ERROR(read_git_blob(*opened, tree, "d/a", 4), Code::kTooLarge, "limit");
  CHECK_ERROR(read_git_blob(*opened, tree, "d/a/b", 9), Code::kFileNotFound, "d/a/b");
  CHECK_ERROR(read_git_blob(*opened, tree, "x", 9), Code::kFileNotFound, "x");
  CHECK_ERROR(read_git_blob(*opened, tree, "l", 9), Code::kGitLink, "no file");
}
