#include "core/base/worker_pool.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
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
  std::size_t size;  // how many work at once
  std::size_t most;  // the same with those that wait for other machines
  std::mutex mutex;
  std::condition_variable_any wake;
  std::deque<std::shared_ptr<Batch>> offers;  // a batch stands here once for each helper it may have
  std::vector<std::jthread> threads;          // the first ones are started with the first parallel batch
  std::size_t working = 0;                    // threads inside a batch that do not wait
  std::size_t idle = 0;                       // of `threads`
  bool exhausted = false;                     // the system gives no more threads

  // With the mutex held, like what has no lock of its own below.
  void start(std::size_t count) {
    try {
      while (!exhausted && threads.size() + 1 < count)
        threads.emplace_back([this](const std::stop_token& stop) { serve(stop); });
    } catch (const std::system_error&) {
      exhausted = true;  // fewer threads do the same work
    }
  }

  void offer(const std::shared_ptr<Batch>& batch, std::size_t helpers) {
    const std::lock_guard lock(mutex);
    start(size);
    for (std::size_t i = 0; i < helpers; ++i) offers.push_back(batch);
    wake.notify_all();
  }

  // Of several batches the youngest: what others wait for is a part of their work.
  void serve(const std::stop_token& stop) {
    inside = this;
    for (;;) {
      std::shared_ptr<Batch> batch;
      {
        std::unique_lock lock(mutex);
        ++idle;
        const bool goes_on = wake.wait(lock, stop, [this] { return !offers.empty() && working < size; });
        --idle;
        if (!goes_on) return;
        ++working;
        batch = std::move(offers.back());
        offers.pop_back();
        const std::lock_guard batch_lock(batch->mutex);
        ++batch->helpers;
      }
      batch->work();
      {
        const std::lock_guard lock(mutex);
        --working;
      }
      wake.notify_one();
      const std::lock_guard batch_lock(batch->mutex);
      if (--batch->helpers == 0) batch->idle.notify_all();
    }
  }

  void withdraw(const Batch* batch) {
    const std::lock_guard lock(mutex);
    std::erase_if(offers, [batch](const auto& offer) { return offer.get() == batch; });
  }

  void give_way() {
    {
      const std::lock_guard lock(mutex);
      --working;
      const bool lacks_hands = !offers.empty() && idle == 0 && threads.size() + 1 < most;
      if (lacks_hands) start(threads.size() + 2);
    }
    wake.notify_one();
  }

  // Not held back where others took its place: that is over soon.
  void take_up() {
    const std::lock_guard lock(mutex);
    ++working;
  }

  static thread_local const State* inside;  // the pool whose batch this thread works on
};

thread_local const WorkerPool::State* WorkerPool::State::inside = nullptr;

WorkerPool::WorkerPool(std::size_t threads, const Cancellation& cancellation)
    : state_(new State{.cancellation = cancellation,
                       .size = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency()),
                       .most = threads,
                       .mutex = {},
                       .wake = {},
                       .offers = {},
                       .threads = {}}) {
  constexpr std::size_t kAtLeast = 8;
  if (threads == 0) state_->most = std::max(state_->size, kAtLeast);
}

WorkerPool::~WorkerPool() {
  for (auto& thread : state_->threads) thread.request_stop();
  state_->threads.clear();
}

WorkerPool::Wait::Wait(WorkerPool& pool) : pool_(pool), gave_way_(State::inside == pool.state_.get()) {
  if (gave_way_) pool_.state_->give_way();
}

WorkerPool::Wait::~Wait() {
  if (gave_way_) pool_.state_->take_up();
}

std::size_t WorkerPool::threads() const { return state_->size; }
const Cancellation& WorkerPool::cancellation() const { return state_->cancellation; }

namespace {

// Sets a variable for as long as it lives.
template <class T>
class Setting {
 public:
  Setting(T& variable, T value) : variable_(variable), old_(std::exchange(variable, value)) {}
  ~Setting() { variable_ = old_; }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

 private:
  T& variable_;
  T old_;
};

}  // namespace

Result<void> WorkerPool::for_each(std::size_t count, const std::function<Result<void>(std::size_t)>& task) {
  const auto batch = std::make_shared<Batch>(task, state_->cancellation, count);
  const std::size_t helpers = std::min(state_->most, count) - (count == 0 ? 0 : 1);
  if (helpers > 0) state_->offer(batch, helpers);
  const bool is_guest = State::inside != state_.get();
  if (is_guest) state_->take_up();
  {
    const Setting<const State*> inside(State::inside, state_.get());
    batch->work();
    if (helpers > 0) {
      state_->withdraw(batch.get());
      const Wait wait(*this);
      std::unique_lock lock(batch->mutex);
      batch->idle.wait(lock, [&] { return batch->helpers == 0; });
    }
  }
  if (is_guest) state_->give_way();
  if (batch->failure) return fail(std::move(*batch->failure));
  return {};
}

}  // namespace modtool
