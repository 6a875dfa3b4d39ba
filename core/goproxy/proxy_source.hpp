// One module proxy, by the GOPROXY protocol (go.dev/ref/mod#goproxy-protocol).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/goproxy/proxy_transport.hpp"
#include "core/goproxy/zip_source.hpp"

namespace modtool::goproxy {

// Nothing that a proxy sends is trusted: names and versions are checked, sizes limited, and what cannot be understood
// is Code::kBadReply. The contents are checked by whoever keeps them.
class ProxySource final : public ZipSource {
 public:
  // `shown` is the proxy's address for messages.
  ProxySource(std::unique_ptr<ProxyTransport> transport, std::string shown)
      : transport_(std::move(transport)), shown_(std::move(shown)) {}

  Result<std::vector<std::string>> fetch_versions(const std::string& path) override;
  Result<source::VersionInfo> fetch_info(const std::string& path, const std::string& query) override;
  // `@latest`, and where the proxy has none, the newest version of its list.
  Result<source::VersionInfo> fetch_latest(const std::string& path) override;
  Result<std::string> fetch_mod(const module::ModuleVersion& module) override;
  Result<void> fetch_zip(const module::ModuleVersion& module, const std::string& destination) override;

 private:
  Result<std::string> get_list(const std::string& path);
  Result<source::VersionInfo> get_info(const std::string& name);

  std::unique_ptr<ProxyTransport> transport_;
  std::string shown_;
};

}  // namespace modtool::goproxy
