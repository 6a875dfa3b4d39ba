#include "core/module/semver.hpp"

#include "core/base/ascii.hpp"
#include "core/module/decimal.hpp"

namespace modtool::module {
namespace {

// A version taken apart; the views point into its text. A part that was left out ("v1") is "0".
struct Parts {
  std::string_view major = "0";
  std::string_view minor = "0";
  std::string_view patch = "0";
  std::string_view prerelease;  // with its "-"
  std::string_view build;       // with its "+"
  int numbers = 0;              // how many of major, minor and patch were written
  bool valid = false;
};

bool is_identifier_char(char c) { return is_ascii_alphanumeric(c) || c == '-'; }

// Takes "-a.b" or "+a.b" off the front: dot-separated identifiers that are not empty. Nothing is taken where they are
// malformed.
std::string_view take_identifiers(std::string_view& text, bool leading_zeros_allowed) {
  std::size_t end = 1;
  for (;;) {
    const std::size_t start = end;
    while (end < text.size() && is_identifier_char(text[end])) ++end;
    const auto identifier = text.substr(start, end - start);
    if (identifier.empty()) return {};
    const bool leading_zero = identifier.size() > 1 && identifier[0] == '0';
    if (leading_zero && !leading_zeros_allowed && is_decimal(identifier)) return {};
    if (end == text.size() || text[end] != '.') break;
    ++end;
  }
  const auto taken = text.substr(0, end);
  text.remove_prefix(end);
  return taken;
}

Parts parse(std::string_view text) {
  Parts parts;
  if (!text.starts_with('v')) return parts;
  for (std::string_view* number : {&parts.major, &parts.minor, &parts.patch}) {
    text.remove_prefix(1);  // the "v", or the dot
    *number = take_decimal(text);
    if (number->empty()) return parts;
    ++parts.numbers;
    parts.valid = text.empty();
    if (parts.valid) return parts;
    if (parts.numbers < 3 && text[0] != '.') return parts;
  }
  if (text[0] == '-') parts.prerelease = take_identifiers(text, false);
  if (text.starts_with('+')) parts.build = take_identifiers(text, true);
  parts.valid = text.empty();
  return parts;
}

std::string_view take_identifier(std::string_view& prerelease) {
  prerelease.remove_prefix(1);  // its "-" or "."
  const auto identifier = prerelease.substr(0, prerelease.find('.'));
  prerelease.remove_prefix(identifier.size());
  return identifier;
}

int compare_identifiers(std::string_view a, std::string_view b) {
  const bool a_is_number = is_decimal(a);
  if (a_is_number != is_decimal(b)) return a_is_number ? -1 : 1;
  if (a_is_number) return compare_decimals(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

// semver.org 2.0.0, item 11.
int compare_prereleases(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  if (a.empty() || b.empty()) return a.empty() ? 1 : -1;
  while (!a.empty() && !b.empty()) {
    const int order = compare_identifiers(take_identifier(a), take_identifier(b));
    if (order != 0) return order;
  }
  return a.empty() ? -1 : 1;
}

}  // namespace

bool is_valid_version(std::string_view version) { return parse(version).valid; }

std::string canonical_version(std::string_view version) {
  const Parts parts = parse(version);
  if (!parts.valid) return {};
  std::string canonical(version.substr(0, version.size() - parts.build.size()));
  for (int missing = 3 - parts.numbers; missing > 0; --missing) canonical += ".0";
  return canonical;
}

std::string_view version_major(std::string_view version) {
  const Parts parts = parse(version);
  return parts.valid ? version.substr(0, 1 + parts.major.size()) : std::string_view();
}

std::string version_major_minor(std::string_view version) {
  const Parts parts = parse(version);
  if (!parts.valid) return {};
  return "v" + std::string(parts.major) + "." + std::string(parts.minor);
}

std::string_view version_prerelease(std::string_view version) {
  const Parts parts = parse(version);
  return parts.valid ? parts.prerelease : std::string_view();
}

std::string_view version_build(std::string_view version) {
  const Parts parts = parse(version);
  return parts.valid ? parts.build : std::string_view();
}

int compare_versions(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  const Parts left = parse(a);
  const Parts right = parse(b);
  if (!left.valid || !right.valid) return static_cast<int>(left.valid) - static_cast<int>(right.valid);
  if (const int order = compare_decimals(left.major, right.major); order != 0) return order;
  if (const int order = compare_decimals(left.minor, right.minor); order != 0) return order;
  if (const int order = compare_decimals(left.patch, right.patch); order != 0) return order;
  return compare_prereleases(left.prerelease, right.prerelease);
}

bool is_incompatible(std::string_view version) { return version_build(version) == "+incompatible"; }

int compare_module_versions(std::string_view path, std::string_view a, std::string_view b) {
  if (path == "go") return compare_go_versions(a, b);
  if (path != "toolchain") return compare_versions(a, b);
  const auto go_version = [](std::string_view name) {
    return is_valid_go_version(name) ? std::string(name) : toolchain_go_version(name);
  };
  return compare_go_versions(go_version(a), go_version(b));
}

}  // namespace modtool::module
