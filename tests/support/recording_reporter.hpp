// A reporter that writes down what it is told, a line for each event.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/base/reporter.hpp"

namespace modtool::test {

// May be used from several threads at once; the lines are for reading once they are done.
class RecordingReporter final : public Reporter {
 public:
  std::vector<std::string> notes;
  std::vector<std::string> warnings;  // as to_line words them
  std::vector<std::string>
      begun;  // "downloading a v1.0.0", "fetching <URL>"; parts behind their parent's name and " > "
  std::vector<std::string> advanced;  // the name, " 3/10"
  std::vector<std::string> ended;     // the name, and the outcome behind ": "

  void note(const std::string& line) override { add(notes, line); }
  void warn(const Error& error) override { add(warnings, to_line(error)); }
  void clear() {
    for (auto* lines : {&notes, &warnings, &begun, &advanced, &ended}) lines->clear();
  }

 protected:
  void on_begin(const BegunTask& task) override { add(begun, name_of(task)); }
  void on_advance(const BegunTask& task) override {
    add(advanced, name_of(task) + " " + std::to_string(task.done) + "/" + std::to_string(task.work.total));
  }
  void on_end(const BegunTask& task, const std::string& outcome) override {
    add(ended, name_of(task) + (outcome.empty() ? "" : ": " + outcome));
  }

 private:
  static std::string name_of(const BegunTask& task) {
    std::string name = task.parent ? name_of(*task.parent) + " > " : "";
    name += task.work.verb;
    const auto& what = task.work.url.empty() ? task.work.what : task.work.url;
    return what.empty() ? name : name + " " + what;
  }

  void add(std::vector<std::string>& lines, std::string line) {
    const std::lock_guard lock(mutex_);
    lines.push_back(std::move(line));
  }

  std::mutex mutex_;
};

}  // namespace modtool::test
