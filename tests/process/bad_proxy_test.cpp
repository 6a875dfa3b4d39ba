// A module proxy that is slow, cuts, lies, and sends what it should not: each has its own clear error, and nothing of
// it is kept.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "tests/process/https_setting.hpp"
#include "tests/support/files.hpp"
#include "tests/support/loopback_server.hpp"

using namespace modtool::test;

namespace {

namespace fs = std::filesystem;

const std::string kStem = "/example.com/a/@v/v1.0.0.";

// Serves a project's proxy, but for what a test has put in the place of a file.
class BadProxy {
 public:
  const SampleProject project;

  void reply(const std::string& path, std::function<ServerReply()> reply) { replies_[path] = std::move(reply); }
  void reply(const std::string& path, ServerReply fixed) {
    replies_[path] = [fixed = std::move(fixed)] { return fixed; };
  }

  std::string url() const { return server_.url(); }
  std::size_t requests() const { return server_.requests().size(); }

  Outcome run(const std::vector<std::string>& words, const std::string& proxies = "",
              const std::string& program = "") const {
    fs::remove_all(project.cache());
    fs::remove_all(project.root() + "/../home");
    auto start = project.start(words, proxies.empty() ? url() : proxies);
    start.environment["HOME"] = project.root() + "/../home";
    start.environment["GOSUMDB"] = "off";
    start.environment["GOTOOLCHAIN"] = "local";
    if (!program.empty()) start.command[0] = program;
    return RunningProgram(start).wait();
  }

  // The files of the cache that a reader may take for whole.
  std::vector<std::string> kept() const {
    std::vector<std::string> names;
    if (!fs::exists(project.cache())) return names;
    for (const auto& entry : fs::recursive_directory_iterator(project.cache())) {
      const std::string name = entry.path().filename();
      const bool is_working_file = name.ends_with(".lock") || name == "list" || entry.is_directory();
      if (!is_working_file) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
  }

 private:
  ServerReply answer(const std::string& path) {
    if (const auto found = replies_.find(path); found != replies_.end()) return found->second();
    auto body = project.proxy_file(path);
    return body.empty() ? ServerReply{.status = 404, .reason = "Not Found"} : ServerReply{.body = std::move(body)};
  }

  std::map<std::string, std::function<ServerReply()>> replies_;
  LoopbackServer server_{[this](const std::string& path) { return answer(path); }};
};

// The bytes of a zip of another module, as long as they need to be.
std::string zip_of(const ProxyModule& module) {
  const TempDirectory directory;
  write_proxy({module}, directory.path());
  return read_file(directory / (module.path + "/@v/" + module.version + ".zip"));
}

// A project that imports so many modules, which go.mod and go.sum name.
class ManyModules {
 public:
  explicit ManyModules(int count) {
    std::vector<ProxyModule> modules;
    std::string required;
    std::string imports;
    for (int i = 0; i < count; ++i) {
      const std::string path = std::string("example.com/m") + (i < 10 ? "0" : "") + std::to_string(i);
      modules.push_back({.path = path,
                         .version = "v1.0.0",
                         .files = {{"go.mod", "module " + path + "\n\ngo 1.21\n"}, {"a.go", "package a\n"}}});
      required += "\t" + path + " v1.0.0\n";
      imports += "import _ \"" + path + "\"\n";
    }
    write_file(directory_ / "go.mod", "module example.com/main\n\ngo 1.21\n\nrequire (\n" + required + ")\n");
    write_file(directory_ / "go.sum", format_go_sum(modules));
    write_file(directory_ / "main.go", "package main\n\n" + imports);
  }

  Outcome run(const std::string& verb, const std::string& proxies) const {
    return RunningProgram(
               {.command = {MODTOOL_PROGRAM, verb},
                .directory = directory_.path(),
                .environment = {{"GOPROXY", proxies}, {"GOMODCACHE", directory_ / "cache"}, {"GOENV", "off"}}})
        .wait();
  }

