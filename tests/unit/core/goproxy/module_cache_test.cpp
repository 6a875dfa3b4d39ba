#include "core/goproxy/module_cache.hpp"

#include <algorithm>
#include <functional>
#include <thread>

#include "tests/support/faulty_file_system.hpp"
#include "tests/unit/core/goproxy/cache_fixture.hpp"

namespace modtool::goproxy::test {
namespace {

const source::ChecksumPolicy kModMode{.rule = source::ChecksumRule::kModMode, .database_off = true};
const source::ChecksumPolicy kReadonly{.rule = source::ChecksumRule::kReadonly};
const source::ChecksumPolicy kOwnFace{.rule = source::ChecksumRule::kOwnFace};

}  // namespace

TEST_CASE("a manifest is fetched once, checked, and kept as the go command keeps it") {
  CacheFixture fixture(kOwnFace);
  fixture.offer_a();
  fixture.list_a();
  CHECK(REQUIRE_OK(fixture.cache().manifest(kA)) == "module example.com/a\n");
  CHECK(REQUIRE_OK(fixture.cache().manifest(kA)) == "module example.com/a\n");
  CHECK(fixture.origin.asked() == std::vector<std::string>{"mod example.com/a@v1.0.0"});
  CHECK(fixture.files.files() ==
        std::map<std::string, std::string>{{kVersions + "/list", "v1.0.0\n"},
                                           {kVersions + "/v1.0.0.mod", "module example.com/a\n"}});
}

TEST_CASE("the version list names what the cache has a manifest of") {
  CacheFixture fixture(kModMode);
  for (const char* version : {"v1.10.0", "v1.9.0", "v1.9.0-RC1", "v0.0.0-20240102030405-abcdefabcdef"}) {
    fixture.origin.mods[std::string("example.com/a@") + version] = "module example.com/a\n";
    REQUIRE_OK(fixture.cache().manifest({"example.com/a", version}));
  }
  // A version with capitals is escaped in its file's name; the go command does not list it, or unlists it.
  CHECK(fixture.text_of(kVersions + "/list") == "v0.0.0-20240102030405-abcdefabcdef\nv1.9.0\nv1.10.0\n");
}

TEST_CASE("a manifest that go.sum contradicts neither enters the cache nor leaves it") {
  CacheFixture fixture(kModMode);
  fixture.list_a();
  fixture.origin.mods["example.com/a@v1.0.0"] = "module example.com/evil\n";
  CHECK_ERROR(fixture.cache().manifest(kA), Code::kChecksumMismatch, "verifying example.com/a@v1.0.0/go.mod");
  CHECK(fixture.files.files().empty());

  fixture.files.add(kVersions + "/v1.0.0.mod", "module example.com/evil\n");
  CHECK_ERROR(fixture.cache().manifest(kA), Code::kChecksumMismatch, "verifying example.com/a@v1.0.0/go.mod");
}

TEST_CASE("nothing is read or fetched for a line that go.sum must have and lacks") {
  for (const auto& policy : {kReadonly, kOwnFace}) {
    CacheFixture fixture(policy);
    fixture.fill();
    CHECK_ERROR(fixture.cache().manifest(kA), Code::kChecksumMissing, "missing go.sum entry for go.mod file");
    CHECK_ERROR(fixture.cache().tree(kA), Code::kChecksumMissing, "missing go.sum entry");
    CHECK(fixture.files.read_paths().empty());
  }
}

TEST_CASE("a manifest that an old go made up counts as absent") {
  CacheFixture fixture(kModMode);
  fixture.offer_a();
  fixture.files.add(kVersions + "/v1.0.0.mod", "//vgo 0.0.4\n\nmodule example.com/a\n");
  CHECK(REQUIRE_OK(fixture.cache().manifest(kA)) == "module example.com/a\n");
}

TEST_CASE("a cache that cannot be written is warned about, and what was fetched is used") {
  CacheFixture fixture(kModMode);
  fixture.offer_a();
  modtool::test::FaultyFileSystem faulty(fixture.files,
                                         {.call = 0, .lasting = modtool::test::Fault::Lasting::kFromThenOn});
  auto cache = fixture.cache_over(faulty);
  CHECK(REQUIRE_OK(cache.manifest(kA)) == "module example.com/a\n");
  CHECK(REQUIRE_OK(cache.stat("example.com/a", "v1.0.0")).version == "v1.0.0");
  REQUIRE(fixture.reporter.warnings.size() == 2);
  CHECK(fixture.reporter.warnings[0].starts_with("writing go.mod cache: "));
  CHECK(fixture.reporter.warnings[1].starts_with("writing stat cache: "));
}

TEST_CASE("a module is fetched, checked, extracted read-only, and given from then on") {
  for (const auto& policy : {kModMode, kReadonly, kOwnFace}) {
    CacheFixture fixture(policy);
    fixture.offer_a();
    fixture.list_a();
    CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
    CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
    CHECK(fixture.origin.asked() == std::vector<std::string>{"zip example.com/a@v1.0.0"});
    CHECK(fixture.reporter.begun == std::vector<std::string>{"downloading example.com/a v1.0.0"});

    const auto files = fixture.files.files();
    CHECK(files.size() == 6);
    CHECK(files.at(kVersions + "/v1.0.0.ziphash") == h1_of(kA, kFilesOfA));
    CHECK(files.at(kVersions + "/v1.0.0.zip") == fixture.origin.zips.at("example.com/a@v1.0.0"));
    CHECK(files.at(kVersions + "/v1.0.0.lock").empty());
    CHECK(files.at(kTreeOfA + "/sub/dir/b.go") == "package b\n");
    CHECK(REQUIRE_OK(fixture.files.stat(kTreeOfA + "/a.go")).mode == 0444);
    for (const char* directory : {"", "/sub", "/sub/dir"}) {
      CHECK((REQUIRE_OK(fixture.files.stat(kTreeOfA + directory)).mode & 0222) == 0);
    }
  }
}

TEST_CASE("a zip that is not the one go.sum knows leaves nothing behind") {
  for (const auto& policy : {kModMode, kReadonly, kOwnFace}) {
    CacheFixture fixture(policy);
    fixture.offer_a();
    fixture.list_a();
    fixture.origin.zips["example.com/a@v1.0.0"] = module_zip("example.com/a@v1.0.0", {{"a.go", "package evil\n"}});
    CHECK_ERROR(fixture.cache().tree(kA), Code::kChecksumMismatch, "verifying example.com/a@v1.0.0: checksum mismatch");
    CHECK(fixture.files.files() == std::map<std::string, std::string>{{kVersions + "/v1.0.0.lock", ""}});
    CHECK_FALSE(is_there(fixture.files, kTreeOfA));
  }
}

TEST_CASE("a zip that breaks the rules is refused before anything of it is written") {
  using Member = modtool::test::ZipMember;
  struct Case {
    std::string name;
    std::vector<Member> members;
    Code code;
  };
  const std::string a = "example.com/a@v1.0.0/";
  const Case cases[] = {
      {"escapes", {{.name = a + "../../evil"}}, Code::kZipRules},
      {"absolute", {{.name = "/etc/evil"}}, Code::kZipRules},
      {"absolute below the prefix", {{.name = a + "/etc/evil"}}, Code::kZipRules},
      {"backslash", {{.name = a + "x\\..\\evil"}}, Code::kZipRules},
      {"drive", {{.name = a + "C:/evil"}}, Code::kZipRules},
      {"alternate stream", {{.name = a + "a.go:evil"}}, Code::kZipRules},
      {"other module", {{.name = "example.com/b@v1.0.0/a.go"}}, Code::kZipRules},
      {"other version", {{.name = "example.com/a@v1.0.1/a.go"}}, Code::kZipRules},
      {"symlink", {{.name = a + "link", .bytes = "/etc/passwd", .unix_mode = 0120777}}, Code::kZipRules},
      {"device", {{.name = a + "dev", .unix_mode = 0020666}}, Code::kZipRules},
      {"case", {{.name = a + "A.go"}, {.name = a + "a.go"}}, Code::kZipRules},
      {"case of directories", {{.name = a + "X/a.go"}, {.name = a + "x/b.go"}}, Code::kZipRules},
      {"kelvin sign", {{.name = a + "\xe2\x84\xaa.go"}, {.name = a + "k.go"}}, Code::kZipRules},
      {"file and directory", {{.name = a + "x"}, {.name = a + "x/y.go"}}, Code::kZipRules},
      {"twice", {{.name = a + "x.go"}, {.name = a + "x.go"}}, Code::kZipRules},
      {"nested go.mod", {{.name = a + "sub/go.mod"}}, Code::kZipRules},
      {"GO.MOD", {{.name = a + "GO.MOD"}}, Code::kZipRules},
      {"reserved name", {{.name = a + "aux.go"}}, Code::kZipRules},
      {"reserved with superscript", {{.name = a + "com1.txt"}}, Code::kZipRules},
      {"trailing dot", {{.name = a + "x."}}, Code::kZipRules},
      {"newline", {{.name = a + "x\ny"}}, Code::kZipRules},
      {"too large", {{.name = a + "x", .bytes = "x", .size = 600ULL << 20}}, Code::kZipRules},
      {"large go.mod", {{.name = a + "go.mod", .bytes = "x", .size = 17ULL << 20}}, Code::kZipRules},
      {"lying size", {{.name = a + "x", .bytes = std::string(1000, 'x'), .size = 10}}, Code::kBadReply},
      {"lying checksum", {{.name = a + "x", .bytes = "x", .crc32 = 1}}, Code::kBadReply},
  };
  for (const auto& [name, members, code] : cases) {
    CAPTURE(name);
    CacheFixture fixture(kModMode);
    fixture.origin.zips["example.com/a@v1.0.0"] = modtool::test::build_zip(members);
    const auto tree = fixture.cache().tree(kA);
    REQUIRE_FALSE(tree.has_value());
    CHECK(to_string(tree.error().code) == to_string(code));
    CHECK(fixture.files.files() == std::map<std::string, std::string>{{kVersions + "/v1.0.0.lock", ""}});
  }
}

TEST_CASE("what is no zip is refused") {
  for (const std::string& bytes : {std::string(), std::string("not a zip"), std::string("PK\x05\x06 cut off")}) {
    CacheFixture fixture(kModMode);
    fixture.origin.zips["example.com/a@v1.0.0"] = bytes;
    CHECK_ERROR(fixture.cache().tree(kA), Code::kBadReply, "unzip /cache/");
  }
}

TEST_CASE("a zip with entries for directories hashes as it does in Go") {
  CacheFixture fixture(kModMode);
  fixture.origin.zips["example.com/a@v1.0.0"] = modtool::test::build_zip(
      {{.name = "example.com/a@v1.0.0/"}, {.name = "example.com/a@v1.0.0/x/"}, {.name = "example.com/a@v1.0.0/x/y"}});
  CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == std::map<std::string, std::string>{{"x/y", ""}});
  CHECK(fixture.text_of(kVersions + "/v1.0.0.ziphash") == h1_of(kA, {{"", ""}, {"x/", ""}, {"x/y", ""}}));
}

