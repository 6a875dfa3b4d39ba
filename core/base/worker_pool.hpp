// The one bounded pool that parallel work runs on.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"

namespace modtool {

// A fixed number of threads. The calling thread works too, so a pool of 1 starts no thread, and a task may itself
// call for_each (its work is then done by the caller alone where the pool is busy).
class WorkerPool {
 public:
  // `threads` counts the caller. 0 means one for each processor, and up to eight while some of them wait for other
  // machines (Wait).
  explicit WorkerPool(std::size_t threads, const Cancellation& cancellation);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // While it lives, this thread is about to wait for what is no processor, and another one may work in its place.
  class Wait {
   public:
    explicit Wait(WorkerPool& pool);
    ~Wait();
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;

   private:
    WorkerPool& pool_;
    bool gave_way_;
  };

  std::size_t threads() const;
  const Cancellation& cancellation() const;

  // Calls task(0) … task(count-1), in any order and on any thread, and returns when all calls have ended. After a
  // failure or a cancellation no further call starts; of several failures the one with the lowest index is
  // returned, so the same input gives the same error.
  Result<void> for_each(std::size_t count, const std::function<Result<void>(std::size_t)>& task);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modtool
