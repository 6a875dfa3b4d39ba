// One request after another over connections that are kept, each as it is told: whom to ask, by which login and through
// which proxy is decided by who holds the conversation (http_client.cpp). This is the door to libcurl.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/http.hpp"

namespace modtool::io {

struct HttpTarget {
  std::string url;      // what it says of a user is not looked at
  HttpHeaders headers;  // to be sent with it
  std::string proxy;    // a URL; empty: none
};

// A reply, and where that leads.
struct HttpAnswer {
  HttpReply reply;
  std::string next;  // a whole URL; empty: nowhere
};

// For one thread at a time.
class HttpConversation {
 public:
  virtual ~HttpConversation() = default;
  // Follows nothing; errors as HttpClient's.
  virtual Result<HttpAnswer> get(const HttpTarget& target, std::uint64_t limit, const HttpSink& sink,
                                 const Cancellation& cancellation) = 0;
};

// `certificates` are those of read_certificates where the options name directories, and outlive it.
Result<std::unique_ptr<HttpConversation>> make_http_conversation(const HttpOptions& options,
                                                                 std::string_view certificates);

// `Get "https://me:xxxxx@host/": `, in front of what failed.
std::string request_line(const std::string& url);

}  // namespace modtool::io
