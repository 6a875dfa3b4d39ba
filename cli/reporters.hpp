// The readers of what a run tells while it works (base/reporter.hpp): on our own face a bar on a terminal, a line for
// each module with -v and each request with -x; on the drop-in face the go command's words.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/console.hpp"
#include "core/base/reporter.hpp"

namespace modtool::cli {

// What both faces have: bars, and the requests of -x.
class FaceReporter : public Reporter {
 public:
  // The console outlives the reporter.
  explicit FaceReporter(Console& console) : console_(console) {}

  // -x: each request over the network is told, and its reply.
  void trace_requests() { traces_ = true; }
  void trace(const std::string& line) override;
  // What is downloaded is what was asked for, and not told.
  void leave_out_downloads() { tells_downloads_ = false; }

 protected:
  void on_begin(const BegunTask& task) override;
  void on_advance(const BegunTask& task) override;
  void on_end(const BegunTask& task, const std::string& outcome) override;
  // A piece of work that is no request, and has a name.
  virtual void on_work(const BegunTask& task) = 0;
  // Whether the bytes of requests are told while they come.
  virtual bool tells_requests() const = 0;

  Console& console() { return console_; }
  void show_progress(const BegunTask& task);
  bool tells_downloads() const { return tells_downloads_; }

 private:
  Console& console_;
  bool traces_ = false;
  bool tells_downloads_ = true;
  std::atomic<std::size_t> begun_ = 0;  // requests, and pieces of work that are parts of nothing
};

class OwnReporter final : public FaceReporter {
 public:
  using FaceReporter::FaceReporter;
  void note(const std::string& line) override;
  void warn(const Error& error) override;

 protected:
  void on_work(const BegunTask& task) override;
  bool tells_requests() const override { return true; }
};

class GoReporter final : public FaceReporter {
 public:
  using FaceReporter::FaceReporter;
  void note(const std::string& line) override;
  void warn(const Error& error) override;

 protected:
  void on_work(const BegunTask& task) override;
  bool tells_requests() const override { return false; }
};

}  // namespace modtool::cli
