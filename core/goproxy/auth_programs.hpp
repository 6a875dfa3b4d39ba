// Running the programs of GOAUTH: each from an absolute directory of the PATH, with a time limit, without a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/goproxy/auth_methods.hpp"

namespace modtool::goproxy {

class AuthPrograms {
 public:
  AuthPrograms(std::vector<std::string> environment, std::string search_path, const Cancellation& cancellation);

  // What `git credential VERB` prints in the method's directory. Code::kChildFailed.
  Result<std::string> ask_git(const AuthMethod& method, const std::string& verb, std::string_view input) const;
  // What a command prints; `url` is its last argument where it is not empty. Code::kChildFailed, kBadSetting.
  Result<std::string> run(const AuthMethod& method, const std::string& url, std::string_view input) const;

 private:
  Result<std::string> output_of(const std::vector<std::string>& command, std::string_view input,
                                std::string_view shown) const;

  std::vector<std::string> environment_;
  std::string search_path_;
  const Cancellation& cancellation_;
};

}  // namespace modtool::goproxy
