#include "core/engine/doctor.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "tests/support/check.hpp"
#include "tests/unit/core/engine/workplace.hpp"

// Fixes that ask for a password, and change the machine:
// untyped core/engine/doctor_machine.cpp:place_fix of a cache that another user owns
// untyped core/engine/doctor_machine.cpp:lock_fix of a lock that another user owns
// untyped core/engine/doctor_machine.cpp:look_at_validities installs certificates
// untyped core/engine/doctor_machine.cpp:clock_fix sets the clock

namespace modtool::engine {
namespace {

using Lines = std::vector<std::string>;
using std::chrono::sys_seconds;

const sys_seconds kNow{std::chrono::years(60)};

std::vector<Examination> look(test::MemoryWorkplace& workplace, sys_seconds now = kNow) {
  workplace.place.settings.proxy = "off";
  return REQUIRE_OK(examine(workplace.place.context, {.now = now}));
}

Lines messages(const std::vector<Examination>& examinations, std::string_view check) {
  const auto found = std::ranges::find(examinations, check, &Examination::check);
  REQUIRE(found != examinations.end());
  Lines lines;
  for (const auto& seen : found->seen) lines.push_back(seen.message);
  return lines;
}

}  // namespace

TEST_CASE("each check has its examination, in the order of the table") {
  test::MemoryWorkplace workplace;
  Lines names;
  for (const auto& [check, seen] : look(workplace)) names.emplace_back(check);
  CHECK(names == Lines{"settings", "project", "modules", "logins", "certificates", "caches", "clock"});
}

TEST_CASE("what two dialects have to say of one thing is said once") {
  test::MemoryWorkplace workplace;
  workplace.disk.add("/p/go.mod", "module example.com/m\n");
  workplace.disk.add("/p/modtool.json",
                     R"({"schema": 1, "module": "example.com/n", "vendor": {"dir": "native/vendor"}})");
  workplace.place.settings.git_network.netrc = "/netrc";
  const auto examinations = look(workplace);
  CHECK(messages(examinations, "project") ==
        Lines{"go.mod: example.com/m, 0 modules", "modtool.json: example.com/n, 0 modules"});
  CHECK(messages(examinations, "logins") == Lines{"netrc: /netrc is not there"});
}

TEST_CASE("a setting that cannot be used is a problem, and the rest is looked at") {
  test::MemoryWorkplace workplace;
  workplace.place.settings.problems = {{.code = Code::kBadSetting, .message = "GOFLAGS is odd"}};
  workplace.place.settings.module_mode = "off";
  workplace.disk.add("/p/go.mod", "module example.com/m\n");
  const auto examinations = look(workplace);
  CHECK(messages(examinations, "settings") == Lines{"GOFLAGS is odd"});
  CHECK(messages(examinations, "project").front().starts_with("modules disabled by GO111MODULE=off"));
  CHECK(messages(examinations, "modules") == Lines{"off: nobody is asked"});
}

TEST_CASE("a manifest that cannot be loaded is a finding for each of its problems") {
  test::MemoryWorkplace workplace;
  workplace.disk.add("/p/go.mod", "module example.com/m\n\nodd\nodder\n");
  const auto seen = look(workplace)[1].seen;
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].grade == Grade::kProblem);
  CHECK(seen[0].where.line == 3);
  CHECK(seen[1].where.line == 4);
}

TEST_CASE("required modules are counted by what stands in for them, directories left out") {
  test::MemoryWorkplace workplace;
  workplace.disk.add("/p/go.mod",
                     "module example.com/m\n\nrequire (\n\tb v1.0.0\n\ta v1.0.0\n\tc v1.0.0\n)\nreplace b => a v1.1.0\n"
                     "replace c => ./c\n");
  workplace.place.settings.no_proxy = "none";
  CHECK(messages(look(workplace), "project") == Lines{"go.mod: example.com/m, 1 module"});
}

TEST_CASE("the clock is held against the files at hand") {
  test::MemoryWorkplace workplace;
  workplace.disk.add("/p/go.mod", "module example.com/m\n");
  CHECK(messages(look(workplace), "clock") == Lines{"no file at hand is newer than now"});
  CHECK(messages(look(workplace, sys_seconds(-std::chrono::hours(80))), "clock") ==
        Lines{"the clock is 3 days behind the time of /p/go.mod"});
  CHECK(messages(look(workplace, sys_seconds(-std::chrono::hours(3))), "clock") ==
        Lines{"the clock is 3 hours behind the time of /p/go.mod"});
  CHECK(messages(look(workplace, sys_seconds(-std::chrono::minutes(50))), "clock") ==
        Lines{"no file at hand is newer than now"});
}

TEST_CASE("the end of the run is an error, and no observation") {
  test::MemoryWorkplace workplace;
  workplace.place.cancellation.request(Code::kInterrupted);
  CHECK_ERROR(examine(workplace.place.context, {.now = kNow}), Code::kInterrupted, "");
}

TEST_CASE("a variable is unset where it is set") {
  Settings settings;
  settings.environment = {"GOPROXY=off", "GOAUTH=", "https_proxy=http://a"};
  CHECK(to_command(unsetting(settings, "GOPROXY")) == "unset GOPROXY");
  CHECK(to_command(unsetting(settings, "GOAUTH")) == "go env -u GOAUTH");
  CHECK(to_command(unsetting(settings, "HTTPS_PROXY")) == "unset https_proxy");
}

}  // namespace modtool::engine
