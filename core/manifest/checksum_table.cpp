#include "core/manifest/checksum_table.hpp"

#include <algorithm>
#include <utility>

namespace modtool::manifest {
namespace {

constexpr std::string_view kH1 = "h1:";

// "h1:" of "h1:abc="; a hash without a colon is an algorithm of its own.
std::string_view algorithm_of(std::string_view hash) {
  const auto colon = hash.find(':');
  return colon == std::string_view::npos ? hash : hash.substr(0, colon + 1);
}

bool contradict(const ChecksumLine& a, const ChecksumLine& b) {
  return algorithm_of(a.hash) == algorithm_of(b.hash) && a.hash != b.hash;
}

bool has_conflict(const std::vector<ChecksumLine>& lines) {
  return std::any_of(lines.begin(), lines.end(), [&](const ChecksumLine& line) {
    return std::any_of(lines.begin(), lines.end(), [&](const ChecksumLine& other) { return contradict(line, other); });
  });
}

}  // namespace

void ChecksumTable::add(const module::ModuleVersion& key, std::string hash, Where where) {
  lines_[key].push_back({.hash = std::move(hash), .where = std::move(where)});
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
  for (const auto& [key, lines] : lines_) {
    if (has_conflict(lines)) keys.push_back(key);
  }
  std::sort(keys.begin(), keys.end(), module::module_less);
  return keys;
}

module::ModuleVersion go_mod_key(const module::ModuleVersion& module) {
  return {.path = module.path, .version = module.version + "/go.mod"};
}

}  // namespace modtool::manifest
