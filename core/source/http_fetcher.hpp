// Requests as sources make them: each is told to the reporter, and made again where that may help.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "core/base/reporter.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/http.hpp"

namespace modtool::source {

struct HttpPatience {
  int attempts = 3;                      // of one request, all in all
  std::chrono::milliseconds pause{500};  // about so long before the second one, and twice as long before each further
};

struct HttpFetch {
  std::string url;
  std::string shown;        // the same, for people
  std::uint64_t limit = 0;  // bytes of the body
  std::string base = {};    // as of io::HttpRequest
  // Makes what takes the body, anew for each attempt; none: it is kept in the reply.
  std::function<Result<io::HttpSink>()> open = {};
};

// May be used from several threads at once. What it is made of outlives it.
class HttpFetcher {
 public:
  HttpFetcher(io::HttpClient& http, Reporter& reporter, WorkerPool& pool, const HttpPatience& patience)
      : http_(http), reporter_(reporter), pool_(pool), patience_(patience) {}

  // The reply, as io::HttpClient gives it. Another attempt is made after a connection that was lost, a status of class
  // 5xx, and a 429 that says when: not sooner than the server asks for, and not where that is more than a minute.
  // A server that used all attempts of one request up gets one for each of the others.
  Result<io::HttpReply> fetch(const HttpFetch& fetch);

 private:
  Result<io::HttpReply> attempt(const HttpFetch& fetch);
  bool was_given_up(const std::string& place);
  void give_up(const std::string& place);

  io::HttpClient& http_;
  Reporter& reporter_;
  WorkerPool& pool_;
  HttpPatience patience_;
  std::mutex mutex_;
  std::set<std::string> given_up_;  // "host:port"; guarded by mutex_
};

}  // namespace modtool::source
