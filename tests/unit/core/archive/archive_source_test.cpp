#include "core/archive/archive_source.hpp"

#include <algorithm>
#include <deque>

#include "core/git/git_source.hpp"
#include "core/module/hash.hpp"
#include "core/source/described_source.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/tar_builder.hpp"

using namespace modtool;
using namespace modtool::archive;
using module::ModuleVersion;
using test::build_tar;
using test::gzip;

namespace {

const std::string kPath = "example.com/o/lib";
const std::string kUrl = "https://example.com/lib-1.0.0.tar.gz";
const ModuleVersion kModule{kPath, "v1.0.0"};

// Gives the replies that are set for it, the last one again and again.
class FakeHttp final : public io::HttpClient {
 public:
  Result<io::HttpReply> get(const io::HttpRequest& request) override {
    asked.push_back(request.url);
    auto reply = replies.front();
    if (replies.size() > 1) replies.pop_front();
    return reply;
  }

  void serve(const std::string& body) { replies = {io::HttpReply{.status = 200, .reason = "OK", .body = body}}; }

  std::deque<Result<io::HttpReply>> replies;
  std::vector<std::string> asked;
};

std::string library(const std::string& source) {
  return gzip(build_tar({{.name = "lib-1.0.0/a.c", .bytes = source}, {.name = "lib-1.0.0/run", .mode = 0755}}));
}

class Archives {
 public:
  Archives() {
    description.archive = "https://example.com/lib-{version}.tar.gz";
    files.add("/project/modtool.json", "{}");
  }

  std::unique_ptr<source::LockingSource> source(bool offline = false) {
    ArchiveSourceOptions options{
        .manifest_name = "modtool.json",
        .directory = "/project",
        .cache = {.directory = "/cache", .offline = offline, .patience = {.pause = std::chrono::milliseconds(0)}},
        .describe = [this](const std::string&) { return &description; },
        .locked = [this](const ModuleVersion&) { return locked ? &*locked : nullptr; },
        .synthesise = [](const ModuleVersion& module) { return "made for " + to_string(module); }};
    return make_archive_source(std::move(options), {files, http, reporter, cancellation}, pool);
  }
  Result<source::FoundModule> find() { return source()->find_module(kModule); }

  // Locks what is served now.
  void lock() {
    const auto found = REQUIRE_OK(find());
    const auto preimage = REQUIRE_OK(module::hash_tree(*found.files, pool));
    locked = {.module = kModule, .sum = module::h1_of(preimage, to_string(kModule)), .archive = found.archive};
  }

  test::MemoryFileSystem files;
  FakeHttp http;
  Reporter reporter;
  Cancellation cancellation;
  WorkerPool pool{1, cancellation};
  manifest::Description description;
  std::optional<manifest::LockedModule> locked;
};

}  // namespace

TEST_CASE("a module of an archive has its URL, its files and their executable bits, and the manifest that is in it") {
  Archives archives;
  archives.http.serve(library("int a;"));
  const auto source = archives.source();
  const auto found = REQUIRE_OK(source->find_module(kModule));
  CHECK(found.archive == kUrl);
  CHECK(found.git.commit.empty());
  CHECK(found.files->list() == std::vector<module::TreeFile>{{"a.c", 6, false}, {"run", 0, true}});
  CHECK(REQUIRE_OK(found.files->read("a.c")) == "int a;");
  CHECK(REQUIRE_OK(source->manifest(kModule)) == "made for " + to_string(kModule));
  CHECK(archives.http.asked == std::vector<std::string>{kUrl});

  archives.description.archive = "lib-{version}.tar";
  archives.files.add("/project/lib-1.0.0.tar", build_tar({{.name = "modtool.json", .bytes = "{}"}, {.name = "b"}}));
  const auto local = archives.source();
  CHECK(REQUIRE_OK(local->manifest(kModule)) == "{}");
  CHECK(REQUIRE_OK(local->find_module(kModule)).archive == "lib-1.0.0.tar");
}

TEST_CASE("the rules for modules are those of Git") {
  Archives archives;
  archives.http.serve(gzip(build_tar({{.name = "t/LICENSE", .bytes = "MIT"},
                                      {.name = "t/lib/a.c"},
                                      {.name = "t/lib/b.c", .type = '2', .target = "a.c"},
                                      {.name = "t/lib/passwd", .type = '2', .target = "/etc/passwd"},
                                      {.name = "t/lib/up", .type = '2', .target = "../../../x"},
                                      {.name = "t/lib/n/modtool.json", .bytes = "{}"}})));
  archives.description.subdirectory = "lib";
  CHECK_ERROR(archives.find(), Code::kGitLink, "2 entries of its sources");
  archives.description.symlinks = manifest::Symlinks::kIgnore;
  const auto found = REQUIRE_OK(archives.find());
  CHECK(found.files->list().size() == 3);
  CHECK(REQUIRE_OK(found.files->read("LICENSE")) == "MIT");
  CHECK(found.links_left_out == std::vector<std::string>{"passwd -> /etc/passwd", "up -> ../../../x"});

  archives.http.serve(gzip(build_tar({{.name = "t/README"}, {.name = "t/readme"}})));
  archives.description = {.archive = "https://example.com/other-{version}.tar.gz"};
  CHECK_ERROR(archives.find(), Code::kBadFileName, "collision");
}

