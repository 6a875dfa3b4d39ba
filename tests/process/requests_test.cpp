// `-x` tells each request over the network.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

#include "core/base/text.hpp"
#include "tests/process/sample_project.hpp"
#include "tests/support/loopback_server.hpp"

using namespace modtool;
using namespace modtool::test;

namespace {

// The lines about requests, sorted, with other times and ports.
std::vector<std::string> requests_in(const std::string& talk) {
  static const std::regex time(R"(\(\d+\.\d{3}s\))");
  static const std::regex port(R"(127\.0\.0\.1:\d+)");
  std::vector<std::string> lines;
  for (const auto line : split_lines(talk)) {
    if (!line.starts_with("# get ")) continue;
    lines.push_back(std::regex_replace(std::regex_replace(std::string(line), time, "(T)"), port, "HOST"));
  }
  std::ranges::sort(lines);
  return lines;
}

std::string find_go() {
  const auto outcome = run_program({"/bin/sh", "-c", "command -v go"}, "/", {{"PATH", std::getenv("PATH")}}, "");
  return outcome.status == 0 ? std::string(trim(outcome.out)) : "";
}

std::vector<std::string> traced(const std::string& program, const std::vector<std::string>& words, int status) {
  const SampleProject project;
  const LoopbackServer server([&](const std::string& path) {
    auto body = project.proxy_file(path);
    return body.empty() ? ServerReply{.status = 404, .reason = "Not Found"} : ServerReply{.body = std::move(body)};
  });
  auto start = project.start(words, server.url());
  if (!program.empty()) start.command[0] = program;
  start.environment.insert({{"HOME", project.cache()}, {"GOTOOLCHAIN", "local"}, {"GOSUMDB", "off"}});
  const auto outcome = RunningProgram(start).wait();
  CAPTURE(outcome.err);
  CHECK(outcome.status == status);
  return requests_in(outcome.err);
}

}  // namespace

TEST_CASE("mod graph -x and graph -x tell each request and its reply") {
  const std::vector<std::string> expected = {"# get http://HOST/example.com/a/@v/v1.0.0.mod",
                                             "# get http://HOST/example.com/a/@v/v1.0.0.mod: 200 OK (T)"};
  CHECK(traced("", {"mod", "graph", "-x"}, 0) == expected);
  CHECK(traced("", {"graph", "-x"}, 0) == expected);
  CHECK(traced("", {"graph"}, 0).empty());
}

TEST_CASE("mod graph -x tells what go tells") {
  const auto go = find_go();
  if (go.empty()) return;
  CHECK(traced("", {"mod", "graph", "-x"}, 0) == traced(go, {"mod", "graph", "-x"}, 0));
}
