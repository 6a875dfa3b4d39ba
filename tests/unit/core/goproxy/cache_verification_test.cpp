#include "core/goproxy/cache_verification.hpp"

#include "core/io/forwarding_file_system.hpp"
#include "tests/unit/core/goproxy/cache_fixture.hpp"

namespace modtool::goproxy::test {
namespace {

struct VerifiedFixture : CacheFixture {
  VerifiedFixture() {
    fill();
    list_a();
  }

  // All problems, a line each; against go.sum, or the cache's own .ziphash files.
  std::string verify(bool with_checksums) {
    const auto found = REQUIRE_OK(verify_cache({.layout = *CacheLayout::create("/cache"),
                                                .files = files,
                                                .pool = pool,
                                                .checksums = with_checksums ? &checksums : nullptr,
                                                .reporter = reporter},
                                               {kA, {"example.com/absent", "v1.0.0"}}));
    REQUIRE(found.size() == 2);
    CHECK(found[0].module == kA);
    CHECK(found[1].problems.empty());
    checked = found[0].checked;
    std::string text;
    for (const auto& problem : found[0].problems) text += problem.message + "\n";
    return text;
  }

  void replace(const std::string& path, const std::string& bytes) {
    REQUIRE_OK(files.remove_all(path));
    files.add(path, bytes);
  }

