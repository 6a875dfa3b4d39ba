#include "core/engine/get.hpp"

#include "core/engine/tidy.hpp"
#include "tests/unit/core/engine/git_workplace.hpp"

namespace modtool::engine {
namespace {

using test::GitWorkplace;

using Lines = std::vector<std::string>;

// net v1.0.0 requires lib v1.0.0, net v1.1.0 requires lib v1.2.0; lib goes up to v1.3.1.
struct Sample : GitWorkplace {
  Sample() {
    for (const std::string version : {"v1.0.0", "v1.0.5", "v1.2.0", "v1.3.0", "v1.3.1"}) release("lib", version);
    release("net", "v1.0.0", {{"lib", "v1.0.0"}});
    release("net", "v1.1.0", {{"lib", "v1.2.0"}});
    write_manifest(R"("require": { })");
  }

  Result<GetReport> get(const Lines& requests, GetOptions options = {}) {
    options.requests = requests;
    return get_modules(place.context, options);
  }
};

TEST_CASE("a module is required and locked at the version that a query stands for") {
  struct Case {
    Lines requests;
    std::string selected;
  };
  for (const auto& [requests, selected] : {
           Case{.requests = {"git.example.com/o/net"}, .selected = "lib v1.2.0 net v1.1.0"},
           Case{.requests = {"git.example.com/o/net@latest"}, .selected = "lib v1.2.0 net v1.1.0"},
           Case{.requests = {"git.example.com/o/net@<v1.1.0"}, .selected = "lib v1.0.0 net v1.0.0"},
           Case{.requests = {"git.example.com/o/net@v1.0.0", "git.example.com/o/lib@v1.3"},
                .selected = "lib v1.3.1 net v1.0.0"},
       }) {
    CAPTURE(requests.front());
    Sample project;
    const auto report = REQUIRE_OK(project.get(requests));
    CHECK(report.changed);
    CHECK(report.files == "modtool.json and modtool.lock");
    CHECK(project.selected() == selected);
    CHECK(project.read("modtool.json").contains("\"git.example.com/o/net\": "));
  }
}

TEST_CASE("the report tells what became of the selection, and getting the same again changes nothing") {
  Sample project;
  CHECK(REQUIRE_OK(project.get({"git.example.com/o/net@v1.0.0"})).changes ==
        Lines{"added git.example.com/o/lib v1.0.0", "added git.example.com/o/net v1.0.0"});
  const auto report = REQUIRE_OK(project.get({"git.example.com/o/net"}));
  CHECK(report.changes ==
        Lines{"upgraded git.example.com/o/lib v1.0.0 => v1.2.0", "upgraded git.example.com/o/net v1.0.0 => v1.1.0"});
  CHECK(report.diff.contains("+    \"git.example.com/o/net\": \"v1.1.0\""));
  const auto again = REQUIRE_OK(project.get({"git.example.com/o/net"}));
  CHECK_FALSE(again.changed);
  CHECK(again.changes.empty());
  CHECK(again.diff.empty());
}

TEST_CASE("what requires more than was asked for is lowered, or dropped where no version fits") {
  Sample project;
  project.release("top", "v1.0.0", {{"lib", "v1.3.0"}});
  REQUIRE_OK(project.get({"git.example.com/o/net@v1.1.0", "git.example.com/o/top@v1.0.0"}));
  const auto report = REQUIRE_OK(project.get({"git.example.com/o/lib@v1.0.5"}));
  CHECK(project.selected() == "lib v1.0.5 net v1.0.0");
  CHECK(report.notes ==
        Lines{"git.example.com/o/net@v1.1.0 requires git.example.com/o/lib@v1.2.0: it is lowered to v1.0.0",
              "git.example.com/o/top@v1.0.0 requires git.example.com/o/lib@v1.3.0: it is dropped"});
  CHECK(report.changes == Lines{"downgraded git.example.com/o/lib v1.3.0 => v1.0.5",
                                "downgraded git.example.com/o/net v1.1.0 => v1.0.0",
                                "removed git.example.com/o/top v1.0.0"});
}

TEST_CASE("a module that is asked for at no version is required no more, nor what needs it") {
  Sample project;
  REQUIRE_OK(project.get({"git.example.com/o/net@v1.0.0", "git.example.com/o/lib@v1.2.0"}));
  REQUIRE_OK(project.get({"git.example.com/o/net@none"}));
  CHECK(project.selected() == "lib v1.2.0");
  REQUIRE_OK(project.get({"git.example.com/o/net@v1.0.0"}));
  REQUIRE_OK(project.get({"git.example.com/o/lib@none"}));
  CHECK(project.selected().empty());
}

TEST_CASE("an upgrade raises what the named modules need, as far as it is asked to") {
  struct Case {
    std::string name;
    Lines requests;
    bool patches;
    std::string selected;
  };
  for (const auto& [name, requests, patches, selected] : {
           Case{.name = "below a module",
                .requests = {"git.example.com/o/net@v1.0.0"},
                .patches = false,
                .selected = "lib v1.3.1 net v1.0.0"},
           Case{.name = "patches below a module",
                .requests = {"git.example.com/o/net@v1.0.0"},
                .patches = true,
                .selected = "lib v1.0.5 net v1.0.0"},
           Case{.name = "everything", .requests = {}, .patches = false, .selected = "lib v1.3.1 net v1.1.0"},
           Case{.name = "every patch", .requests = {}, .patches = true, .selected = "lib v1.0.5 net v1.0.0"},
       }) {
    CAPTURE(name);
    Sample project;
    REQUIRE_OK(project.get({"git.example.com/o/net@v1.0.0"}));
    REQUIRE_OK(project.get(requests, {.upgrade = true, .patches = patches}));
    CHECK(project.selected() == selected);
  }
}

TEST_CASE("a module stays in the groups that require it, or goes into the one that is named") {
  Sample project;
  REQUIRE_OK(project.get({"git.example.com/o/lib@v1.0.0"}, {.group = "test"}));
  CHECK(project.lock().modules.at(0).groups == Lines{"test"});
  REQUIRE_OK(project.get({"git.example.com/o/lib@v1.2.0"}));
  CHECK(project.lock().modules.at(0).module.version == "v1.2.0");
  CHECK(project.lock().modules.at(0).groups == Lines{"test"});
  REQUIRE_OK(project.get({"git.example.com/o/lib@none"}, {.group = "test"}));
  CHECK(project.lock().modules.empty());
}

TEST_CASE("nothing is written by a dry run, by a locked run and by one that fails") {
  struct Case {
    std::string name;
    Lines requests;
    Code code;
    std::string part;
  };
  Sample project;
  REQUIRE_OK(project.get({"git.example.com/o/net@v1.0.0"}));
  const auto manifest = project.read("modtool.json");
  const auto lock = project.read("modtool.lock");
  CHECK(REQUIRE_OK(project.get({"git.example.com/o/net"}, {.dry_run = true})).changed);
  project.release("lib", "v2.0.0");
  for (const auto& [name, requests, code, part] : {
           Case{.name = "no such version",
                .requests = {"git.example.com/o/lib@v1.9.0"},
                .code = Code::kUnknownVersion,
                .part = "getting git.example.com/o/lib@v1.9.0"},
           Case{.name = "another spelling",
                .requests = {"git.example.com/o/lib@1.2.0"},
                .code = Code::kUnknownVersion,
                .part = "did you mean \"git.example.com/o/lib@v1.2.0\"?"},
           Case{.name = "two versions",
                .requests = {"git.example.com/o/lib@v1.0.0", "git.example.com/o/lib@v1.2.0"},
                .code = Code::kUsage,
                .part = "git.example.com/o/lib is asked for at two versions"},
           Case{.name = "two classes",
                .requests = {"git.example.com/o/lib@v2.0.0"},
                .code = Code::kTwoClasses,
                .part = "two incompatible versions of git.example.com/o/lib"},
           Case{.name = "a conflict of requests",
                .requests = {"git.example.com/o/net@v1.1.0", "git.example.com/o/lib@v1.0.0"},
                .code = Code::kRequestConflict,
                .part = ""},
       }) {
    CAPTURE(name);
    CHECK_ERROR(project.get(requests), code, part);
  }
  project.place.settings.locked = true;
  CHECK_ERROR(project.get({"git.example.com/o/net"}), Code::kLockedRun,
              "modtool.json and modtool.lock would be changed");
  CHECK_FALSE(REQUIRE_OK(project.get({"git.example.com/o/net@v1.0.0"})).changed);
  CHECK(project.read("modtool.json") == manifest);
  CHECK(project.read("modtool.lock") == lock);
}

TEST_CASE("a path that is nearly one in use is warned of") {
  Sample project;
  REQUIRE_OK(project.get({"git.example.com/o/net@v1.0.0"}));
  project.release("nett", "v1.0.0");
  const auto report = REQUIRE_OK(project.get({"git.example.com/o/nett"}));
  REQUIRE(report.notes.size() == 1);
  CHECK(report.notes[0].contains("git.example.com/o/nett is new here, and nearly git.example.com/o/net"));
}

}  // namespace
}  // namespace modtool::engine