 private:
  TempDirectory directory_;
};

}  // namespace

TEST_CASE("what a proxy should not send is refused with its own error, and nothing of it is kept") {
  const std::string go_mod = "module example.com/a\n\ngo 1.21\n";
  const ServerReply other_zip{
      .body = zip_of({.path = "example.com/b", .version = "v1.0.0", .files = {{"b.go", "package b\n"}}})};
  const ServerReply changed_zip{
      .body = zip_of(
          {.path = "example.com/a", .version = "v1.0.0", .files = {{"go.mod", go_mod}, {"f0.go", "package b\n"}}})};
  struct Row {
    const char* name;
    std::string file;
    ServerReply reply;
    std::string code;
    std::string words;
    std::vector<std::string> kept = {"v1.0.0.mod"};
  };
  const std::string megabyte(1 << 20, ' ');
  const Row rows[] = {
      {"no zip", "zip", {.body = "<html>sign in</html>"}, "MT5005", "not a valid zip file"},
      {"an empty zip", "zip", {.body = ""}, "MT5005", "not a valid zip file"},
      {"half a zip",
       "zip",
       {.body = other_zip.body.substr(0, other_zip.body.size() / 2)},
       "MT5005",
       "not a valid zip file"},
      {"a zip with more behind it", "zip", {.body = changed_zip.body + megabyte}, "MT5005", "zip"},
      {"another module's zip", "zip", other_zip, "MT4005", "example.com/b@v1.0.0"},
      {"a zip of other files", "zip", changed_zip, "MT4001", "SECURITY ERROR"},
      {"a zip that is cut",
       "zip",
       {.raw = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nPK"},
       "MT5015",
       ".zip\": unexpected EOF"},
      {"no HTTP", "zip", {.raw = "SSH-2.0-OpenSSH_9.2\r\n\r\n"}, "MT5005", "v1.0.0.zip"},
      {"a zip that is not there", "zip", {.status = 404, .reason = "Not Found"}, "MT5001", "404 Not Found"},
      {"another go.mod", "mod", {.body = "module example.com/b\n"}, "MT4001", "SECURITY ERROR", {}},
      {"a huge go.mod", "mod", {.body = std::string((16U << 20) + 1, ' ')}, "MT5005", "more than 16777216 bytes", {}},
      {"an endless go.mod", "mod", {.body = megabyte, .never_ends = true}, "MT5005", "more than 16777216 bytes", {}},
      {"an endless failure",
       "mod",
       {.status = 404, .reason = "Not Found", .body = megabyte, .never_ends = true},
       "MT5001",
       "v1.0.0.mod: 404 Not Found",
       {}},
      {"no JSON", "info", {.body = "<html>"}, "MT5005", "invalid response from proxy", {"f0.go"}},
      {"another version",
       "info",
       {.body = R"({"Version":"v1.0.1"})"},
       "MT5005",
       "proxy returned info for version v1.0.1 instead of requested version"},
      {"no version", "info", {.body = R"({"Version":"../../v1"})"}, "MT5005", "../../v1"},
      {"an endless .info", "info", {.body = megabyte, .never_ends = true}, "MT5005", "more than 1048576 bytes"},
      {"a circle of redirects",
       "mod",
       {.status = 302, .reason = "Found", .headers = {{"Location", kStem + "mod"}}},
       "MT5005",
       "stopped after 10 redirects",
       {}},
      {"a redirect to a file",
       "mod",
       {.status = 302, .reason = "Found", .headers = {{"Location", "file:///etc/passwd"}}},
       "MT5007",
       "unsupported protocol scheme \"file\"",
       {}},
  };
  // Where go has no limit, or says less, or writes a URL as it stands in the reply.
  const std::set<std::string> in_own_words = {
      "no zip",  "an empty zip",  "half a zip",        "a zip with more behind it", "another module's zip",
      "no HTTP", "a huge go.mod", "an endless go.mod", "an endless failure",        "a circle of redirects",
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    BadProxy proxy;
    proxy.reply(kStem + row.file, row.reply);
    const auto outcome = proxy.run({"download"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == (row.code.starts_with("MT5") ? 5 : 4));
    CHECK(outcome.err.contains("error[" + row.code + "]: "));
    CHECK(outcome.err.contains(row.words));
    const auto kept = proxy.kept();
    if (row.file != "info") CHECK(kept == row.kept);
    if (row.file == "info") CHECK(std::ranges::count(kept, "v1.0.0.info") == 0);
    CHECK(proxy.project.unfinished_in_cache().empty());
    const std::string go = find_go();
    if (go.empty() || row.file == "info" || in_own_words.contains(row.name)) continue;
    const std::vector<std::string> words = {"mod", row.file == "zip" ? "vendor" : "graph"};
    check_equal(proxy.run(words), proxy.run(words, "", go));
  }
}

TEST_CASE("what may pass is asked for again by our own face, three times at most, and what is final is not") {
  struct Row {
    const char* name;
    std::vector<ServerReply> replies;  // the last one again and again
    std::size_t requests;
    int status;
  };
  const ServerReply good{.body = "module example.com/a\n\ngo 1.21\n"};
  const ServerReply cut{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nmodule"};
  const ServerReply broken{.status = 503, .reason = "Service Unavailable"};
  const auto busy = [](const std::string& when) {
    ServerReply reply{.status = 429, .reason = "Too Many Requests"};
    if (!when.empty()) reply.headers.emplace_back("Retry-After", when);
    return reply;
  };
  const Row rows[] = {
      {"503 once", {broken, good}, 2, 0},
      {"503 twice", {broken, broken, good}, 3, 0},
      {"503 always", {broken}, 3, 5},
      {"cut once", {cut, good}, 2, 0},
      {"cut always", {cut}, 3, 5},
      {"429 with a time", {busy("1"), good}, 2, 0},
      {"429 with a date of the past", {busy("Wed, 21 Oct 2015 07:28:00 GMT"), good}, 2, 0},
      {"429 without a time", {busy("")}, 1, 5},
      {"429 with an hour", {busy("3600")}, 1, 5},
      {"429 with nonsense", {busy("soon")}, 1, 5},
      {"403", {{.status = 403, .reason = "Forbidden"}}, 1, 5},
      {"404", {{.status = 404, .reason = "Not Found"}}, 1, 5},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    BadProxy proxy;
    std::atomic<std::size_t> count = 0;
    proxy.reply(kStem + "mod", [&] { return row.replies[std::min<std::size_t>(count++, row.replies.size() - 1)]; });
    const auto outcome = proxy.run({"graph", "-x"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == row.status);
    CHECK(count == row.requests);
    const auto lines = modtool::split_lines(outcome.err);
    CHECK(std::ranges::count(lines, "# get " + proxy.url() + kStem + "mod") == static_cast<int>(row.requests));
    count = 0;
    CHECK(proxy.run({"mod", "graph"}).status == 1);
    CHECK(count == 1);  // as go
  }
}

TEST_CASE("a server that stays silent ends with the run") {
  BadProxy proxy;
  proxy.reply(kStem + "mod", {.never_replies = true});
  CHECK(proxy.run({"graph", "--timeout", "1s"}).status == 124);
}

TEST_CASE("all attempts of a list are shown when all fail, with what its separators mean") {
  BadProxy absent;
  absent.reply(kStem + "mod", {.status = 404, .reason = "Not Found"});
  BadProxy refusing;
  refusing.reply(kStem + "mod", {.status = 403, .reason = "Forbidden"});
  struct Row {
    std::string proxies;
    std::vector<std::string> shown;
    std::vector<std::string> hidden = {};
  };
  const std::string meaning = "note: in GOPROXY the entry behind a `,` is asked only after 404 or 410";
  const std::string stopped = "note: the rest of GOPROXY was not asked: behind a `,` it is asked only after 404 or 410";
  const std::string not_there = "tried: reading " + absent.url() + kStem + "mod: 404 Not Found";
  const std::string forbidden = "tried: reading " + refusing.url() + kStem + "mod: 403 Forbidden";
  const Row rows[] = {
      {absent.url() + "," + refusing.url(), {not_there, forbidden, meaning}, {stopped}},
      {refusing.url() + "|" + absent.url(), {not_there, forbidden, meaning}, {stopped}},
      {refusing.url() + "," + absent.url(), {"403 Forbidden", stopped}, {"404 Not Found", meaning}},
      {refusing.url(), {"403 Forbidden"}, {meaning, stopped, "tried:"}},
      {absent.url() + ",off", {not_there, "tried: module lookup disabled by GOPROXY=off", meaning}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.proxies);
    const auto outcome = absent.run({"graph"}, row.proxies);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 5);
    for (const auto& text : row.shown) CHECK(outcome.err.contains(text));
    for (const auto& text : row.hidden) CHECK(!outcome.err.contains(text));
    CHECK(!absent.run({"mod", "graph"}, row.proxies).err.contains("note:"));
    CHECK(absent.run({"graph", "--json"}, row.proxies).out.contains("\"notes\"") == (row.proxies != refusing.url()));
  }
}

TEST_CASE("modules that one cause keeps away are one message of our own face") {
  const ManyModules many(15);
  const auto outcome = many.run("vendor", "http://127.0.0.1:1");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  const auto lines = modtool::split_lines(outcome.err);
  CHECK(std::ranges::count_if(lines, [](auto line) { return line.starts_with("error["); }) == 1);
  CHECK(outcome.err.contains("note: the same for 14 others: example.com/m01@v1.0.0, example.com/m02@v1.0.0, "));
  CHECK(outcome.err.contains(" and 9 more\n"));
}

TEST_CASE("a name that GOPRIVATE has is told to no proxy") {
  BadProxy proxy;
  auto start = proxy.project.start({"graph"}, proxy.url() + ",direct");
  start.environment["GOPRIVATE"] = "example.com/a";
  const auto outcome = RunningProgram(start).wait();
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(outcome.err.contains("error[MT5007]: "));
  CHECK(outcome.err.contains("fix: go mod download example.com/a@v1.0.0\n"));
  CHECK(proxy.requests() == 0);
}

TEST_CASE("what a server says is no command to the runner of a workflow") {
  BadProxy proxy;
  const std::string body = "first\n::error::evil\n  ##[error]evil\n\t::stop-commands::x";
  proxy.reply(kStem + "zip", {.status = 403,
                              .reason = "::error::evil",
                              .body = body,
                              .headers = {{"Content-Type", "text/plain; charset=utf-8"}}});
  for (const auto& words : {std::vector<std::string>{"vendor"}, {"download"}, {"verify", "--fetch"}}) {
    CAPTURE(words.front());
    if (words.front() == "verify") fs::remove(proxy.project.root() + "/modtool.sums");
    const auto outcome = proxy.run(words);
    CHECK(outcome.status != 0);
    const std::string said = outcome.out + outcome.err;
    CAPTURE(said);
    CHECK(said.contains("::error::evil"));
    for (const auto line : modtool::split(said, '\n')) {
      const auto text = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
      CHECK(!text.starts_with("::"));
      CHECK(!text.starts_with("##["));
    }
  }
}
