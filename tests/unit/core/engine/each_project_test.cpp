#include "core/engine/each_project.hpp"

#include "tests/support/check.hpp"
#include "tests/unit/core/engine/workplace.hpp"

using namespace modtool;

namespace {

using Number = engine::Outcome<int>;

Number failed(Code code) { return {.choice = {}, .result = fail(code, "no")}; }

}  // namespace

TEST_CASE("of several errors one tells all, with the gravest code") {
  struct Case {
    std::string name;
    std::vector<Code> codes;
    Code code;
  };
  for (const auto& [name, codes, code] : {
           Case{"one", {Code::kOffline}, Code::kOffline},
           Case{"the first", {Code::kLockStale, Code::kOffline}, Code::kLockStale},
           Case{"a bad hash, first", {Code::kChecksumMismatch, Code::kOffline}, Code::kChecksumMismatch},
           Case{"a bad hash, last", {Code::kOffline, Code::kUnproven}, Code::kUnproven},
       }) {
    INFO(name);
    std::vector<Error> errors;
    for (const Code each : codes) errors.push_back({.code = each, .message = to_string(each)});
    const Error joined = engine::join_errors(errors);
    CHECK(joined.code == code);
    CHECK(joined.problems.size() == (codes.size() == 1 ? 0 : codes.size()));
    CHECK(joined.message.empty() == (codes.size() > 1));
  }
}

TEST_CASE("what came of several projects is taken whole or not at all") {
  std::vector<Number> good;
  good.push_back({.choice = {}, .result = 1});
  good.push_back({.choice = {}, .result = 2});
  const auto numbers = engine::all_or_none(good);
  REQUIRE_OK(numbers);
  CHECK(*numbers == std::vector{1, 2});

  good.push_back(failed(Code::kOffline));
  CHECK_ERROR(engine::all_or_none(good), Code::kOffline, "no");
  good.push_back(failed(Code::kChecksumMismatch));
  CHECK_ERROR(engine::all_or_none(good), Code::kChecksumMismatch, "no");
}

TEST_CASE("nothing else is begun after a run was ended") {
  CHECK(engine::ends_run(Code::kInterrupted));
  CHECK(engine::ends_run(Code::kTerminated));
  CHECK(engine::ends_run(Code::kTimeout));
  CHECK_FALSE(engine::ends_run(Code::kOffline));
}

namespace {

// A directory with the manifests that are named.
struct Mixed : engine::test::MemoryWorkplace {
  explicit Mixed(const std::vector<std::string>& manifests) {
    for (const auto& name : manifests) disk.add("/p/" + name, "");
    disk.add_directory("/p/sub");
    place.settings.directory = "/p/sub";
  }

  std::string chosen(const std::string& manifest_file = "") {
    std::string names;
    for (const auto& choice : REQUIRE_OK(engine::choose_projects(place.context, manifest_file))) {
      names += "[" + choice.which.name() + (choice.root == nullptr ? "" : " in " + choice.root->directory) + "]";
    }
    return names;
  }
};

const engine::LockingOnly kTidy{.command = "tidy", .others_do = "mod tidy"};

}  // namespace

TEST_CASE("a run is about every project of the directory, unless one is named") {
  struct Case {
    std::string name;
    std::vector<std::string> manifests;
    std::string chosen;
  };
  for (const auto& [name, manifests, chosen] : {
           Case{.name = "none", .manifests = {}, .chosen = "[]"},
           Case{.name = "one", .manifests = {"modtool.json"}, .chosen = "[ in /p]"},
           Case{.name = "two", .manifests = {"modtool.json", "go.mod"}, .chosen = "[go in /p][native in /p]"},
       }) {
    CAPTURE(name);
    CHECK(Mixed(manifests).chosen() == chosen);
  }
  Mixed mixed({"modtool.json", "go.mod"});
  CHECK(mixed.chosen("other.mod") == "[]");
  mixed.place.settings.which = project::Which::dialect("native");
  CHECK(mixed.chosen() == "[]");
  mixed.place.settings.which = project::Which::all();
  mixed.place.settings.modfile = "other.mod";
  CHECK(mixed.chosen() == "[]");
}

TEST_CASE("what needs a lock of the whole graph leaves other projects out, and tells") {
  Mixed mixed({"modtool.json", "go.mod"});
  const auto choice = REQUIRE_OK(engine::choose_locking_project(mixed.place.context, kTidy));
  CHECK(choice.which.name() == "native");
  CHECK(engine::manifest_name_of(choice) == "modtool.json");
  CHECK(mixed.place.reporter.notes == std::vector<std::string>{"go.mod is left out; for it there is `go mod tidy`"});

  const auto all = engine::choose_locking_project(
      mixed.place.context, {.command = "tidy", .flags = {"--check"}, .others_do = "mod tidy", .needs_all = true});
  CHECK_ERROR(all, Code::kNotSupported, "go.mod is left out");
  if (!all) CHECK(to_command(all.error().fix) == "modtool tidy --dialect=native --check");

  Mixed go({"go.mod"});
  CHECK(REQUIRE_OK(engine::choose_locking_project(go.place.context, kTidy)).which.name().empty());
  CHECK(go.place.reporter.notes.empty());
}

TEST_CASE("of several projects the error of one hides nothing of the others, but the end of a run ends all") {
  Mixed mixed({"modtool.json", "go.mod"});
  const auto choices = REQUIRE_OK(engine::choose_projects(mixed.place.context, ""));
  std::vector<std::string> run;
  const auto fail_go = [&](Code code) {
    run.clear();
    return engine::run_each<int>(choices, [&](const engine::ProjectChoice& choice) -> Result<int> {
      run.push_back(choice.which.name());
      if (choice.which.name() == "go") return fail(Error{.code = code, .message = "no"}.with(Fix::modtool("tidy")));
      return 7;
    });
  };
  const auto outcomes = REQUIRE_OK(fail_go(Code::kOffline));
  CHECK(run == std::vector<std::string>{"go", "native"});
  REQUIRE(outcomes.size() == 2);
  REQUIRE(!outcomes[0].result);
  CHECK(outcomes[0].result.error().where.file == "go.mod");
  CHECK(to_command(outcomes[0].result.error().fix) == "modtool tidy --dialect=go");
  CHECK(outcomes[1].result == 7);

  CHECK_ERROR(fail_go(Code::kInterrupted), Code::kInterrupted, "no");
  CHECK(run == std::vector<std::string>{"go"});
  CHECK_ERROR((engine::run_each<int>({engine::ProjectChoice{}},
                                     [](const auto&) -> Result<int> { return fail(Code::kOffline, "alone"); })),
              Code::kOffline, "alone");
}
