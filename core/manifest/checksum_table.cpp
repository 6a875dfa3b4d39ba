#include "core/manifest/checksum_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace modtool::manifest {
namespace {

constexpr std::string_view kH1 = "h1:";
constexpr std::string_view kGoModSuffix = "/go.mod";

// "h1:" of "h1:abc="; a hash without a colon is an algorithm of its own.
std::string_view algorithm_of(std::string_view hash) {
  const auto colon = hash.find(':');
  return colon == std::string_view::npos ? hash : hash.substr(0, colon + 1);
}

bool contradict(const ChecksumLine& a, const ChecksumLine& b) {
  return algorithm_of(a.hash) == algorithm_of(b.hash) && a.hash != b.hash;
}

std::optional<ChecksumConflict> find_conflict(const std::vector<ChecksumLine>& lines) {
  for (auto first = lines.begin(); first != lines.end(); ++first) {
    const auto other = std::find_if(first, lines.end(), [&](const auto& line) { return contradict(*first, line); });
    if (other != lines.end()) return ChecksumConflict{.first = *first, .other = *other};
  }
  return std::nullopt;
}

}  // namespace

void ChecksumTable::add(const module::ModuleVersion& key, std::string hash, Where where) {
  // As a rule the keys come in order.
  auto& lines = lines_.try_emplace(lines_.end(), key)->second;
  lines.push_back({.hash = std::move(hash), .where = std::move(where)});
  if (lines.size() == 2) repeated_.push_back(key);
}

const std::vector<ChecksumLine>& ChecksumTable::lines(const module::ModuleVersion& key) const {
  static const std::vector<ChecksumLine> kNone;
  const auto found = lines_.find(key);
  return found == lines_.end() ? kNone : found->second;
}

std::string_view ChecksumTable::h1(const module::ModuleVersion& key) const {
  std::string_view hash;
  for (const auto& line : lines(key)) {
    if (!line.hash.starts_with(kH1)) continue;
    if (!hash.empty() && hash != line.hash) return {};
    hash = line.hash;
  }
  return hash;
}

ChecksumVerdict ChecksumTable::check(const module::ModuleVersion& key, std::string_view hash) const {
  bool matched = false;
  for (const auto& line : lines(key)) {
    if (algorithm_of(line.hash) != algorithm_of(hash)) continue;
    if (line.hash != hash) return ChecksumVerdict::kMismatch;
    matched = true;
  }
  return matched ? ChecksumVerdict::kMatch : ChecksumVerdict::kMissing;
}

std::vector<module::ModuleVersion> ChecksumTable::conflicts() const {
  std::vector<module::ModuleVersion> keys;
  std::ranges::copy_if(repeated_, std::back_inserter(keys), [&](const auto& key) { return conflict(key).has_value(); });
  std::sort(keys.begin(), keys.end(), module::module_less);
  return keys;
}

std::optional<ChecksumConflict> ChecksumTable::conflict(const module::ModuleVersion& key) const {
  return find_conflict(lines(key));
}

Result<void> ChecksumTable::check_key(const module::ModuleVersion& key) const {
  const auto found = conflict(key);
  if (!found) return {};
  std::string message = fmt::format("another hash of {} than in {}", to_string(key), to_string(found->first.where));
  if (conflict_help_.fix.empty() && !conflict_help_.no_fix.empty()) message += "; " + conflict_help_.no_fix;
  return fail(Error{.code = Code::kChecksumConflict,
                    .message = std::move(message),
                    .where = found->other.where,
                    .fix = conflict_help_.fix});
}

Result<void> ChecksumTable::check_module(const module::ModuleVersion& module) const {
  MODTOOL_CHECK(check_key(module));
  return check_key(go_mod_key(module));
}

module::ModuleVersion go_mod_key(const module::ModuleVersion& module) {
  return {.path = module.path, .version = module.version + std::string(kGoModSuffix)};
}

bool is_go_mod_key(const module::ModuleVersion& key) { return key.version.ends_with(kGoModSuffix); }

module::ModuleVersion module_of(const module::ModuleVersion& key) {
  if (!is_go_mod_key(key)) return key;
  return {.path = key.path, .version = key.version.substr(0, key.version.size() - kGoModSuffix.size())};
}

}  // namespace modtool::manifest
