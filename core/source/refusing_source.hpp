// A source that fetches nothing and says why.
#pragma once

#include <string>
#include <vector>

#include "core/source/zip_source.hpp"

namespace modtool::source {

class RefusingSource final : public ZipSource {
 public:
  // With `suggests_download` the message ends in the go command that fetches what was asked for.
  RefusingSource(Code code, std::string reason, bool suggests_download)
      : code_(code), reason_(std::move(reason)), suggests_download_(suggests_download) {}

  Result<std::vector<std::string>> fetch_versions(const std::string& path) override;
  Result<VersionInfo> fetch_info(const std::string& path, const std::string& query) override;
  Result<VersionInfo> fetch_latest(const std::string& path) override;
  Result<std::string> fetch_mod(const module::ModuleVersion& module) override;
  Result<void> fetch_zip(const module::ModuleVersion& module, const std::string& destination) override;

 private:
  std::unexpected<Error> refuse(const std::string& path, const std::string& query) const;

  Code code_;
  std::string reason_;
  bool suggests_download_;
};

}  // namespace modtool::source
