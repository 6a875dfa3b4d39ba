#include "core/base/worker_pool.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "tests/support/check.hpp"

namespace modtool {
namespace {

using std::chrono::milliseconds;

}  // namespace

TEST_CASE("every task is called once, whatever the number of threads") {
  for (const std::size_t threads : {1, 2, 3, 8}) {
    for (const std::size_t count : {0, 1, 2, 7, 1000}) {
      const Cancellation cancellation;
      WorkerPool pool(threads, cancellation);
      std::vector<std::atomic<int>> calls(count);
      REQUIRE_OK(pool.for_each(count, [&](std::size_t i) -> Result<void> {
        ++calls[i];
        return {};
      }));
      for (const auto& call : calls) CHECK(call == 1);
    }
  }
}

TEST_CASE("a pool of one works on the thread of its caller") {
  const Cancellation cancellation;
  WorkerPool pool(1, cancellation);
  REQUIRE_OK(pool.for_each(10, [caller = std::this_thread::get_id()](std::size_t) -> Result<void> {
    if (std::this_thread::get_id() != caller) return fail(Code::kInternal, "another thread");
    return {};
  }));
  CHECK(pool.threads() == 1);
}

TEST_CASE("a pool works on as many threads as it has, and not on more") {
  const Cancellation cancellation;
  WorkerPool pool(3, cancellation);
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  REQUIRE_OK(pool.for_each(60, [&](std::size_t) -> Result<void> {
    const int now = ++running;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
    std::this_thread::sleep_for(milliseconds(1));
    --running;
    return {};
  }));
  CHECK(most == 3);
}

TEST_CASE("a pool can be asked for as many threads as there are processors") {
  const Cancellation cancellation;
  const WorkerPool pool(0, cancellation);
  CHECK(pool.threads() >= 1);
}

TEST_CASE("of several failures the first by index is returned, and no further task starts") {
  for (int round = 0; round < 50; ++round) {
    const Cancellation cancellation;
    WorkerPool pool(4, cancellation);
    std::atomic<std::size_t> calls = 0;
    const auto outcome = pool.for_each(10'000, [&](std::size_t i) -> Result<void> {
      ++calls;
      if (i < 20) return {};
      if (i == 20) std::this_thread::sleep_for(milliseconds(1));  // later ones fail before it does
      return fail(Code::kInternal, "task " + std::to_string(i));
    });
    REQUIRE(!outcome);
    CHECK(outcome.error().message == "task 20");
    CHECK(calls < 100);
  }
}

TEST_CASE("a pool can be used again after a failure") {
  const Cancellation cancellation;
  WorkerPool pool(4, cancellation);
  CHECK(!pool.for_each(100, [](std::size_t) -> Result<void> { return fail(Code::kInternal, "no"); }));
  std::atomic<int> calls = 0;
  REQUIRE_OK(pool.for_each(100, [&](std::size_t) -> Result<void> {
    ++calls;
    return {};
  }));
  CHECK(calls == 100);
}

TEST_CASE("tasks may use the pool themselves, several levels deep") {
  const Cancellation cancellation;
  WorkerPool pool(4, cancellation);
  std::atomic<int> leaves = 0;
  const std::function<Result<void>(int)> descend = [&](int depth) -> Result<void> {
    if (depth == 0) {
      ++leaves;
      return {};
    }
    return pool.for_each(5, [&, depth](std::size_t) { return descend(depth - 1); });
  };
  REQUIRE_OK(descend(5));
  CHECK(leaves == 5 * 5 * 5 * 5 * 5);
}

TEST_CASE("an error of an inner task comes out of the outer one") {
  const Cancellation cancellation;
  WorkerPool pool(3, cancellation);
  CHECK_ERROR(pool.for_each(4,
                            [&](std::size_t outer) {
                              return pool.for_each(4, [outer](std::size_t inner) -> Result<void> {
                                if (outer == 2 && inner == 3) return fail(Code::kBadZip, "inner");
                                return {};
                              });
                            }),
              Code::kBadZip, "inner");
}

TEST_CASE("several threads may share a pool") {
  const Cancellation cancellation;
  WorkerPool pool(3, cancellation);
  std::atomic<int> calls = 0;
  std::vector<std::jthread> users;
  for (int user = 0; user < 4; ++user) {
    users.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        [[maybe_unused]] const auto done = pool.for_each(50, [&](std::size_t) -> Result<void> {
          ++calls;
          return {};
        });
      }
    });
  }
  users.clear();
  CHECK(calls == 4 * 20 * 50);
}

TEST_CASE("after a cancellation no further task starts") {
  Cancellation cancellation;
  WorkerPool pool(4, cancellation);
  std::atomic<int> calls = 0;
  CHECK_ERROR(pool.for_each(10'000,
                            [&](std::size_t) -> Result<void> {
                              if (++calls == 10) cancellation.request(Code::kInterrupted);
                              return {};
                            }),
              Code::kInterrupted, "interrupted");
  CHECK(calls < 100);
  CHECK_ERROR(pool.for_each(1, [](std::size_t) -> Result<void> { return {}; }), Code::kInterrupted, "");
  REQUIRE_OK(pool.for_each(0, [](std::size_t) -> Result<void> { return {}; }));
}

TEST_CASE("a pool that was never used ends at once") {
  const Cancellation cancellation;
  const WorkerPool pool(8, cancellation);
  CHECK(&pool.cancellation() == &cancellation);
}

TEST_CASE("while some wait for other machines, others work in their place, up to a limit") {
  const Cancellation cancellation;
  WorkerPool pool(0, cancellation);
  std::atomic<std::size_t> waiting = 0;
  std::atomic<std::size_t> most_waiting = 0;
  const auto note_most = [](std::atomic<std::size_t>& most, std::size_t now) {
    for (std::size_t seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
  };
  REQUIRE_OK(pool.for_each(64, [&](std::size_t) -> Result<void> {
    const WorkerPool::Wait wait(pool);
    note_most(most_waiting, ++waiting);
    std::this_thread::sleep_for(milliseconds(20));
    --waiting;
    return {};
  }));
  CHECK(most_waiting == std::max<std::size_t>(pool.threads(), 8));
}

TEST_CASE("a pool of a given size has no more threads when some of them wait") {
  const Cancellation cancellation;
  WorkerPool pool(3, cancellation);
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  REQUIRE_OK(pool.for_each(30, [&](std::size_t) -> Result<void> {
    const int now = ++inside;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
    const WorkerPool::Wait wait(pool);
    std::this_thread::sleep_for(milliseconds(1));
    --inside;
    return {};
  }));
  CHECK(most == 3);
}

TEST_CASE("work inside work goes on while it waits") {
  const Cancellation cancellation;
  WorkerPool pool(0, cancellation);
  std::atomic<int> calls = 0;
  REQUIRE_OK(pool.for_each(20, [&](std::size_t) -> Result<void> {
    {
      const WorkerPool::Wait wait(pool);
      std::this_thread::sleep_for(milliseconds(2));
    }
    return pool.for_each(20, [&](std::size_t) -> Result<void> {
      ++calls;
      return {};
    });
  }));
  CHECK(calls == 400);
}

}  // namespace modtool