TEST_CASE("by Go's rules the extracted directory is trusted as far as its .ziphash file goes") {
  CacheFixture fixture(kReadonly);
  fixture.fill();
  fixture.list_a();
  REQUIRE_OK(fixture.files.remove_all(kTreeOfA + "/a.go"));
  fixture.files.add(kTreeOfA + "/a.go", "package evil\n");
  CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))).at("a.go") == "package evil\n");

  fixture.files.add(kVersions + "/v1.0.0.ziphash", h1_of(kA, {{"a.go", "package evil\n"}}));
  CHECK_ERROR(fixture.cache().tree(kA), Code::kChecksumMismatch, "verifying example.com/a@v1.0.0: checksum mismatch");
}

TEST_CASE("by our own rules the contents count, each time anew") {
  CacheFixture fixture(kOwnFace);
  fixture.fill();
  fixture.list_a();
  CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);

  SUBCASE("an edited directory is not read at all") {
    fixture.files.add(kTreeOfA + "/a.go", "package evil\n");
    CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
  }
  SUBCASE("an edited zip is found out, though its .ziphash file was edited with it") {
    const std::map<std::string, std::string> evil = {{"a.go", "package evil\n"}};
    fixture.files.add(kVersions + "/v1.0.0.zip", module_zip("example.com/a@v1.0.0", evil));
    fixture.files.add(kVersions + "/v1.0.0.ziphash", h1_of(kA, evil));
    CHECK_ERROR(fixture.cache().tree(kA), Code::kChecksumMismatch, "checksum mismatch");
  }
  SUBCASE("where only the directory is left, its contents are hashed") {
    REQUIRE_OK(fixture.files.remove_all(kVersions + "/v1.0.0.zip"));
    CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
    fixture.files.add(kTreeOfA + "/extra.go", "package a\n");
    CHECK_ERROR(fixture.cache().tree(kA), Code::kChecksumMismatch, "checksum mismatch");
  }
}