TEST_CASE("an archive lists no versions and has no latest one") {
  Archives archives;
  archives.http.serve(library("int a;"));
  const auto source = archives.source();
  CHECK(REQUIRE_OK(source->versions(kPath)).empty());
  for (const std::string query : {"latest", "v1", "main"}) {
    CHECK_ERROR(source->stat(kPath, query), Code::kUnknownVersion, "no list of versions");
  }
  CHECK(REQUIRE_OK(source->stat(kPath, "v1.0.0")) == source::VersionInfo{.version = "v1.0.0"});
  CHECK(REQUIRE_OK(source->identity(kPath)) == archives.description.archive + "//");
}

TEST_CASE("an archive is fetched once and read from the cache from then on, offline too") {
  Archives archives;
  archives.http.serve(library("int a;"));
  CHECK_ERROR(archives.source(true)->find_module(kModule), Code::kOffline, "offline");
  REQUIRE_OK(archives.find());
  REQUIRE_OK(archives.find());
  CHECK(REQUIRE_OK(REQUIRE_OK(archives.source(true)->find_module(kModule)).files->read("a.c")) == "int a;");
  CHECK(archives.http.asked.size() == 1);
  const auto left = REQUIRE_OK(archives.files.list("/cache"));
  CHECK(std::ranges::none_of(left, [](const auto& entry) { return entry.name.ends_with(".unpacked"); }));
}

TEST_CASE("a failure that may pass is tried again, another one is told") {
  Archives archives;
  archives.http.replies = {fail(Code::kConnectionLost, "reset"), io::HttpReply{.status = 503, .reason = "Busy"},
                           io::HttpReply{.status = 200, .reason = "OK", .body = library("int a;")}};
  REQUIRE_OK(archives.find());
  CHECK(archives.http.asked.size() == 3);

  Archives others;
  others.http.replies = {io::HttpReply{.status = 404, .reason = "Not Found"}};
  const auto missing = others.find();
  CHECK_ERROR(missing, Code::kNotFound, "404 Not Found");
  CHECK(missing.error().context == std::vector<std::string>{kUrl});
  CHECK(others.http.asked.size() == 1);
  others.http.serve("<html>sorry");
  CHECK_ERROR(others.find(), Code::kBadArchive, "not a tar or zip file");
  CHECK(REQUIRE_OK(others.files.list("/cache")).size() <= 1);
}

TEST_CASE("an archive that changed under its locked URL is refused with both hashes, and not kept") {
  Archives archives;
  archives.http.serve(library("int a;"));
  archives.lock();
  REQUIRE(archives.files.remove_all("/cache").has_value());
  archives.http.serve(library("int evil;"));
  const auto changed = archives.find();
  CHECK_ERROR(changed, Code::kChecksumMismatch, "and was locked with " + archives.locked->sum);
  CHECK(changed.error().message.contains("has the hash h1:"));
  CHECK(changed.error().context == std::vector<std::string>{kUrl});
  CHECK_ERROR(archives.source(true)->find_module(kModule), Code::kOffline, "");

  // The cached copy would still be the locked one; its origin is asked.
  archives.http.serve(library("int a;"));
  REQUIRE_OK(archives.find());
  CHECK(archives.source()->check_upstream(kModule).has_value());
  archives.http.serve(library("int evil;"));
  REQUIRE_OK(archives.find());
  CHECK_ERROR(archives.source()->check_upstream(kModule), Code::kChecksumMismatch, "was locked with");

  // The same bytes at another URL are another archive; what they hash to is the lock's maker's to say.
  archives.locked->archive = "https://example.com/old-1.0.0.tar.gz";
  REQUIRE_OK(archives.find());
}

TEST_CASE("a cached archive that was changed or damaged is fetched anew, and offline refused") {
  Archives archives;
  archives.http.serve(library("int a;"));
  archives.lock();
  const auto cached = [&] {
    for (const auto& entry : REQUIRE_OK(archives.files.list("/cache"))) {
      if (!entry.name.contains('.')) return "/cache/" + entry.name;
    }
    return std::string();
  }();
  for (const auto& [bytes, code] :
       {std::pair(library("int evil;"), Code::kChecksumMismatch), std::pair(std::string("cut"), Code::kBadArchive)}) {
    REQUIRE(archives.files.write_atomic(cached, bytes).has_value());
    CHECK_ERROR(archives.source(true)->find_module(kModule), code, "");
    CHECK(REQUIRE_OK(REQUIRE_OK(archives.find()).files->read("a.c")) == "int a;");
    CHECK(REQUIRE_OK(archives.files.read(cached)) == library("int a;"));
  }
}

TEST_CASE("a path is asked of Git or of archives, as it is described") {
  Archives archives;
  archives.http.serve(library("int a;"));
  const auto source =
      source::make_described_source({.git = git::make_git_source({.manifest_name = "modtool.json"}),
                                     .archives = archives.source(),
                                     .is_archive = [](const std::string& path) { return path == kPath; }});
  CHECK(REQUIRE_OK(source->find_module(kModule)).archive == kUrl);
  CHECK_ERROR(source->find_module({"example.com/o/other", "v1.0.0"}), Code::kUnsupportedScheme, "no network is used");
}
