// A project with a dependency, a proxy that has it, and an old vendor directory.
#pragma once

#include <string>
#include <vector>

#include "tests/process/running_program.hpp"
#include "tests/scripts/harness/proxy.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::test {

class SampleProject {
 public:
  // The dependency has so many source files.
  explicit SampleProject(int files = 1);

  // `modtool WORDS…` in the project, with this GOPROXY.
  Start start(const std::vector<std::string>& words, const std::string& proxy) const;
  // GOPROXY for the proxy as a directory.
  std::string file_proxy() const { return "file://" + proxy(); }
  std::string proxy() const { return directory_ / "proxy"; }
  // A file of the proxy, for a server of it: "/example.com/a/@v/list".
  std::string proxy_file(const std::string& path) const;

  std::string root() const { return directory_ / "project"; }
  std::string cache() const { return directory_ / "cache"; }
  // The names in the project's directory, sorted.
  std::vector<std::string> names() const;
  // Whether the old vendor directory and modtool.sums are as they were.
  bool is_unchanged() const;
  // Files of the cache whose writer has not ended: names with ".tmp".
  std::vector<std::string> unfinished_in_cache() const;

 private:
  TempDirectory directory_;
};

}  // namespace modtool::test
