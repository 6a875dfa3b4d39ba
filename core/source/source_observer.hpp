// What sources tell while they work, for progress and `-x`.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/base/error.hpp"
#include "core/module/module_version.hpp"

namespace modtool::source {

// Called from any thread, also from several at once.
class SourceObserver {
 public:
  virtual ~SourceObserver() = default;
  // A module's zip is about to be fetched; by Go's rules also where it is there, and its recorded hash is not.
  virtual void on_download(const module::ModuleVersion& /*module*/) {}
  // Something failed that the work could go on without: a cache that cannot be written.
  virtual void on_warning(const Error& /*error*/) {}
  // Bytes were taken although go.sum knows only hashes of unknown algorithms for them; in Go's words.
  virtual void on_unknown_hash(const std::string& /*warning*/) {}
  // A request is sent over the network; then its reply ("200 OK"), or the failure's text where there was none.
  virtual void on_request(const std::string& /*url*/) {}
  virtual void on_reply(const std::string& /*url*/, const std::string& /*status*/, std::chrono::milliseconds /*time*/) {
  }
  // Something of a Git repository is about to be fetched: "refs/tags/v1.0.0".
  virtual void on_fetch(const std::string& /*url*/, const std::string& /*what*/) {}
  // So many bytes of a reply came so far; told a few times a second.
  virtual void on_bytes(const std::string& /*url*/, std::uint64_t /*bytes*/) {}
};

}  // namespace modtool::source
