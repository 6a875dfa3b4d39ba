// The checksums of a project: what go.sum (or modtool.lock) says of each module.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

struct ChecksumLine {
  std::string hash;  // "h1:…", or of another algorithm
  Where where;
};

// What a table says about one hash.
enum class ChecksumVerdict {
  kMatch,     // a line with this hash, and none of this algorithm with another
  kMismatch,  // a line of this algorithm with another hash
  kMissing,   // no line of this algorithm
};

// Hashes by module version. The version of a module's go.mod alone is "v1.2.3/go.mod", as in go.sum.
class ChecksumTable {
 public:
  void add(const module::ModuleVersion& key, std::string hash, Where where);

  // All lines of a key, in file order; empty where there is none.
  const std::vector<ChecksumLine>& lines(const module::ModuleVersion& key) const;
  // The one h1 hash of a key; empty where there is none or where two differ.
  std::string_view h1(const module::ModuleVersion& key) const;
  ChecksumVerdict check(const module::ModuleVersion& key, std::string_view hash) const;
  // Keys with two different hashes of one algorithm, sorted.
  std::vector<module::ModuleVersion> conflicts() const;

  const std::map<module::ModuleVersion, std::vector<ChecksumLine>>& all() const { return lines_; }

 private:
  std::map<module::ModuleVersion, std::vector<ChecksumLine>> lines_;
};

// The key of a module's go.mod: {path, version + "/go.mod"}.
module::ModuleVersion go_mod_key(const module::ModuleVersion& module);

}  // namespace modtool::manifest
