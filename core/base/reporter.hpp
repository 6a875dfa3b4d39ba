// How what runs below cli tells people what it is doing, and the only way that it does: one stream of notes and of
// tasks. What becomes of it (a bar, a line, Go's words, a trace, nothing) is for the readers of that stream to say.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace modtool {

class Reporter;

// What a task is about, told when it begins.
struct Work {
  std::string_view verb;    // "reading", "proving", "downloading": lives as long as the program
  std::string what = {};    // what it is done to: "example.com/a@v1.0.0"; empty: the work as a whole
  std::uint64_t total = 0;  // how much there is to do, in any unit; 0: nobody knows
  std::string url = {};     // where a request over the network goes, passwords masked; empty: it is no request
};

// A task that has begun, as readers see it.
struct BegunTask {
  Work work;
  std::shared_ptr<const BegunTask> parent;  // the task that it is a part of; may be null
  std::chrono::steady_clock::time_point since;
  std::atomic<std::uint64_t> done = 0;  // in the unit of the total; bytes of a request's reply
};

// A piece of work under way: its life is the work's. Its functions may be called from several threads at once.
class Task {
 public:
  Task() = default;  // of no reporter: tells nobody
  Task(Task&&) = default;
  Task& operator=(Task&& other) noexcept;
  ~Task() { end({}); }

  // A part of this work. The reporter outlives it, this task need not.
  Task begin(Work part) const;
  // The next of its parts: one more counts as done, and it begins, with this work's verb.
  Task step(std::string what) const;
  // So much is done by now.
  void advance(std::uint64_t done) const;
  // The work is over, and came to this: "200 OK". A second end, as that of the destructor, tells nothing.
  void end(const std::string& outcome);

 private:
  friend class Reporter;
  Task(Reporter& reporter, Work work, std::shared_ptr<const BegunTask> parent);

  Reporter* reporter_ = nullptr;
  std::shared_ptr<BegunTask> begun_;  // null once it has ended
};

// The stream. Whoever reads it overrides what it wants to hear, which is called from several threads at once; this
// class itself listens to nothing.
class Reporter {
 public:
  virtual ~Reporter() = default;

  Task begin(Work work) { return {*this, std::move(work), nullptr}; }
  // Something that people should know and that is no error: a line.
  virtual void note(const std::string& /*line*/) {}
  // Something failed that the work can go on without: a cache that cannot be written.
  virtual void warn(const Error& /*error*/) {}
  // Something that only who traces the run wants to know: a line.
  virtual void trace(const std::string& /*line*/) {}

 protected:
  friend class Task;
  virtual void on_begin(const BegunTask& /*task*/) {}
  virtual void on_advance(const BegunTask& /*task*/) {}
  virtual void on_end(const BegunTask& /*task*/, const std::string& /*outcome*/) {}
};

}  // namespace modtool