TEST_CASE("a file that changes between hashing and reading is not given out") {
  CacheFixture fixture(kOwnFace);
  fixture.fill();
  fixture.list_a();
  REQUIRE_OK(fixture.files.remove_all(kVersions + "/v1.0.0.zip"));
  auto cache = fixture.cache();
  const auto tree = REQUIRE_OK(cache.tree(kA));
  fixture.files.add(kTreeOfA + "/a.go", "package evil\n");
  CHECK_ERROR(tree->read("a.go"), Code::kCacheModified, "a.go changed while it was in use");
  CHECK(REQUIRE_OK(tree->read("go.mod")) == "module example.com/a\n");
}

TEST_CASE("what a crashed process left half done is done again") {
  struct Case {
    std::string name;
    std::function<void(CacheFixture&)> damage;
    bool is_told = false;  // as a download, which it is none of
  };
  const Case cases[] = {
      {"partly extracted by go",
       [](CacheFixture& f) {
         f.files.add(kVersions + "/v1.0.0.partial", "");
         REQUIRE_OK(f.files.remove_all(kTreeOfA + "/a.go"));
       }},
      {"no .ziphash", [](CacheFixture& f) { REQUIRE_OK(f.files.remove_all(kVersions + "/v1.0.0.ziphash")); }, true},
      {".ziphash of zeros", [](CacheFixture& f) { f.files.add(kVersions + "/v1.0.0.ziphash", std::string(47, '\0')); }},
      {".ziphash cut off", [](CacheFixture& f) { f.files.add(kVersions + "/v1.0.0.ziphash", "h1:abc"); }},
      {"no tree", [](CacheFixture& f) { REQUIRE_OK(f.files.remove_all(kTreeOfA)); }},
      {"a file where the tree should be",
       [](CacheFixture& f) {
         REQUIRE_OK(f.files.remove_all(kTreeOfA));
         f.files.add(kTreeOfA, "");
       }},
      {"left-overs",
       [](CacheFixture& f) {
         REQUIRE_OK(f.files.remove_all(kTreeOfA));
         f.files.add(kVersions + "/v1.0.0.zip123.tmp", "half a zip");
         f.files.add(kTreeOfA + ".tmp-123/a.go", "half a tree");
       }},
  };
  for (const auto& [name, damage, is_told] : cases) {
    CAPTURE(name);
    CacheFixture fixture(kReadonly);
    fixture.fill();
    fixture.list_a();
    const auto before = fixture.files.files();
    damage(fixture);
    CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
    CHECK(fixture.files.files() == before);
    CHECK(fixture.reporter.begun.empty() == !is_told);
  }
}

