#include "cli/download_talk.hpp"

#include <fmt/format.h>

namespace modtool::cli {

namespace {
constexpr double kMegabyte = 1e6;
}

void DownloadTalk::advance(const std::string& what) {
  if (!options_.go_face) console_.progress("fetching " + what, ++fetched_, 0);
}

void DownloadTalk::on_download(const module::ModuleVersion& module) {
  const std::string name = fmt::format("{} {}", module.path, module.version);
  if (options_.go_face) return console_.say("go: downloading " + name);
  console_.say_verbose("downloading " + name);
  advance(name);
}

void DownloadTalk::on_warning(const Error& error) {
  if (options_.go_face) return console_.say("go: " + to_line(error));
  if (console_.options().verbosity != Verbosity::kQuiet) console_.say("warning: " + to_line(error));
}

void DownloadTalk::on_unknown_hash(const std::string& warning) { console_.say(warning); }

void DownloadTalk::on_request(const std::string& url) {
  if (options_.trace) return console_.say("# get " + url);
  advance(url);
}

void DownloadTalk::on_reply(const std::string& url, const std::string& status, std::chrono::milliseconds time) {
  if (!options_.trace) return;
  console_.say(fmt::format("# get {}: {} ({:.3f}s)", url, status, static_cast<double>(time.count()) / 1000));
}

void DownloadTalk::on_fetch(const std::string& url, const std::string& what) {
  if (!options_.go_face) console_.say_verbose(fmt::format("fetching {} of {}", what, url));
}

void DownloadTalk::on_bytes(const std::string& url, std::uint64_t bytes) {
  if (options_.go_face) return;
  console_.progress(fmt::format("{:.1f} MB of {}", static_cast<double>(bytes) / kMegabyte, url), fetched_, 0);
}

}  // namespace modtool::cli
