#include "core/base/worker_pool.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace modtool {
namespace {

// One call of for_each: the next index to hand out, and the failure with the lowest index.
struct Batch {
  const std::function<Result<void>(std::size_t)>& task;
  const Cancellation& cancellation;
  std::size_t count;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  std::mutex mutex;
  std::condition_variable idle;
  std::size_t helpers = 0;  // pool threads inside `work`; guarded by mutex
  std::size_t failed_index = SIZE_MAX;
  std::optional<Error> failure;

  Batch(const std::function<Result<void>(std::size_t)>& work, const Cancellation& cancel, std::size_t items)
      : task(work), cancellation(cancel), count(items) {}

  void record(std::size_t index, Error error) {
    const std::lock_guard lock(mutex);
    stopped = true;
    if (index < failed_index) {
      failed_index = index;
      failure = std::move(error);
    }
  }

  void work() {
    while (!stopped) {
      const std::size_t index = next.fetch_add(1);
      if (index >= count) return;
      auto result = cancellation.check();
      if (result) result = task(index);
      if (!result) record(index, std::move(result).error());
    }
  }
};

}  // namespace

struct WorkerPool::State {
  const Cancellation& cancellation;
  std::size_t size;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::deque<std::shared_ptr<Batch>> offers;  // a batch stands here once for each helper it may have
  std::vector<std::jthread> threads;          // started with the first parallel batch
  bool exhausted = false;                     // the system gives no more threads

  void start() {
    const std::lock_guard lock(mutex);
    try {
      while (!exhausted && threads.size() + 1 < size)
        threads.emplace_back([this](const std::stop_token& stop) { serve(stop); });
    } catch (const std::system_error&) {
      exhausted = true;  // fewer threads do the same work
    }
  }

  void serve(const std::stop_token& stop) {
    for (;;) {
      std::shared_ptr<Batch> batch;
      {
        std::unique_lock lock(mutex);
        if (!wake.wait(lock, stop, [this] { return !offers.empty(); })) return;
        batch = std::move(offers.front());
        offers.pop_front();
        const std::lock_guard batch_lock(batch->mutex);
        ++batch->helpers;
      }
      batch->work();
      const std::lock_guard batch_lock(batch->mutex);
      if (--batch->helpers == 0) batch->idle.notify_all();
    }
  }

  void withdraw(const Batch* batch) {
    const std::lock_guard lock(mutex);
    std::erase_if(offers, [batch](const auto& offer) { return offer.get() == batch; });
  }
};

WorkerPool::WorkerPool(std::size_t threads, const Cancellation& cancellation)
    : state_(new State{.cancellation = cancellation,
                       .size = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency()),
                       .mutex = {},
                       .wake = {},
                       .offers = {},
                       .threads = {},
                       .exhausted = false}) {}

WorkerPool::~WorkerPool() {
  for (auto& thread : state_->threads) thread.request_stop();
  state_->threads.clear();
}

std::size_t WorkerPool::threads() const { return state_->size; }
const Cancellation& WorkerPool::cancellation() const { return state_->cancellation; }

Result<void> WorkerPool::for_each(std::size_t count, const std::function<Result<void>(std::size_t)>& task) {
  const auto batch = std::make_shared<Batch>(task, state_->cancellation, count);
  const std::size_t helpers = std::min(state_->size, count) - (count == 0 ? 0 : 1);
  if (helpers > 0) {
    state_->start();
    const std::lock_guard lock(state_->mutex);
    for (std::size_t i = 0; i < helpers; ++i) state_->offers.push_back(batch);
    state_->wake.notify_all();
  }
  batch->work();
  if (helpers > 0) {
    state_->withdraw(batch.get());
    std::unique_lock lock(batch->mutex);
    batch->idle.wait(lock, [&] { return batch->helpers == 0; });
  }
  if (batch->failure) return fail(std::move(*batch->failure));
  return {};
}

}  // namespace modtool
