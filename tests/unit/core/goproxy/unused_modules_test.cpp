#include "core/goproxy/unused_modules.hpp"

#include "tests/support/faulty_file_system.hpp"
#include "tests/unit/core/goproxy/cache_fixture.hpp"

namespace modtool::goproxy::test {
namespace {

constexpr std::int64_t kNow = 2'000'000'000;  // later than everything that a test writes

const source::ChecksumPolicy kReadonly{.rule = source::ChecksumRule::kReadonly};

UnusedModules unused_over(io::FileSystem& files, const Cancellation& cancellation) {
  return {*CacheLayout::create("/cache"), files, cancellation};
}

}  // namespace

TEST_CASE("a module is found with the size of all that belongs to it") {
  CacheFixture fixture;
  fixture.fill();
  fixture.files.add("/cache/cache/download/sumdb/sum.golang.org/x/@v/v1.0.0.mod", "no module");
  fixture.files.add("/cache/cache/download/example.com/a/@v/v1.0.mod", "no version");
  auto unused = unused_over(fixture.files, fixture.cancellation);
  CHECK(REQUIRE_OK(unused.find(2)).empty());
  const auto found = REQUIRE_OK(unused.find(kNow));
  REQUIRE(found.size() == 1);
  CHECK(found[0].module == kA);
  std::uint64_t bytes = 0;
  for (const auto& [name, text] : fixture.files.files()) {
    const bool is_counted = name.starts_with(kTreeOfA) || name.starts_with(kVersions + "/v1.0.0.");
    if (is_counted && !name.ends_with(".lock")) bytes += text.size();
  }
  CHECK(found[0].bytes == bytes);
}

TEST_CASE("a removed module leaves its lock and a list without it") {
  CacheFixture fixture;
  fixture.fill();
  auto unused = unused_over(fixture.files, fixture.cancellation);
  REQUIRE_OK(unused.hold());
  CHECK(!REQUIRE_OK(unused.remove(kA, 2)));
  CHECK(REQUIRE_OK(unused.remove(kA, kNow)));
  for (const auto& [name, text] : fixture.files.files()) {
    CAPTURE(name);
    CHECK((name.ends_with("lock") || name == kVersions + "/list"));
    CHECK(text.empty());
  }
  CHECK(!REQUIRE_OK(unused.remove(kA, kNow)));
}

TEST_CASE("a run that ends anywhere leaves a cache that gives the module again") {
  for (std::size_t call = 0;; ++call) {
    CacheFixture fixture(kReadonly);
    fixture.fill();
    fixture.list_a();
    modtool::test::FaultyFileSystem faulty(fixture.files,
                                           {.call = call, .lasting = modtool::test::Fault::Lasting::kFromThenOn});
    const auto removed = unused_over(faulty, fixture.cancellation).remove(kA, kNow);
    if (!faulty.has_failed()) break;
    CAPTURE(call);
    fixture.offer_a();
    CHECK(contents_of(*REQUIRE_OK(fixture.cache().tree(kA))) == kFilesOfA);
    CHECK(!fixture.cache().bring(kA).error);
  }
}

TEST_CASE("nothing is removed through a link") {
  CacheFixture fixture;
  fixture.files.add("/elsewhere/a@v1.0.0/a.go", "package a\n");
  REQUIRE_OK(fixture.files.make_directories("/cache"));
  REQUIRE_OK(fixture.files.make_link("/elsewhere", "/cache/example.com"));
  fixture.files.add(kVersions + "/v1.0.0.mod", "module example.com/a\n");
  auto unused = unused_over(fixture.files, fixture.cancellation);
  CHECK(REQUIRE_OK(unused.remove(kA, kNow)));
  CHECK(fixture.files.files().contains("/elsewhere/a@v1.0.0/a.go"));
}

}  // namespace modtool::goproxy::test
