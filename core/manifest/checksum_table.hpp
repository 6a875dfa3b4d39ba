// The checksums of a project: what go.sum (or modtool.lock) says of each module.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

struct ChecksumLine {
  std::string hash;  // "h1:…", or of another algorithm
  Where where;
};

// Two lines of a key with different hashes of one algorithm, the first two in file order.
struct ChecksumConflict {
  ChecksumLine first;
  ChecksumLine other;
};

// What helps where lines contradict each other.
struct ConflictHelp {
  Fix fix = {};
  std::string no_fix = {};  // why there is none
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
  std::optional<ChecksumConflict> conflict(const module::ModuleVersion& key) const;
  // Code::kChecksumConflict at the other line, where there is a conflict.
  Result<void> check_key(const module::ModuleVersion& key) const;
  // The same for a module: its files, and its go.mod.
  Result<void> check_module(const module::ModuleVersion& module) const;
  void set_conflict_help(ConflictHelp help) { conflict_help_ = std::move(help); }

  const std::map<module::ModuleVersion, std::vector<ChecksumLine>>& all() const { return lines_; }

 private:
  ConflictHelp conflict_help_;
  std::map<module::ModuleVersion, std::vector<ChecksumLine>> lines_;
  std::vector<module::ModuleVersion> repeated_;  // keys with more lines than one
};

// The key of a module's go.mod: {path, version + "/go.mod"}.
module::ModuleVersion go_mod_key(const module::ModuleVersion& module);
bool is_go_mod_key(const module::ModuleVersion& key);
// The module that a key is about.
module::ModuleVersion module_of(const module::ModuleVersion& key);

}  // namespace modtool::manifest
