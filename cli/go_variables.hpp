// The variables that `go env` has: the environment, then the file that `go env -w` writes.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cli/environment.hpp"
#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::cli {

// An empty value counts as none.
class GoVariables {
 public:
  // Those of the environment alone, which outlives it.
  explicit GoVariables(const Environment& environment) : environment_(environment) {}

  // Adds those of the file. Errors are those of one that is named and cannot be read.
  Result<void> load_file(const io::FileReader& files);

  std::string get(std::string_view name, const std::string& fallback = {}) const;
  // What the file says; empty where it says nothing.
  std::string saved(std::string_view name) const;
  // Who said it: "environment", or the path of the file; empty where nobody did.
  std::string origin(std::string_view name) const;
  // The file, whether it is there or not; empty where there is none.
  const std::string& file() const { return file_; }

 private:
  const Environment& environment_;
  std::string file_;
  std::map<std::string, std::string, std::less<>> saved_;
};

}  // namespace modtool::cli