TEST_CASE("a half-written zip in the cache is noticed") {
  for (const auto& policy : {kReadonly, kOwnFace}) {
    CacheFixture fixture(policy);
    fixture.fill();
    fixture.list_a();
    REQUIRE_OK(fixture.files.remove_all(kTreeOfA));
    const std::string zip = fixture.text_of(kVersions + "/v1.0.0.zip");
    fixture.files.add(kVersions + "/v1.0.0.zip", zip.substr(0, zip.size() / 2));
    CHECK_ERROR(fixture.cache().tree(kA), Code::kBadZip, "unzip /cache/");
  }
}

TEST_CASE("whichever call fails, the cache holds either nothing of a module or all of it") {
  for (std::size_t call = 0;; ++call) {
    CacheFixture fixture(kReadonly);
    fixture.offer_a();
    fixture.list_a();
    modtool::test::FaultyFileSystem faulty(fixture.files,
                                           {.call = call, .lasting = modtool::test::Fault::Lasting::kFromThenOn});
    const auto tree = fixture.cache_over(faulty).tree(kA);
    if (!faulty.has_failed()) {
      REQUIRE_OK(tree);
      break;
    }
    CAPTURE(call);
    CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
    // Only the lock and what the module consists of: left-overs were cleaned up by the second run.
    CHECK(fixture.files.files().size() == 6);
  }
}

