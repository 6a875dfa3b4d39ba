// What `mod download` writes while others write, too.
#include <doctest/doctest.h>

#include "tests/process/https_setting.hpp"
#include "tests/support/files.hpp"
#include "tests/support/loopback_server.hpp"

using namespace modtool::test;

TEST_CASE("a go.mod that was changed meanwhile is not written over") {
  const std::vector<ProxyModule> modules = {
      {.path = "example.com/a", .version = "v1.0.0", .files = {{"go.mod", "module example.com/a\n"}}},
      {.path = "example.com/a", .version = "v1.1.0", .files = {{"go.mod", "module example.com/a\n"}}},
      {.path = "example.com/b",
       .version = "v1.0.0",
       .files = {{"go.mod", "module example.com/b\n\nrequire example.com/a v1.1.0\n"}}}};
  const TempDirectory place;
  write_proxy(modules, place / "proxy");
  const std::string other = "module example.com/other\n";
  const LoopbackServer server([&](const std::string& path) {
    write_file(place / "project/go.mod", other);
    auto body = read_file(place / ("proxy" + path));
    return body.empty() ? ServerReply{.status = 404, .reason = "Not Found"} : ServerReply{.body = std::move(body)};
  });
  const auto run = [&](const std::string& program) {
    write_file(place / "project/go.mod",
               "module example.com/m\n\ngo 1.20\n\nrequire example.com/a v1.0.0\n\nrequire example.com/b v1.0.0\n");
    return RunningProgram({.command = {program, "mod", "download"},
                           .directory = place / "project",
                           .environment = {{"GOPROXY", server.url()},
                                           {"GOMODCACHE", place / (program == MODTOOL_PROGRAM ? "cache" : "go-cache")},
                                           {"GOFLAGS", "-modcacherw"},
                                           {"GOENV", "off"},
                                           {"GOSUMDB", "off"},
                                           {"GOTOOLCHAIN", "local"},
                                           {"HOME", place / "home"}}})
        .wait();
  };
  const auto outcome = run(MODTOOL_PROGRAM);
  CHECK(outcome.status == 1);
  CHECK(outcome.err == "go: updating go.mod: existing contents have changed since last read\n");
  CHECK(read_file(place / "project/go.mod") == other);
  const auto go = find_go();
  if (go.empty()) return;
  CHECK(run(go).err == outcome.err);
}
