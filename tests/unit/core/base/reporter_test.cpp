#include "core/base/reporter.hpp"

#include <utility>

#include "tests/support/check.hpp"
#include "tests/support/recording_reporter.hpp"

namespace modtool {

using Lines = std::vector<std::string>;

TEST_CASE("a task lives as long as the work: it begins, advances and ends") {
  test::RecordingReporter reporter;
  {
    const Task task = reporter.begin({.verb = "hashing", .total = 3});
    task.advance(2);
    CHECK(reporter.ended.empty());
  }
  CHECK(reporter.begun == Lines{"hashing"});
  CHECK(reporter.advanced == Lines{"hashing 2/3"});
  CHECK(reporter.ended == Lines{"hashing"});
}

TEST_CASE("the parts of a task are told below it, and each counts as one more done") {
  test::RecordingReporter reporter;
  const Task whole = reporter.begin({.verb = "reading"});
  {
    const Task part = whole.step("a@v1.0.0");
  }
  const Task request = whole.begin({.verb = "fetching", .url = "https://example.com/b"});
  CHECK(reporter.begun == Lines{"reading", "reading > reading a@v1.0.0", "reading > fetching https://example.com/b"});
  CHECK(reporter.ended == Lines{"reading > reading a@v1.0.0"});
}

TEST_CASE("a part may outlive what it is a part of") {
  test::RecordingReporter reporter;
  Task part;
  {
    const Task whole = reporter.begin({.verb = "reading"});
    part = whole.begin({.verb = "reading", .what = "a"});
  }
  part.end("done");
  CHECK(reporter.ended == Lines{"reading", "reading > reading a: done"});
}

TEST_CASE("a task ends once, with the outcome that was said first") {
  test::RecordingReporter reporter;
  {
    Task task = reporter.begin({.verb = "fetching", .url = "https://example.com"});
    task.end("200 OK");
    task.end("500 Oops");
    task.advance(7);
  }
  CHECK(reporter.ended == Lines{"fetching https://example.com: 200 OK"});
  CHECK(reporter.advanced.empty());
}

TEST_CASE("what takes the place of a task ends it, and a task that was moved ends once") {
  test::RecordingReporter reporter;
  {
    Task task = reporter.begin({.verb = "reading", .what = "a"});
    task = reporter.begin({.verb = "reading", .what = "b"});
    CHECK(reporter.ended == Lines{"reading a"});
    const Task moved = std::move(task);
  }
  CHECK(reporter.ended == Lines{"reading a", "reading b"});
}

}  // namespace modtool
