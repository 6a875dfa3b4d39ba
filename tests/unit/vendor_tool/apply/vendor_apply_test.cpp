#include "vendor_tool/apply/vendor_apply.hpp"

#include <map>

#include "core/base/cancellation.hpp"
#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/recording_reporter.hpp"

namespace modtool::vendor_tool {
namespace {

const VendorPlace kPlace = {"/p/vendor", "/p/modtool.sums"};

using modtool::test::Fault;
using modtool::test::FaultyFileSystem;
using modtool::test::MemoryFileSystem;
using State = std::map<std::string, std::string>;

// A plan of one module, and its tree.
struct Content {
  VendorPlan plan;
  VendorTrees trees;

  static Content of(std::map<std::string, std::string> files) {
    VendorRequest request;
    if (!files.empty()) request.modules.resize(1);
    for (auto& module : request.modules) module.index = {.module = {"a.org/x", "v1.0.0"}, .packages = {"a.org/x"}};
    for (const auto& [name, bytes] : files) request.modules[0].files.push_back(name);
    Content content{.plan = REQUIRE_OK(plan_vendor(request)), .trees = {}};
    content.trees.push_back(module::make_memory_tree(std::move(files)));
    return content;
  }
};

Content old_content() { return Content::of({{"old.go", "old"}, {"both.go", "same"}, {"sub/old.go", "old"}}); }
Content new_content() { return Content::of({{"new.go", "new"}, {"both.go", "same"}, {"sub/deep/new.go", "new"}}); }

struct Runner {
  Cancellation cancellation;
  WorkerPool pool{1, cancellation};

