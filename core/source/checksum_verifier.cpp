#include "core/source/checksum_verifier.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/module/path.hpp"

namespace modtool::source {

using manifest::ChecksumLine;
using module::ModuleVersion;

namespace {

constexpr std::string_view kSecurityError =
    "\n\nSECURITY ERROR\n"
    "This download does NOT match an earlier download recorded in go.sum.\n"
    "The bits may have been replaced on the origin server, or an attacker may\n"
    "have intercepted the download attempt.\n\n"
    "For more information, see 'go help module-auth'.";

constexpr std::string_view kSecurityWarning =
    "\n\nSECURITY WARNING\n"
    "This download is listed in go.sum, but using an unknown hash algorithm.\n"
    "The download cannot be verified.\n\n"
    "For more information, see 'go help module-auth'.\n";

bool is_h1_line(const ChecksumLine& line) { return line.hash.starts_with("h1:"); }

}  // namespace

ChecksumVerifier::ChecksumVerifier(const manifest::ChecksumTable& table, ChecksumPolicy policy)
    : table_(table), policy_(std::move(policy)) {}

bool ChecksumVerifier::has_line(const ModuleVersion& key) const {
  return std::ranges::any_of(table_.lines(key), is_h1_line);
}

bool ChecksumVerifier::uses_database(const std::string& path) const {
  return !policy_.database_off && !module::match_prefix_patterns(policy_.no_database_patterns, path);
}

bool ChecksumVerifier::may_learn(const ModuleVersion& key) const {
  return policy_.learns && !uses_database(key.path) && table_.lines(key).empty();
}

Result<void> ChecksumVerifier::check_allowed(const ModuleVersion& key) const {
  if (policy_.rule == ChecksumRule::kModMode || has_line(key) || may_learn(key)) return {};
  std::string message = fmt::format("missing {} entry", policy_.file_name);
  if (manifest::is_go_mod_key(key)) message += " for go.mod file";
  const bool has_unknown = is_strict() && !table_.lines(key).empty();
  if (has_unknown) message = fmt::format("{} has only hashes of unknown algorithms", policy_.file_name);
  return fail(Error{.code = has_unknown ? Code::kUnknownHash : Code::kChecksumMissing,
                    .message = std::move(message),
                    .fix = Fix::command({"go", "mod", "tidy"})});
}

Error ChecksumVerifier::mismatch(const ModuleVersion& key, std::string_view h1, std::string_view expected) const {
  return {.code = Code::kChecksumMismatch,
          .message = fmt::format("verifying {}: checksum mismatch\n\tdownloaded: {}\n\t{}:     {}{}", to_string(key),
                                 h1, policy_.file_name, expected, kSecurityError)};
}

Error ChecksumVerifier::needs_database(const ModuleVersion& key) const {
  return {.code = Code::kNotSupported,
          .message = fmt::format("verifying {}: {} has no line for it, and the checksum database is not supported yet; "
                                 "to fetch and verify it:\n\tgo mod download {}",
                                 manifest::is_go_mod_key(key) ? "go.mod" : "module", policy_.file_name,
                                 to_string(manifest::module_of(key)))};
}

void ChecksumVerifier::warn_of_unknown(const ModuleVersion& key, std::string_view h1) const {
  std::vector<std::string_view> hashes;
  for (const ChecksumLine& line : table_.lines(key)) hashes.push_back(line.hash);
  if (hashes.empty() || policy_.reporter == nullptr) return;
  policy_.reporter->warn({.code = Code::kUnknownHash,
                          .message = fmt::format("verifying {}: unknown hashes in {}: {}; adding {}{}", to_string(key),
                                                 policy_.file_name, fmt::join(hashes, ", "), h1, kSecurityWarning)});
}

Result<void> ChecksumVerifier::check(const ModuleVersion& key, std::string_view h1, BytesFrom from) {
  if (is_strict()) MODTOOL_CHECK(table_.check_key(key));  // the go command takes the first line
  const auto& lines = table_.lines(key);
  const auto line = std::ranges::find_if(lines, is_h1_line);
  if (line != lines.end()) return line->hash == h1 ? Result<void>() : fail(mismatch(key, h1, line->hash));
  MODTOOL_CHECK(check_allowed(key));
  const bool is_judged = from == BytesFrom::kDownload || policy_.learns;
  if (is_judged && uses_database(key.path)) return fail(needs_database(key));
  warn_of_unknown(key, h1);
  if (!is_judged) return {};
  const std::lock_guard lock(mutex_);
  learned_.insert_or_assign(key, std::string(h1));
  return {};
}

std::vector<std::pair<ModuleVersion, std::string>> ChecksumVerifier::learned() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<ModuleVersion, std::string>> lines(learned_.begin(), learned_.end());
  std::ranges::sort(lines, module::module_less, &std::pair<ModuleVersion, std::string>::first);
  return lines;
}

}  // namespace modtool::source