TEST_CASE("a recorded hash of an unknown kind stands for nothing") {
  CacheFixture fixture(kModMode);
  fixture.fill();
  fixture.files.add(kVersions + "/v1.0.0.ziphash", "h2:" + std::string(44, 'A'));
  CHECK_ERROR(fixture.cache().directory(kA), Code::kUnknownHash, "unexpected ziphash: \"h2:AAAA");
}

TEST_CASE("whichever call fails once, a module is given as it is or not at all, and the cache stays good") {
  struct Case {
    const char* name;
    std::function<void(CacheFixture&)> setup;
  };
  const Case cases[] = {
      {"nothing there", [](CacheFixture& fixture) { fixture.offer_a(); }},
      {"all there", [](CacheFixture& fixture) { fixture.fill(); }},
      {"the zip alone",
       [](CacheFixture& fixture) {
         fixture.fill();
         REQUIRE_OK(fixture.files.remove_all(kTreeOfA));
       }},
      {"the tree alone",
       [](CacheFixture& fixture) {
         fixture.fill();
         REQUIRE_OK(fixture.files.remove_all(kVersions + "/v1.0.0.zip"));
       }},
      {"a hash that was not written to its end",
       [](CacheFixture& fixture) {
         fixture.fill();
         fixture.files.add(kVersions + "/v1.0.0.ziphash", std::string(47, '\0'));
       }},
  };
  for (const auto& policy : {kModMode, kReadonly, kOwnFace}) {
    for (const auto& [name, setup] : cases) {
      bool has_failed = true;
      for (std::size_t call = 0; has_failed; ++call) {
        CAPTURE(name);
        CAPTURE(call);
        CacheFixture fixture(policy);
        setup(fixture);
        fixture.list_a();
        modtool::test::FaultyFileSystem faulty(fixture.files,
                                               {.call = call, .counted = modtool::test::Fault::Counted::kAll});
        auto cache = fixture.cache_over(faulty);
        const auto tree = cache.tree(kA);
        if (tree) {
          for (const auto& file : (*tree)->list()) {
            const auto bytes = (*tree)->read(file.name);
            CHECK((!bytes || *bytes == kFilesOfA.at(file.name)));
          }
        }
        (void)cache.directory(kA);
        has_failed = faulty.has_failed();
        CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
        CHECK(REQUIRE_OK(fixture.cache().directory(kA)) == kTreeOfA);
        CHECK(fixture.text_of(kTreeOfA + "/a.go") == "package a\n");
      }
    }
  }
}

TEST_CASE("several threads that want the same modules fetch each once") {
  CacheFixture fixture(kModMode);
  constexpr int kModules = 8;
  for (int i = 0; i < kModules; ++i) {
    const std::string module = "example.com/m" + std::to_string(i) + "@v1.0.0";
    fixture.origin.mods[module] = "module x\n";
    fixture.origin.zips[module] = module_zip(module, {{"x.go", "package x"}, {"y/y.go", "package y"}});
  }
  auto first = fixture.cache();
  auto second = fixture.cache();  // as another process would be
  std::vector<std::jthread> threads;
  for (auto* cache : {&first, &second, &first, &second}) {
    threads.emplace_back([cache] {
      for (int i = 0; i < kModules; ++i) {
        const module::ModuleVersion module{"example.com/m" + std::to_string(i), "v1.0.0"};
        const auto tree = cache->tree(module);
        CHECK(tree.has_value());
        CHECK((tree && (*tree)->list().size() == 2));
        CHECK(cache->manifest(module).has_value());
      }
    });
  }
  threads.clear();
  const auto asked = fixture.origin.asked();
  CHECK(std::ranges::count_if(asked, [](const std::string& what) { return what.starts_with("zip "); }) == kModules);
}

