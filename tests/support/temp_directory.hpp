// A directory of its own for a test, removed at the end.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "core/io/file_system.hpp"

namespace modtool::test {

class TempDirectory {
 public:
  TempDirectory() {
    auto made = io::disk().make_temp_directory("/tmp", "modtool-test-");
    REQUIRE(made.has_value());
    path_ = std::move(*made);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  ~TempDirectory() { [[maybe_unused]] const auto removed = io::disk().remove_all(path_); }

  const std::string& path() const { return path_; }
  // The path of `name` in it.
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace modtool::test
