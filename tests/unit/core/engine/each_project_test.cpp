#include "core/engine/each_project.hpp"

#include "tests/support/check.hpp"

using namespace modtool;

namespace {

using Number = cli::Outcome<int>;

Number failed(Code code) { return {.dialect = "go", .result = fail(code, "no")}; }

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
    const Error joined = cli::join_errors(errors);
    CHECK(joined.code == code);
    CHECK(joined.problems.size() == (codes.size() == 1 ? 0 : codes.size()));
    CHECK(joined.message.empty() == (codes.size() > 1));
  }
}

TEST_CASE("what came of several projects is taken whole or not at all") {
  std::vector<Number> good;
  good.push_back({.dialect = "go", .result = 1});
  good.push_back({.dialect = "native", .result = 2});
  const auto numbers = cli::all_or_none(good);
  REQUIRE_OK(numbers);
  CHECK(*numbers == std::vector{1, 2});

  good.push_back(failed(Code::kOffline));
  CHECK_ERROR(cli::all_or_none(good), Code::kOffline, "no");
  good.push_back(failed(Code::kChecksumMismatch));
  CHECK_ERROR(cli::all_or_none(good), Code::kChecksumMismatch, "no");
}

TEST_CASE("nothing else is begun after a run was ended") {
  CHECK(cli::ends_run(Code::kInterrupted));
  CHECK(cli::ends_run(Code::kTerminated));
  CHECK(cli::ends_run(Code::kTimeout));
  CHECK_FALSE(cli::ends_run(Code::kOffline));
}
