// One module cache for several programs at once, and after some of them were killed: modtool and go mixed.
#include <doctest/doctest.h>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>

#include "tests/process/https_setting.hpp"
#include "tests/scripts/harness/tree.hpp"
#include "tests/support/files.hpp"
#include "tests/support/loopback_server.hpp"

using namespace modtool::test;

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr int kModules = 8;
constexpr int kFiles = 8;
constexpr milliseconds kDelay{3};  // of the server, so that whoever fetches is at it for a while
constexpr std::chrono::seconds kPatience{60};

std::vector<ProxyModule> many_modules() {
  std::vector<ProxyModule> modules;
  for (int m = 0; m < kModules; ++m) {
    ProxyModule module{.path = "example.com/M" + std::to_string(m), .version = "v1.0.0"};
    module.files["go.mod"] = "module " + module.path + "\n\ngo 1.21\n";
    for (int f = 0; f < kFiles; ++f) {
      module.files["f" + std::to_string(f) + ".go"] = "package p\n\n// " + std::string(2000, 'x') + "\n";
    }
    modules.push_back(std::move(module));
  }
  return modules;
}

// Counts the requests of a server, and holds back those beyond a limit.
class RequestGate {
 public:
  void close_after(int count) {
    const std::lock_guard lock(mutex_);
    seen_ = 0;
    limit_ = count;
  }
  void open() {
    const std::lock_guard lock(mutex_);
    limit_ = std::numeric_limits<int>::max();
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    const int number = ++seen_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return number <= limit_; });
  }
  bool wait_for(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return seen_ >= count; });
  }
  int seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int seen_ = 0;
  int limit_ = std::numeric_limits<int>::max();
};

class ManyModules {
 public:
  ManyModules() {
    const auto modules = many_modules();
    write_proxy(modules, directory_ / "proxy");
    write_file(directory_ / "project/go.sum", format_go_sum(modules));
    std::string go_mod = "module example.com/main\n\ngo 1.21\n\nrequire (\n";
    for (const auto& module : modules) go_mod += "\t" + module.path + " " + module.version + "\n";
    write_file(directory_ / "project/go.mod", go_mod + ")\n");
  }

  std::string cache() const { return directory_ / "cache"; }

  Start start(const std::string& program, const std::vector<std::string>& words, bool online = true) const {
    std::vector<std::string> command = {program};
    command.insert(command.end(), words.begin(), words.end());
    return {.command = std::move(command),
            .directory = directory_ / "project",
            .environment = {{"GOPROXY", online ? server_.url() : "off"},
                            {"GOMODCACHE", cache()},
                            {"GOFLAGS", "-modcacherw"},
                            {"GOENV", "off"},
                            {"GOSUMDB", "off"},
                            {"GOTOOLCHAIN", "local"},
                            {"HOME", directory_ / "home"}}};
  }
  Outcome run(const std::string& program, const std::vector<std::string>& words, bool online = true) const {
    return RunningProgram(start(program, words, online)).wait();
  }

  int connections() const { return server_.connections(); }
  int requests() const { return gate_.seen(); }

  // From now on the server answers so many requests and keeps silent after them, until it is opened.
  void answer_only(int count) { gate_.close_after(count); }
  void open() { gate_.open(); }
  // Until so many requests have come, the unanswered ones too; false where they never do.
  bool wait_for_requests(int count) { return gate_.wait_for(count); }

  // What go makes of the cache without a network.
  void check_by_go(const std::string& go) const {
    const auto verified = run(go, {"mod", "verify"}, false);
    CAPTURE(verified.err);
    CHECK(verified.out == "all modules verified\n");
    const auto downloaded = run(go, {"mod", "download"}, false);
    CAPTURE(downloaded.err);
    CHECK(downloaded.status == 0);
  }

 private:
  TempDirectory directory_;
  RequestGate gate_;
  LoopbackServer server_{[this](const std::string& path) {
    gate_.pass();
    std::this_thread::sleep_for(kDelay);
    std::string name = path;
    for (std::size_t at = 0; (at = name.find("%21", at)) != std::string::npos;) name.replace(at, 3, "!");
    auto body = read_file(directory_ / ("proxy" + name));
    return body.empty() ? ServerReply{.status = 404, .reason = "Not Found"} : ServerReply{.body = std::move(body)};
  }};
};

}  // namespace

TEST_CASE("a download opens a few connections, and keeps them") {
  const ManyModules modules;
  CHECK(modules.run(MODTOOL_PROGRAM, {"download"}).status == 0);
  CHECK(modules.connections() <= std::max(8, static_cast<int>(std::thread::hardware_concurrency())));
}

TEST_CASE("twenty programs at once, modtool and go mixed, fill one cache without an error or a damage") {
  const auto go = find_go();
  if (go.empty()) return;
  const ManyModules modules;
  CHECK(modules.run(go, {"mod", "download"}).status == 0);
  const std::string expected = modules.cache() + ".expected";
  fs::rename(modules.cache(), expected);

  std::vector<std::unique_ptr<RunningProgram>> programs;
  for (int i = 0; i < 20; ++i) {
    const bool is_go = i % 2 == 0;
    const auto words = is_go ? std::vector<std::string>{"mod", "download"} : std::vector<std::string>{"download"};
    programs.push_back(std::make_unique<RunningProgram>(modules.start(is_go ? go : MODTOOL_PROGRAM, words)));
  }
  for (const auto& program : programs) {
    const auto outcome = program->wait();
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
  }
  CHECK(tree_difference(expected, modules.cache()) == "");
  modules.check_by_go(go);
}

TEST_CASE("a download that is killed at any moment is completed by the next one, and go agrees with the cache") {
  const auto go = find_go();
  if (go.empty()) return;
  ManyModules modules;
  CHECK(modules.run(MODTOOL_PROGRAM, {"download"}).status == 0);
  const int whole = modules.requests();
  constexpr int kMoments = 50;
  for (int i = 0; i < kMoments; ++i) {
    CAPTURE(i);
    fs::remove_all(modules.cache());
    // The one reply that is held back keeps the program alive while it writes what the others brought.
    const int answered = i * whole / kMoments;
    modules.answer_only(answered);
    {
      RunningProgram program(modules.start(MODTOOL_PROGRAM, {"download"}));
      CHECK(modules.wait_for_requests(answered + 1));
      std::this_thread::sleep_for(std::chrono::microseconds(i * 7919 % 5000));
      program.send(SIGKILL);
      CHECK(program.wait().status != 0);
    }
    modules.open();
    const auto outcome = modules.run(MODTOOL_PROGRAM, {"download"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    if (i % 10 == 0) modules.check_by_go(go);
  }
}
