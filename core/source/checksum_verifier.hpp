// What go.sum must say of the bytes that are read and downloaded (go.dev/ref/mod#authenticating).
//
// The cache asks before it reads something and before it takes something in, so no unchecked byte enters the cache and
// nothing is hashed twice.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/reporter.hpp"
#include "core/base/result.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/module/module_version.hpp"

namespace modtool::source {

enum class ChecksumRule {
  kModMode,   // `go mod graph|verify|why`: a missing line is no error for what is in the cache already
  kReadonly,  // `go mod vendor`: a line for everything that is read
  kOwnFace,   // modtool's own commands: so too; contents are hashed whenever they are read, lines must not contradict
};

struct ChecksumPolicy {
  ChecksumRule rule = ChecksumRule::kOwnFace;
  bool database_off = false;         // GOSUMDB=off
  std::string no_database_patterns;  // GONOSUMDB: module paths that the checksum database is not asked for
  // What has no line is taken where the database is not to be asked, out of the cache too, and kept in `learned`; for
  // commands that write go.sum.
  bool learns = false;
  std::string file_name = "go.sum";  // for messages
  Reporter* reporter = nullptr;      // is told of hashes of unknown algorithms that had to do; may be absent
};

// Where bytes came from.
enum class BytesFrom { kCache, kDownload };

// May be used from several threads at once.
class ChecksumVerifier {
 public:
  // `table` and the policy's reporter outlive the verifier.
  ChecksumVerifier(const manifest::ChecksumTable& table, ChecksumPolicy policy);

  // Whether something may be read at all, before it is: fails with Code::kChecksumMissing (kUnknownHash where the only
  // lines are of an unknown algorithm) where the rule demands a line and there is none. The version of `key` ends in
  // "/go.mod" for a go.mod.
  Result<void> check_allowed(const module::ModuleVersion& key) const;

  // Whether bytes with this h1 hash are the ones go.sum knows: Code::kChecksumMismatch with Go's text,
  // kChecksumConflict where lines contradict each other. What was downloaded without a line (a policy that learns: what
  // has none) is accepted, and kept in `learned`, only where the checksum database is not to be asked;
  // Code::kNotSupported elsewhere.
  Result<void> check(const module::ModuleVersion& key, std::string_view h1, BytesFrom from);

  // Whether what has no line is taken, as the policy learns.
  bool may_learn(const module::ModuleVersion& key) const;
  // Whether go.sum has a usable line.
  bool has_line(const module::ModuleVersion& key) const;
  bool is_strict() const { return policy_.rule == ChecksumRule::kOwnFace; }

  // The lines that go.sum lacks for what was accepted, sorted by module_less; for a command that writes go.sum.
  std::vector<std::pair<module::ModuleVersion, std::string>> learned() const;

 private:
  bool uses_database(const std::string& path) const;
  void warn_of_unknown(const module::ModuleVersion& key, std::string_view h1) const;
  Error needs_database(const module::ModuleVersion& key) const;
  Error mismatch(const module::ModuleVersion& key, std::string_view h1, std::string_view expected) const;

  const manifest::ChecksumTable& table_;
  ChecksumPolicy policy_;
  mutable std::mutex mutex_;  // of learned_
  std::map<module::ModuleVersion, std::string> learned_;
};

}  // namespace modtool::source