  std::size_t checked = 0;
};

const std::map<std::string, std::string> kEvil = {{"a.go", "package evil\n"}};
const std::string kZip = kVersions + "/v1.0.0.zip";

}  // namespace

TEST_CASE("an untouched module has no problems") {
  VerifiedFixture fixture;
  CHECK(fixture.verify(false).empty());
  CHECK(fixture.checked == 2);
  CHECK(fixture.verify(true).empty());
  CHECK(fixture.checked == 2);
}

TEST_CASE("what was changed is named in Go's words") {
  struct Case {
    std::string name;
    std::function<void(VerifiedFixture&)> change;
    std::string as_go;  // compared with the .ziphash files
    std::string own;    // compared with go.sum
  };
  const std::string a = "example.com/a v1.0.0: ";
  const std::string zip_modified = a + "zip has been modified (" + kZip + ")\n";
  const std::string dir_modified = a + "dir has been modified (" + kTreeOfA + ")\n";
  const std::string hash_modified = a + "ziphash has been modified (" + kZip + "hash)\n";
  const std::string missing = a + "missing ziphash: open " + kZip + "hash: no such file or directory\n";
  const Case cases[] = {
      {"a file of the tree", [](VerifiedFixture& f) { f.replace(kTreeOfA + "/a.go", "package evil\n"); }, dir_modified,
       dir_modified},
      {"a file more in the tree", [](VerifiedFixture& f) { f.files.add(kTreeOfA + "/x.go", ""); }, dir_modified,
       dir_modified},
      {"a file less", [](VerifiedFixture& f) { REQUIRE_OK(f.files.remove_all(kTreeOfA + "/a.go")); }, dir_modified,
       dir_modified},
      {"a link for a file",
       [](VerifiedFixture& f) {
         REQUIRE_OK(f.files.remove_all(kTreeOfA + "/a.go"));
         f.files.add_link(kTreeOfA + "/a.go", "/etc/passwd");
       },
       dir_modified, dir_modified},
      {"the zip", [](VerifiedFixture& f) { f.replace(kZip, module_zip("example.com/a@v1.0.0", kEvil)); }, zip_modified,
       zip_modified},
      {"zip and tree",
       [](VerifiedFixture& f) {
         f.replace(kZip, module_zip("example.com/a@v1.0.0", kEvil));
         f.replace(kTreeOfA + "/a.go", "package evil\n");
       },
       zip_modified + dir_modified, zip_modified + dir_modified},
      {"zip, tree and .ziphash together, which the go command does not see",
       [](VerifiedFixture& f) {
         f.replace(kZip, module_zip("example.com/a@v1.0.0", kEvil));
         f.replace(kZip + "hash", h1_of(kA, kEvil));
         REQUIRE_OK(f.files.remove_all(kTreeOfA));
         f.files.add(kTreeOfA + "/a.go", "package evil\n");
       },
       "", hash_modified + zip_modified + dir_modified},
      {".ziphash alone", [](VerifiedFixture& f) { f.replace(kZip + "hash", h1_of(kA, kEvil)); },
       zip_modified + dir_modified, hash_modified},
      {"no .ziphash", [](VerifiedFixture& f) { REQUIRE_OK(f.files.remove_all(kZip + "hash")); }, missing, missing},
      {"no zip", [](VerifiedFixture& f) { REQUIRE_OK(f.files.remove_all(kZip)); }, "", ""},
      {"no tree", [](VerifiedFixture& f) { REQUIRE_OK(f.files.remove_all(kTreeOfA)); }, "", ""},
      {"a tree not extracted to its end",
       [](VerifiedFixture& f) {
         f.files.add(kVersions + "/v1.0.0.partial", "");
         f.replace(kTreeOfA + "/a.go", "half");
       },
       "", ""},
      {"the manifest", [](VerifiedFixture& f) { f.replace(kVersions + "/v1.0.0.mod", "module example.com/evil\n"); },
       "", a + "go.mod has been modified (" + kVersions + "/v1.0.0.mod)\n"},
  };
  for (const auto& test : cases) {
    CAPTURE(test.name);
    VerifiedFixture fixture;
    test.change(fixture);
    CHECK(fixture.verify(false) == test.as_go);
    CHECK(fixture.verify(true) == test.own);
  }
}

TEST_CASE("a zip that cannot be read is a problem of its module") {
  VerifiedFixture fixture;
  fixture.replace(kZip, "not a zip");
  CHECK(fixture.verify(false).starts_with("example.com/a v1.0.0: unzip " + kZip + ": "));
}

TEST_CASE("a check that is cancelled gives no verdict, at whichever read it was, the last one too") {
  // Asks for the end of the run at one of its reads.
  struct Cancelling final : io::ForwardingFileSystem {
    Cancelling(io::FileSystem& below, Cancellation& what, std::size_t when)
        : io::ForwardingFileSystem(below), cancellation(what), at(when) {}
    Result<void> before_read(std::string_view /*operation*/, const std::string& /*path*/) const override {
      if (reads++ == at) cancellation.request(Code::kInterrupted);
      return {};
    }
    Cancellation& cancellation;
    std::size_t at;
    mutable std::size_t reads = 0;
  };
  for (std::size_t at = 0;; ++at) {
    CAPTURE(at);
    VerifiedFixture fixture;
    Cancellation cancellation;
    WorkerPool pool(1, cancellation);
    Cancelling files(fixture.files, cancellation, at);
    const auto found = verify_cache({.layout = *CacheLayout::create("/cache"),
                                     .files = files,
                                     .pool = pool,
                                     .checksums = &fixture.checksums,
                                     .reporter = fixture.reporter},
                                    {kA});
    if (!cancellation.requested()) break;
    CHECK_ERROR(found, Code::kInterrupted, "");
  }
}

TEST_CASE("every run looks anew, whatever an earlier one found") {
  VerifiedFixture fixture;
  CHECK(fixture.verify(true).empty());
  const auto time = REQUIRE_OK(fixture.files.stat(kTreeOfA + "/a.go")).modified_ns;
  REQUIRE_OK(fixture.files.remove_all(kTreeOfA + "/a.go"));
  fixture.files.set_time(time);
  fixture.files.add(kTreeOfA + "/a.go", "package e\n");  // same size, same time
  CHECK_FALSE(fixture.verify(true).empty());
}

TEST_CASE("a module that go.sum does not know is compared with its .ziphash file") {
  VerifiedFixture fixture;
  fixture.checksums = {};
  CHECK(fixture.verify(true).empty());
  CHECK(fixture.checked == 2);
  fixture.replace(kTreeOfA + "/a.go", "package evil\n");
  CHECK(fixture.verify(true) == "example.com/a v1.0.0: dir has been modified (" + kTreeOfA + ")\n");
}

TEST_CASE("a line of go.sum that was changed shows in every part") {
  VerifiedFixture fixture;
  fixture.checksums = {};
  fixture.checksums.add(kA, h1_of(kA, kEvil), {});
  const std::string problems = fixture.verify(true);
  CHECK(problems.find("ziphash has been modified") != std::string::npos);
  CHECK(problems.find("zip has been modified") != std::string::npos);
  CHECK(problems.find("dir has been modified") != std::string::npos);
}

}  // namespace modtool::goproxy::test
