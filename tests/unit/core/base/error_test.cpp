#include "core/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/base/result.hpp"

namespace modtool {

TEST_CASE("an error is one line: what was being done, outermost first, the place, the message") {
  const auto inner = []() -> Result<int> { return fail(Code::kBadVersion, "invalid version"); };
  const auto middle = [&]() -> Result<int> { return fail_in(inner(), "reading go.mod of x@v1"); };
  const auto outer = [&]() -> Result<int> { return fail_in(middle(), "required by a@v2"); };
  Error error = outer().error();
  CHECK(to_line(error) == "required by a@v2: reading go.mod of x@v1: invalid version");
  const Error placed = std::move(error).at({.file = "go.mod", .line = 3, .column = 7}).with(Fix::modtool("tidy"));
  CHECK(to_line(placed) == "required by a@v2: reading go.mod of x@v1: go.mod:3:7: invalid version");
  CHECK(to_command(placed.fix) == "modtool tidy");
}

TEST_CASE("a place leaves out what is not known") {
  CHECK(to_string(Where{.file = "go.mod", .line = 3, .column = 7}) == "go.mod:3:7");
  CHECK(to_string(Where{.file = "go.mod", .line = 3}) == "go.mod:3");
  CHECK(to_string(Where{.file = "go.mod", .column = 7}) == "go.mod");
  CHECK(!Where{}.known());
}

TEST_CASE("every code is in the table once, in order, with a title of its own") {
  const auto codes = all_codes();
  CHECK(std::ranges::adjacent_find(codes, std::ranges::greater_equal(), &CodeInfo::code) == codes.end());
  std::set<std::string_view> titles;
  for (const auto& info : codes) CHECK(titles.insert(info.title).second);
}

TEST_CASE("codes are spelled with four digits") {
  CHECK(to_string(Code::kUsage) == "MT0001");
  CHECK(to_string(Code::kChecksumMismatch) == "MT4001");
}

TEST_CASE("only what may pass by itself is worth another try") {
  for (const auto& info : all_codes()) {
    const bool expected =
        info.code == Code::kUnreachable || info.code == Code::kServerError || info.code == Code::kConnectionLost;
    CHECK(is_retryable(info.code) == expected);
  }
}

TEST_CASE("the macros hand on values and errors") {
  const auto half = [](int number) -> Result<int> {
    if (number % 2 != 0) return fail(Code::kUsage, "odd");
    return number / 2;
  };
  const auto quarter = [&](int number) -> Result<int> {
    MODTOOL_TRY(const int once, half(number));
    MODTOOL_CHECK(half(once));
    return *half(once);
  };
  CHECK(quarter(12) == 3);
  CHECK(quarter(6).error().message == "odd");
}

}  // namespace modtool