TEST_CASE("an info comes from the cache, or is fetched and written as Go writes it") {
  CacheFixture fixture(kModMode);
  fixture.offer_a();
  fixture.origin.infos["example.com/a@main"] = {.version = "v1.0.1-0.20240102030405-abcdefabcdef"};
  fixture.origin.infos["example.com/a@latest"] = {.version = "v1.0.0"};
  auto cache = fixture.cache();
  CHECK(REQUIRE_OK(cache.stat("example.com/a", "v1.0.0")).time == "2024-01-02T03:04:05Z");
  CHECK(REQUIRE_OK(cache.stat("example.com/a", "v1.0.0")).time == "2024-01-02T03:04:05Z");
  CHECK(REQUIRE_OK(cache.stat("example.com/a", "main")).version == "v1.0.1-0.20240102030405-abcdefabcdef");
  CHECK(REQUIRE_OK(cache.stat("example.com/a", "latest")).version == "v1.0.0");
  CHECK(fixture.origin.asked() ==
        std::vector<std::string>{"info example.com/a@v1.0.0", "info example.com/a@main", "info example.com/a@latest"});
  CHECK(fixture.text_of(kVersions + "/v1.0.1-0.20240102030405-abcdefabcdef.info") ==
        R"({"Version":"v1.0.1-0.20240102030405-abcdefabcdef","Time":"0001-01-01T00:00:00Z"})");
}

TEST_CASE("a broken info of the cache is fetched again") {
  CacheFixture fixture(kModMode);
  fixture.offer_a();
  for (const char* broken : {"", "{", R"({"Version":"v9.9.9"})"}) {
    fixture.files.add(kVersions + "/v1.0.0.info", broken);
    CHECK(REQUIRE_OK(fixture.cache().stat("example.com/a", "v1.0.0")).version == "v1.0.0");
    CHECK(fixture.text_of(kVersions + "/v1.0.0.info") == R"({"Version":"v1.0.0","Time":"2024-01-02T03:04:05Z"})");
  }
}

TEST_CASE("hostile versions are refused before anything is asked or read") {
  CacheFixture fixture(kModMode);
  auto cache = fixture.cache();
  for (const char* version : {"-oops", "--upload-pack=x", "/etc/passwd", "../../x", "v1.0.0/../x"}) {
    CAPTURE(version);
    CHECK_FALSE(cache.manifest({"example.com/a", version}).has_value());
    CHECK_FALSE(cache.tree({"example.com/a", version}).has_value());
  }
  CHECK(fixture.origin.asked().empty());
  CHECK(fixture.files.read_paths().empty());
  CHECK(fixture.files.files().empty());
}

TEST_CASE("all parts of a module are brought, and each that is gone is made anew by itself") {
  CacheFixture fixture(kModMode);
  fixture.offer_a();
  fixture.list_a();
  const auto whole = fixture.cache().bring(kA);
  REQUIRE(!whole.error);
  CHECK(whole.info == kVersions + "/v1.0.0.info");
  CHECK(whole.directory == kTreeOfA);
  CHECK(whole.sum == h1_of(kA, kFilesOfA));
  const auto files = fixture.files.files();
  for (const auto* suffix : {".info", ".mod", ".zip", ".ziphash"}) {
    CAPTURE(suffix);
    REQUIRE_OK(fixture.files.remove_all(kVersions + "/v1.0.0" + suffix));
    CHECK(!fixture.cache().bring(kA).error);
    CHECK(fixture.files.files() == files);
  }
  REQUIRE_OK(fixture.files.remove_all(kTreeOfA));
  CHECK(!fixture.cache().bring(kA).error);
  CHECK(fixture.files.files() == files);
}

TEST_CASE("a zip that is fetched for a module that is extracted already is checked like any other") {
  CacheFixture fixture(kModMode);
  fixture.fill();
  fixture.offer_a();
  fixture.list_a();
  REQUIRE_OK(fixture.files.remove_all(kVersions + "/v1.0.0.zip"));
  fixture.origin.zips["example.com/a@v1.0.0"] =
      module_zip("example.com/a@v1.0.0", {{"go.mod", "module example.com/a\n"}, {"evil.go", "package a\n"}});
  const auto parts = fixture.cache().bring(kA);
  REQUIRE(parts.error);
  CHECK(parts.error->code == Code::kChecksumMismatch);
  CHECK(parts.go_mod == kVersions + "/v1.0.0.mod");
  CHECK(parts.zip.empty());
  CHECK(!fixture.files.files().contains(kVersions + "/v1.0.0.zip"));
}

}  // namespace modtool::goproxy::test
