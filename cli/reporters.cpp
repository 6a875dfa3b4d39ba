#include "cli/reporters.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

constexpr double kMegabyte = 1e6;
constexpr std::string_view kDownloading = "downloading";  // of a module's zip, which go tells

bool is_request(const BegunTask& task) { return !task.work.url.empty(); }

std::string name_of(const Work& work) {
  return work.what.empty() ? std::string(work.verb) : fmt::format("{} {}", work.verb, work.what);
}

// Bytes were taken although only hashes of unknown algorithms vouch for them: that is told to everybody.
bool is_grave(const Error& warning) { return warning.code == Code::kUnknownHash; }

}  // namespace

void FaceReporter::on_begin(const BegunTask& task) {
  if (!is_request(task)) {
    if (!task.work.what.empty()) on_work(task);
    return;
  }
  if (traces_) return console_.say("# get " + task.work.url);
  if (tells_requests()) console_.progress(fmt::format("{} {}", task.work.verb, task.work.url), ++begun_, 0);
}

void FaceReporter::on_advance(const BegunTask& task) {
  if (!is_request(task)) {
    if (task.work.total != 0) console_.progress(name_of(task.work), task.done, task.work.total);
    return;
  }
  if (!tells_requests()) return;
  const double megabytes = static_cast<double>(task.done) / kMegabyte;
  console_.progress(fmt::format("{:.1f} MB of {}", megabytes, task.work.url), begun_, 0);
}

void FaceReporter::on_end(const BegunTask& task, const std::string& outcome) {
  if (!is_request(task) || !traces_) return;
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - task.since;
  console_.say(fmt::format("# get {}: {} ({:.3f}s)", task.work.url, outcome, time.count()));
}

void FaceReporter::trace(const std::string& line) {
  if (traces_) console_.say(make_printable_line(line));
}

void FaceReporter::show_progress(const BegunTask& task) {
  const auto* parent = task.parent.get();
  const std::size_t count = parent != nullptr ? parent->done.load() : ++begun_;
  console_.progress(name_of(task.work), count, parent != nullptr ? parent->work.total : 0);
}

void OwnReporter::note(const std::string& line) { console().tell(make_printable_line(line)); }

void OwnReporter::warn(const Error& error) {
  if (is_grave(error) || console().options().verbosity != Verbosity::kQuiet)
    console().say("warning: " + to_line(error));
}

void OwnReporter::on_work(const BegunTask& task) {
  console().say_verbose(name_of(task.work));
  show_progress(task);
}

void GoReporter::note(const std::string& line) { console().say("go: " + line); }

void GoReporter::warn(const Error& error) { console().say((is_grave(error) ? "warning: " : "go: ") + to_line(error)); }

void GoReporter::on_work(const BegunTask& task) {
  if (task.work.verb == kDownloading && !tells_downloads()) return;
  if (task.work.verb == kDownloading) return console().say("go: " + name_of(task.work));
  show_progress(task);
}

}  // namespace modtool::cli
