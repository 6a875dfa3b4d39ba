// What a run says on standard error about modules that it fetches: on the drop-in face a line for each zip, as go does;
// on our own a bar, or a line for each module with -v.
#pragma once

#include <atomic>

#include "cli/console.hpp"
#include "core/source/source_observer.hpp"

namespace modtool::cli {

class DownloadTalk final : public source::SourceObserver {
 public:
  struct Options {
    bool go_face = false;  // Go's words
    bool trace = false;    // -x: each request and its reply
  };

  // The console outlives the object.
  DownloadTalk(Console& console, const Options& options) : console_(console), options_(options) {}

  void on_download(const module::ModuleVersion& module) override;
  void on_warning(const Error& error) override;
  void on_unknown_hash(const std::string& warning) override;
  void on_request(const std::string& url) override;
  void on_reply(const std::string& url, const std::string& status, std::chrono::milliseconds time) override;
  void on_fetch(const std::string& url, const std::string& what) override;
  void on_bytes(const std::string& url, std::uint64_t bytes) override;

 private:
  void advance(const std::string& what);

  Console& console_;
  Options options_;
  std::atomic<std::size_t> fetched_ = 0;  // files
};

}  // namespace modtool::cli
