#include "core/base/retry.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

using namespace modtool;
using std::chrono::milliseconds;

namespace {

// Fails with its codes, one after the other; then it succeeds.
struct Attempts {
  std::vector<Code> codes;
  std::size_t count = 0;

  Result<std::string> operator()() {
    if (count++ < codes.size()) return fail(codes[count - 1], "no");
    return "done";
  }
};

}  // namespace

TEST_CASE("what may pass is tried again, three times in all") {
  struct Row {
    std::vector<Code> codes;
    std::size_t count;
    bool succeeds;
  };
  for (const Row& row : std::vector<Row>{{{}, 1, true},
                                         {{Code::kUnreachable}, 2, true},
                                         {{Code::kUnreachable, Code::kServerError}, 3, true},
                                         {{Code::kUnreachable, Code::kUnreachable, Code::kUnreachable}, 3, false},
                                         {{Code::kNotFound}, 1, false},
                                         {{Code::kServerError, Code::kForbidden}, 2, false}}) {
    Attempts attempts{.codes = row.codes};
    const auto outcome = retry(milliseconds(1), Cancellation(), [&] { return attempts(); });
    CHECK(outcome.has_value() == row.succeeds);
    CHECK(attempts.count == row.count);
    if (!outcome) CHECK(outcome.error().code == row.codes[row.count - 1]);
  }
}

TEST_CASE("the pauses between attempts grow, and end with the run") {
  Attempts attempts{.codes = std::vector<Code>(kAttempts, Code::kUnreachable)};
  const auto start = std::chrono::steady_clock::now();
  CHECK_ERROR(retry(milliseconds(10), Cancellation(), [&] { return attempts(); }), Code::kUnreachable, "no");
  CHECK(std::chrono::steady_clock::now() - start >= milliseconds(10 + 20));

  Attempts ended{.codes = std::vector<Code>(kAttempts, Code::kUnreachable)};
  Cancellation cancellation;
  cancellation.set_deadline(std::chrono::steady_clock::now() + milliseconds(5));
  CHECK_ERROR(retry(std::chrono::hours(1), cancellation, [&] { return ended(); }), Code::kTimeout, "");
  CHECK(ended.count == 1);
}

TEST_CASE("a pause is up to a quarter longer, and not always the same") {
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const auto time = jittered(milliseconds(1000));
    CHECK((time >= milliseconds(1000) && time <= milliseconds(1250)));
    differs = differs || time != jittered(milliseconds(1000));
  }
  CHECK(differs);
  CHECK(jittered(milliseconds(0)) == milliseconds(0));
}
