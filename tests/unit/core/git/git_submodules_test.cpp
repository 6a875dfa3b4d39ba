#include "core/git/git_submodules.hpp"

#include "core/git/git_source.hpp"
#include "tests/support/check.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using module::ModuleVersion;
using test::GitFile;
using test::GitFiles;
using test::GitFixture;

namespace {

const ModuleVersion kModule{"example.com/o/r", "v1.0.0"};

GitFile link_to(const std::string& commit) { return {commit, "160000"}; }

GitFile modules(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string text;
  for (const auto& [path, url] : entries) {
    text += "[submodule \"" + path + "\"]\n\tpath = " + path + "\n\turl = " + url + "\n";
  }
  return {text};
}

// A module, a library and a library of that, at https://example.com/o/.
class Host {
 public:
  Host() {
    options_.manifest_name = "modtool.json";
    options_.directory = temp_.path();
    config_.rewrites = {{temp_.path() + "/", "https://example.com/o/"}};
    options_.config = [this] { return &config_; };
    options_.describe = [this](const std::string&) { return &description; };
    options_.locked = [this](const ModuleVersion&) { return locked ? &*locked : nullptr; };
    description.submodules = manifest::Submodules::kInclude;
  }

  // Commits these files as the module's only version.
  void tag(const GitFiles& files) const { module.tag("v1.0.0", module.commit(files)); }
  Result<source::FoundModule> find() const { return make_git_source(options_)->find_module(kModule); }

 private:
  test::TempDirectory temp_;
  GitConfig config_;
  GitSourceOptions options_;

 public:
  GitFixture module{temp_ / "r"};
  GitFixture library{temp_ / "lib"};
  GitFixture inner{temp_ / "inner"};
  manifest::Description description;
  std::optional<manifest::LockedModule> locked;
};

std::vector<std::string> names_of(const source::FoundModule& found) {
  std::vector<std::string> names;
  for (const auto& file : found.files->list()) names.push_back(file.name);
  return names;
}

using Names = std::vector<std::string>;
using Pins = std::vector<manifest::SubmodulePin>;

}  // namespace

TEST_CASE("the files of a submodule, and of its submodules, belong to the module at their place") {
  const Host host;
  const auto inner = host.inner.commit({{"i.c", {"inner"}}});
  const auto library = host.library.commit({{"run.sh", test::executable("#!")},
                                            {"modtool.json", {"{}"}},
                                            {"deps/inner", link_to(inner)},
                                            {".gitmodules", modules({{"deps/inner", "../inner"}})},
                                            {"up", test::symlink("../../a.c")}});
  host.tag({{"a.c", {"a"}}, {"ext/lib", link_to(library)}, {".gitmodules", modules({{"ext/lib", "../lib"}})}});
  host.library.commit({{"later", {"x"}}});
  const auto found = REQUIRE_OK(host.find());
  CHECK(names_of(found) == Names{".gitmodules", "a.c", "ext/lib/.gitmodules", "ext/lib/deps/inner/i.c",
                                 "ext/lib/modtool.json", "ext/lib/run.sh", "ext/lib/up"});
  CHECK(REQUIRE_OK(found.files->read("ext/lib/deps/inner/i.c")) == "inner");
  CHECK(REQUIRE_OK(found.files->read("ext/lib/up")) == "a");
  CHECK(module::find_file(*found.files, "ext/lib/run.sh")->executable);
  CHECK(found.submodules == Pins{{"ext/lib", "https://example.com/o/lib", library},
                                 {"ext/lib/deps/inner", "https://example.com/o/inner", inner}});
  CHECK(found.submodules_left_out == 0);
}

TEST_CASE("a module in a directory has the submodules below it") {
  Host host;
  const auto library = host.library.commit({{"l.c", {"l"}}});
  host.description.subdirectory = "sub";
  host.tag({{"sub/a.c", {"a"}},
            {"sub/lib", link_to(library)},
            {"other", link_to(std::string(40, '1'))},
            {".gitmodules", modules({{"sub/lib", "../lib"}, {"other", "ext::touch canary"}})}});
  const auto found = REQUIRE_OK(host.find());
  CHECK(names_of(found) == Names{"a.c", "lib/l.c"});
  CHECK(found.submodules == Pins{{"lib", "https://example.com/o/lib", library}});
}

