// A source that fetches nothing and says why.
#pragma once

#include <string>
#include <vector>

#include "core/goproxy/zip_source.hpp"

namespace modtool::goproxy {

struct Refusal {
  Code code = Code::kOffline;
  std::string reason;
  Fix fix = {};               // fetches the module that is named behind it; none where nothing does
  bool says_command = false;  // in the message too, not only as its fix
};

class RefusingSource final : public ZipSource {
 public:
  explicit RefusingSource(Refusal refusal) : refusal_(std::move(refusal)) {}

  Result<std::vector<std::string>> fetch_versions(const std::string& path) override;
  Result<source::VersionInfo> fetch_info(const std::string& path, const std::string& query) override;
  Result<source::VersionInfo> fetch_latest(const std::string& path) override;
  Result<std::string> fetch_mod(const module::ModuleVersion& module) override;
  Result<void> fetch_zip(const module::ModuleVersion& module, const std::string& destination) override;

 private:
  std::unexpected<Error> refuse(const std::string& path, const std::string& query) const;

  Refusal refusal_;
};

}  // namespace modtool::goproxy
