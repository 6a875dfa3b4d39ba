#include "cli/download_talk.hpp"

#include <fmt/format.h>

namespace modtool::cli {

void DownloadTalk::say(const std::string& line) {
  if (options_.go_face) return console_.say("go: " + line);
  if (console_.options().verbosity != Verbosity::kQuiet) console_.say(line);
}

void DownloadTalk::on_download(const module::ModuleVersion& module) {
  say(fmt::format("downloading {} {}", module.path, module.version));
}

void DownloadTalk::on_warning(const Error& error) { say(to_line(error)); }

void DownloadTalk::on_request(const std::string& url) {
  if (options_.trace) console_.say("# get " + url);
}

void DownloadTalk::on_reply(const std::string& url, const std::string& status, std::chrono::milliseconds time) {
  if (!options_.trace) return;
  console_.say(fmt::format("# get {}: {} ({:.3f}s)", url, status, static_cast<double>(time.count()) / 1000));
}

}  // namespace modtool::cli
