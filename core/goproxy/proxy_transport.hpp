// How the files of one module proxy are read: from a directory, or over HTTP.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/goproxy/proxy_url.hpp"
#include "core/io/file_system.hpp"
#include "core/source/http_fetcher.hpp"

namespace modtool::goproxy {

// May be used from several threads at once. Errors are in Go's words: "reading <url>: …"; Code::kNotFound where the
// proxy does not have the file, kTooLarge or kBadReply where it has more bytes than the limit.
class ProxyTransport {
 public:
  virtual ~ProxyTransport() = default;
  // The bytes of the file with this name relative to the proxy: "example.com/a/@v/list".
  virtual Result<std::string> get(const std::string& name, std::uint64_t limit) = 0;
  // The same into the new file `destination`; after a failure nothing is there.
  virtual Result<void> save(const std::string& name, std::uint64_t limit, const std::string& destination) = 0;
};

// A proxy that is a directory (file://). `files` outlives it.
std::unique_ptr<ProxyTransport> make_file_transport(const ProxyUrl& url, io::FileSystem& files);

// A proxy that is a server (https:// or http://). All arguments outlive it.
std::unique_ptr<ProxyTransport> make_http_transport(const ProxyUrl& url, source::HttpFetcher& http,
                                                    io::FileSystem& files);

}  // namespace modtool::goproxy