  Result<void> apply(io::FileSystem& files, const Content& content, ApplyOptions options) {
    options.place = kPlace;
    return apply_vendor(files, pool, content.plan, content.trees, options);
  }
};

State vendored(const Content& content, const std::string& sums) {
  MemoryFileSystem disk;
  disk.add("/p/go.mod", "module p\n");
  REQUIRE_OK(Runner().apply(disk, content, {.sums = sums}));
  return disk.files();
}

// The files below vendor/ but for the marker.
State vendor_of(const State& state) {
  State vendor;
  for (const auto& [path, bytes] : state) {
    if (path.starts_with("/p/vendor/") && path != "/p/vendor/.modtool-staged") vendor.emplace(path, bytes);
  }
  return vendor;
}

TEST_CASE("applying a plan leaves the tree, its index, its sums, and nothing else") {
  CHECK(vendored(new_content(), "sums") == State{{"/p/go.mod", "module p\n"},
                                                 {"/p/modtool.sums", "sums"},
                                                 {"/p/vendor/modules.txt", "# a.org/x v1.0.0\na.org/x\n"},
                                                 {"/p/vendor/a.org/x/both.go", "same"},
                                                 {"/p/vendor/a.org/x/new.go", "new"},
                                                 {"/p/vendor/a.org/x/sub/deep/new.go", "new"}});
}

TEST_CASE("where modules are listed and none has files, the index alone is written") {
  VendorRequest request;
  request.modules.push_back({.index = {.module = {"a.org/x", "v1.0.0"}, .is_explicit = true}});
  const Content content{.plan = REQUIRE_OK(plan_vendor(request)), .trees = {nullptr}};
  CHECK(vendor_of(vendored(content, "sums")) == State{{"/p/vendor/modules.txt", "# a.org/x v1.0.0\n## explicit\n"}});
}

TEST_CASE("a file is executable where its tree says so") {
  class Executables final : public module::ModuleTree {
   public:
    const std::vector<module::TreeFile>& list() const override { return list_; }
    Result<std::string> read(std::string_view name) const override { return std::string(name); }

   private:
    std::vector<module::TreeFile> list_ = {{.name = "plain.go"}, {.name = "run.sh", .executable = true}};
  };
  MemoryFileSystem disk;
  Content content = Content::of({{"plain.go", ""}, {"run.sh", ""}});
  content.trees[0] = std::make_shared<Executables>();
  REQUIRE_OK(Runner().apply(disk, content, {.sums = "sums"}));
  CHECK((REQUIRE_OK(disk.stat("/p/vendor/a.org/x/run.sh")).mode & 0111) != 0);
  CHECK((REQUIRE_OK(disk.stat("/p/vendor/a.org/x/plain.go")).mode & 0111) == 0);
}

TEST_CASE("a second run replaces the tree as a whole") {
  MemoryFileSystem disk;
  disk.add("/p/go.mod", "module p\n");
  Runner runner;
  REQUIRE_OK(runner.apply(disk, old_content(), {.sums = "old"}));
  REQUIRE_OK(runner.apply(disk, new_content(), {.sums = "new"}));
  CHECK(disk.files() == vendored(new_content(), "new"));
  REQUIRE_OK(runner.apply(disk, new_content(), {.sums = "new"}));
  CHECK(disk.files() == vendored(new_content(), "new"));
}

TEST_CASE("without sums modtool.sums is not touched, and no marker is ever written") {
  MemoryFileSystem disk;
  disk.add("/p/modtool.sums", "mine");
  REQUIRE_OK(Runner().apply(disk, new_content(), {}));
  CHECK(disk.files().at("/p/modtool.sums") == "mine");
  for (const auto& path : disk.written_paths()) CHECK(path.find(kStagedMarker) == std::string::npos);
}

TEST_CASE("where nothing is vendored, vendor and modtool.sums go") {
  MemoryFileSystem disk;
  disk.add("/p/go.mod", "module p\n");
  Runner runner;
  REQUIRE_OK(runner.apply(disk, old_content(), {.sums = "old"}));
  REQUIRE_OK(runner.apply(disk, Content::of({}), {.sums = "new"}));
  CHECK(disk.files() == State{{"/p/go.mod", "module p\n"}});
  CHECK(!is_there(disk, "/p/vendor"));
  REQUIRE_OK(runner.apply(disk, Content::of({}), {.sums = "new"}));
  CHECK(disk.files() == State{{"/p/go.mod", "module p\n"}});
}

TEST_CASE("progress counts every file") {
  MemoryFileSystem disk;
  modtool::test::RecordingReporter reporter;
  REQUIRE_OK(Runner().apply(disk, new_content(), {.reporter = &reporter}));
  CHECK(reporter.advanced == std::vector<std::string>{"vendoring 1/3", "vendoring 2/3", "vendoring 3/3"});
}

TEST_CASE("a vendor that was not made by vendoring is kept, unless whatever is there may be replaced") {
  struct Case {
    std::string name;
    std::function<void(MemoryFileSystem&)> setup;
    Code code;
    std::string part;
  };
  const Case cases[] = {
      {"files of somebody's own", [](auto& disk) { disk.add("/p/vendor/mine.txt", "mine"); }, Code::kFileExists,
       "holds no modules.txt"},
      {"a link",
       [](auto& disk) {
         disk.add("/q/modules.txt", "");
         disk.add_link("/p/vendor", "/q");
       },
       Code::kSymbolicLink, "is a symbolic link"},
      {"a file", [](auto& disk) { disk.add("/p/vendor", "mine"); }, Code::kNotADirectory, "is not a directory"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    MemoryFileSystem disk;
    c.setup(disk);
    const auto before = disk.files();
    Runner runner;
    CHECK_ERROR(runner.apply(disk, new_content(), {.sums = "new"}), c.code, c.part);
    CHECK(disk.files() == before);
    REQUIRE_OK(runner.apply(disk, new_content(), {.replace_anything = true}));
    CHECK(vendor_of(disk.files()) == vendor_of(vendored(new_content(), "")));
    CHECK(REQUIRE_OK(disk.lstat("/p/vendor")).kind == io::FileKind::kDirectory);
    if (before.contains("/q/modules.txt")) CHECK(disk.files().contains("/q/modules.txt"));
  }
}

TEST_CASE("an empty vendor directory is taken for one of ours") {
  MemoryFileSystem disk;
  disk.add_directory("/p/vendor");
  REQUIRE_OK(Runner().apply(disk, new_content(), {.sums = "new"}));
  CHECK(is_there(disk, "/p/vendor/modules.txt"));
}

TEST_CASE("a failure to read a module leaves the old state") {
  MemoryFileSystem disk;
  Runner runner;
  REQUIRE_OK(runner.apply(disk, old_content(), {.sums = "old"}));
  const auto before = disk.files();
  Content broken = new_content();
  broken.trees[0] = module::make_memory_tree({});
  CHECK_ERROR(runner.apply(disk, broken, {.sums = "new"}), Code::kFileNotFound, "vendoring a.org/x@v1.0.0");
  CHECK(disk.files() == before);
}

TEST_CASE("a cancellation leaves the old state, and nothing staged") {
  MemoryFileSystem disk;
  REQUIRE_OK(Runner().apply(disk, old_content(), {.sums = "old"}));
  const auto before = disk.files();
  Runner runner;
  class Canceller final : public Reporter {
   public:
    explicit Canceller(Cancellation& cancellation) : cancellation_(cancellation) {}

   protected:
    void on_advance(const BegunTask&) override { cancellation_.request(Code::kInterrupted); }

   private:
    Cancellation& cancellation_;
  } canceller(runner.cancellation);
  CHECK_ERROR(runner.apply(disk, new_content(), {.sums = "new", .reporter = &canceller}), Code::kInterrupted, "");
  CHECK(disk.files() == before);
  CHECK(REQUIRE_OK(disk.list("/p")).size() == 2);
}

TEST_CASE("writing modtool.sums alone first completes a run that was ended after its commit") {
  MemoryFileSystem disk;
  disk.add("/p/vendor/modules.txt", "# new\n");
  disk.add("/p/vendor/.modtool-staged", ".vendor.tmp-1\n");
  disk.add("/p/.vendor.tmp-1/sums", "of the ended run");
  disk.add("/p/.vendor.tmp-1/tree/modules.txt", "# old\n");
  REQUIRE_OK(write_sums(disk, Cancellation(), kPlace, "new"));
  CHECK(disk.files() == State{{"/p/modtool.sums", "new"}, {"/p/vendor/modules.txt", "# new\n"}});
}

TEST_CASE("writing modtool.sums alone first removes what a run left that was ended before its commit") {
  MemoryFileSystem disk;
  disk.add("/p/vendor/modules.txt", "# old\n");
  disk.add("/p/.vendor.tmp-1/tree/modules.txt", "# new\n");
  REQUIRE_OK(write_sums(disk, Cancellation(), kPlace, "new"));
  CHECK(disk.files() == State{{"/p/modtool.sums", "new"}, {"/p/vendor/modules.txt", "# old\n"}});
}

// What one transaction goes from and to, and how it is disturbed.
struct Disturbance {
  std::string name;
  Content from;
  Content to;
  Fault::Lasting lasting;
  bool can_exchange = true;
  bool with_sums = true;
  bool cuts_power = false;
};

std::vector<Disturbance> disturbances() {
  std::vector<Disturbance> all;
  const struct {
    std::string name;
    Fault::Lasting lasting;
    bool cuts_power;
  } kinds[] = {{"a call fails", Fault::Lasting::kOnce, false},
               {"a call fails, and the next one", Fault::Lasting::kTwice, false},
               {"the process is killed", Fault::Lasting::kFromThenOn, false},
               {"the power is cut", Fault::Lasting::kFromThenOn, true}};
  for (const auto& [kind, lasting, power] : kinds) {
    for (const bool exchange : {true, false}) {
      const std::string how = kind + (exchange ? "" : ", no exchange");
      all.push_back(
          {how + ": a new tree for an old one", old_content(), new_content(), lasting, exchange, true, power});
      all.push_back({how + ": a new tree without sums", old_content(), new_content(), lasting, exchange, false, power});
      all.push_back({how + ": the first tree", Content::of({}), new_content(), lasting, exchange, true, power});
      all.push_back({how + ": no tree any more", old_content(), Content::of({}), lasting, exchange, true, power});
    }
  }
  return all;
}

TEST_CASE("whichever call fails and wherever it is killed, the next run finds the old state or the new one") {
  for (const auto& disturbance : disturbances()) {
    bool was_new = false;
    for (std::size_t call = 0;; ++call) {
      CAPTURE(disturbance.name);
      CAPTURE(call);
      MemoryFileSystem disk;
      disk.add("/p/go.mod", "module p\n");
      if (!disturbance.can_exchange) disk.forbid_exchange();
      Runner runner;
      const auto sums = [&](std::string text) { return disturbance.with_sums ? std::optional(text) : std::nullopt; };
      REQUIRE_OK(runner.apply(disk, disturbance.from, {.sums = sums("old")}));
      const auto before = disk.files();
      MemoryFileSystem wanted;
      wanted.add("/p/go.mod", "module p\n");
      REQUIRE_OK(runner.apply(wanted, disturbance.to, {.sums = sums("new")}));
      const auto after = wanted.files();

      FaultyFileSystem faulty(disk, {.call = call, .lasting = disturbance.lasting});
      const auto applied = runner.apply(faulty, disturbance.to, {.sums = sums("new")});
      if (disturbance.cuts_power) disk.cut_power();
      if (!faulty.has_failed()) {
        CHECK(applied.has_value());
        CHECK(disk.files() == after);
        break;
      }
      if (disturbance.can_exchange) {
        const auto vendor = vendor_of(disk.files());
        CHECK((vendor == vendor_of(before) || vendor == vendor_of(after)));
      }
      REQUIRE_OK(recover_vendor(disk, kPlace));
      const auto recovered = disk.files();
      CHECK((recovered == before || recovered == after));
      CHECK(REQUIRE_OK(disk.list("/p")).size() == (recovered.contains("/p/vendor/modules.txt") ? 2 : 1) +
                                                      disturbance.with_sums * recovered.contains("/p/modtool.sums"));
      CHECK_MESSAGE((recovered == after || !was_new), "a later failure must not bring the old state back");
      was_new = recovered == after;
    }
  }
}

TEST_CASE("the run after one that was killed does its own work as if nothing had been") {
  for (std::size_t call = 0;; ++call) {
    CAPTURE(call);
    MemoryFileSystem disk;
    disk.add("/p/go.mod", "module p\n");
    Runner runner;
    REQUIRE_OK(runner.apply(disk, old_content(), {.sums = "old"}));
    FaultyFileSystem faulty(disk, {.call = call, .lasting = Fault::Lasting::kFromThenOn});
    if (runner.apply(faulty, new_content(), {.sums = "new"})) break;
    REQUIRE_OK(runner.apply(disk, Content::of({{"third.go", "third"}}), {.sums = "third"}));
    CHECK(disk.files() == vendored(Content::of({{"third.go", "third"}}), "third"));
  }
}

TEST_CASE("whichever look or write fails once, a run leaves the old state or the new one") {
  for (std::size_t call = 0;; ++call) {
    CAPTURE(call);
    MemoryFileSystem disk;
    disk.add("/p/go.mod", "module p\n");
    Runner runner;
    REQUIRE_OK(runner.apply(disk, old_content(), {.sums = "old"}));
    const auto before = disk.files();
    FaultyFileSystem faulty(disk, {.call = call, .counted = Fault::Counted::kAll});
    const auto applied = runner.apply(faulty, new_content(), {.sums = "new"});
    if (!applied) REQUIRE_OK(recover_vendor(disk, kPlace));
    CHECK((disk.files() == vendored(new_content(), "new") || (!applied && disk.files() == before)));
    if (!faulty.has_failed()) break;
  }
}

// fix vendor_tool/apply/vendor_stage.cpp:replace_by_moving
TEST_CASE("where the old tree cannot be moved back, the command that is printed does it") {
  bool was_printed = false;
  bool has_failed = true;
  for (std::size_t call = 0; has_failed; ++call) {
    CAPTURE(call);
    MemoryFileSystem disk;
    disk.forbid_exchange();
    disk.add("/p/go.mod", "module p\n");
    Runner runner;
    REQUIRE_OK(runner.apply(disk, old_content(), {.sums = "old"}));
    const auto before = disk.files();
    FaultyFileSystem faulty(disk, {.call = call, .lasting = Fault::Lasting::kTwice});
    const auto applied = runner.apply(faulty, new_content(), {.sums = "new"});
    has_failed = faulty.has_failed();
    if (applied || applied.error().fix.empty()) continue;
    was_printed = true;
    const auto& words = applied.error().fix.commands.front().words;
    REQUIRE((words.size() == 3 && words[0] == "mv"));
    REQUIRE_OK(disk.rename(words[1], words[2]));
    CHECK(vendor_of(disk.files()) == vendor_of(before));
    REQUIRE_OK(runner.apply(disk, new_content(), {.sums = "new"}));
    CHECK(disk.files() == vendored(new_content(), "new"));
  }
  CHECK(was_printed);
}

TEST_CASE("a recovery that fails or is killed itself loses nothing, and the next one completes it") {
  for (const bool exchange : {true, false}) {
    for (const auto lasting : {Fault::Lasting::kOnce, Fault::Lasting::kFromThenOn}) {
      bool was_killed = true;
      for (std::size_t killed = 0; was_killed; ++killed) {
        bool has_failed = true;
        for (std::size_t call = 0; has_failed; ++call) {
          CAPTURE(exchange);
          CAPTURE(killed);
          CAPTURE(call);
          MemoryFileSystem disk;
          disk.add("/p/go.mod", "module p\n");
          if (!exchange) disk.forbid_exchange();
          Runner runner;
          REQUIRE_OK(runner.apply(disk, old_content(), {.sums = "old"}));
          const auto before = disk.files();
          FaultyFileSystem killing(disk, {.call = killed, .lasting = Fault::Lasting::kFromThenOn});
          was_killed = !runner.apply(killing, new_content(), {.sums = "new"});
          FaultyFileSystem faulty(disk, {.call = call, .counted = Fault::Counted::kAll, .lasting = lasting});
          const auto recovered = recover_vendor(faulty, kPlace);
          has_failed = faulty.has_failed();
          if (!recovered) REQUIRE_OK(recover_vendor(disk, kPlace));
          CHECK((disk.files() == before || disk.files() == vendored(new_content(), "new")));
        }
      }
    }
  }
}

TEST_CASE("a run waits while another one is at work beside the same manifest") {
  MemoryFileSystem disk;
  disk.add("/p/go.mod", "module p\n");
  Runner runner;
  auto other = REQUIRE_OK(disk.lock("/p", runner.cancellation, {}));
  runner.cancellation.set_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(20));
  CHECK_ERROR(runner.apply(disk, new_content(), {}), Code::kTimeout, "");
  CHECK(disk.files() == State{{"/p/go.mod", "module p\n"}});
}

TEST_CASE("a directory of somebody's own beside vendor is left alone") {
  MemoryFileSystem disk;
  disk.add("/p/.vendor.tmp", "mine");
  disk.add("/p/.vendor.tmp-file", "mine");
  disk.add("/p/.other.tmp-1/x", "mine");
  REQUIRE_OK(Runner().apply(disk, new_content(), {.sums = "new"}));
  CHECK(disk.files().contains("/p/.vendor.tmp"));
  CHECK(disk.files().contains("/p/.vendor.tmp-file"));
  CHECK(disk.files().contains("/p/.other.tmp-1/x"));
}

}  // namespace
}  // namespace modtool::vendor_tool