TEST_CASE("a submodule whose repository does not have its commit is an error that names both") {
  const Host host;
  host.library.commit({{"l.c", {"l"}}});
  const std::string gone(40, '1');
  host.tag({{"lib", link_to(gone)}, {".gitmodules", modules({{"lib", "../lib"}})}});
  CHECK_ERROR(host.find(), Code::kSubmoduleGone, "https://example.com/o/lib does not have the commit " + gone);
}

TEST_CASE("a submodule that .gitmodules does not explain is refused") {
  const std::string commit(40, '1');
  const std::pair<GitFiles, Code> table[] = {
      {{{"lib", link_to(commit)}}, Code::kGitModules},
      {{{"lib", link_to(commit)}, {".gitmodules", modules({{"other", "../lib"}})}}, Code::kGitModules},
      {{{"lib", link_to(commit)}, {".gitmodules", modules({{"lib", ""}})}}, Code::kGitModules},
      {{{"lib", link_to(commit)}, {".gitmodules", modules({{"lib", "../lib"}, {"../../x", "../lib"}})}},
       Code::kGitModules},
      {{{"lib", link_to(commit)}, {".gitmodules", modules({{"lib", "ext::touch canary"}})}}, Code::kBadGitUrl},
      {{{"lib", link_to(commit)}, {".gitmodules", modules({{"lib", "file:///etc"}})}}, Code::kGitModules},
      {{{"lib", link_to(commit)}, {".gitmodules", test::symlink("elsewhere")}}, Code::kGitLink},
  };
  for (const auto& [files, code] : table) {
    const Host host;
    host.tag(files);
    CHECK_ERROR(host.find(), code, "");
  }
}

// CVE-2024-32002, CVE-2021-21300: a link that some file system takes for the directory above a submodule.
TEST_CASE("a submodule below a link of the same name but for case is refused") {
  const Host host;
  const auto library = host.library.commit({{"post-checkout", test::executable("#!")}});
  host.tag({{"A", test::symlink("ext")},
            {"ext/x", {"1"}},
            {"a/hooks", link_to(library)},
            {".gitmodules", modules({{"a/hooks", "../lib"}})}});
  CHECK(names_of(REQUIRE_OK(host.find())) == Names{".gitmodules", "a/hooks/post-checkout", "ext/x"});
  host.tag({{"A", {"file"}}, {"a/hooks", link_to(library)}, {".gitmodules", modules({{"a/hooks", "../lib"}})}});
  CHECK_ERROR(host.find(), Code::kBadFileName, "collision");
}

TEST_CASE("submodules in one another end somewhere") {
  const Host host;
  std::string commit = host.library.commit({{"l.c", {"l"}}});
  for (std::size_t depth = 0; depth < kMaxSubmoduleDepth; ++depth) {
    commit = host.library.commit({{"lib", link_to(commit)}, {".gitmodules", modules({{"lib", "../lib"}})}});
  }
  host.tag({{"lib", link_to(commit)}, {".gitmodules", modules({{"lib", "../lib"}})}});
  CHECK_ERROR(host.find(), Code::kTooLarge, "submodules in one another");
}

TEST_CASE("a lock that names another commit for a submodule does not hold") {
  Host host;
  const auto library = host.library.commit({{"l.c", {"l"}}});
  host.tag({{"lib", link_to(library)}, {".gitmodules", modules({{"lib", "../lib"}})}});
  const auto found = REQUIRE_OK(host.find());
  host.locked = manifest::LockedModule{.module = kModule, .git = found.git, .submodules = found.submodules};
  CHECK(REQUIRE_OK(host.find()).submodules == found.submodules);
  host.locked->submodules.front().commit = std::string(40, '1');
  CHECK_ERROR(host.find(), Code::kChecksumMismatch, "the submodule lib is at " + library);
}
