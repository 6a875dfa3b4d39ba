// What a run says on standard error about modules that it fetches.
#pragma once

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
  void on_request(const std::string& url) override;
  void on_reply(const std::string& url, const std::string& status, std::chrono::milliseconds time) override;

 private:
  void say(const std::string& line);

  Console& console_;
  Options options_;
};

}  // namespace modtool::cli
