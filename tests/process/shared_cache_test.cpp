// One module cache for several programs at once, and after some of them were killed: modtool and go mixed.
#include <doctest/doctest.h>

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
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
  LoopbackServer server_{[this](const std::string& path) {
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
  const ManyModules modules;
  const auto begin = std::chrono::steady_clock::now();
  CHECK(modules.run(MODTOOL_PROGRAM, {"download"}).status == 0);
  const auto whole = std::chrono::steady_clock::now() - begin;
  constexpr int kMoments = 50;
  int killed = 0;
  for (int i = 0; i < kMoments; ++i) {
    CAPTURE(i);
    fs::remove_all(modules.cache());
    {
      RunningProgram program(modules.start(MODTOOL_PROGRAM, {"download"}));
      std::this_thread::sleep_for(whole * i / kMoments);
      program.send(SIGKILL);
      if (program.wait().status != 0) ++killed;
    }
    const auto outcome = modules.run(MODTOOL_PROGRAM, {"download"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    if (i % 10 == 0) modules.check_by_go(go);
  }
  CHECK(killed > kMoments / 2);
}
