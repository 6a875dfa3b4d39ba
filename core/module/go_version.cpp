// The go command numbers itself otherwise than modules: major[.minor[.patch]] or major.minor and a kind ("1.21rc2").
// From 1.21 on the language version "1.21" comes before "1.21rc1", and that before the release "1.21.0".
#include "core/base/ascii.hpp"
#include "core/module/decimal.hpp"
#include "core/module/semver.hpp"

namespace modtool::module {
namespace {

struct GoVersion {
  std::string_view major;
  std::string_view minor;
  std::string_view patch;
  std::string_view kind;  // "alpha", "beta", "rc"
  std::string_view pre;   // the kind's number
  bool valid = false;
};

std::string_view take_kind(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_lower(text[size])) ++size;
  const auto kind = text.substr(0, size);
  text.remove_prefix(size);
  return kind;
}

// What follows the minor version. Releases of a patch have no kind.
bool parse_rest(std::string_view text, GoVersion& version) {
  if (text[0] == '.') {
    text.remove_prefix(1);
    version.patch = take_decimal(text);
    return !version.patch.empty() && text.empty();
  }
  version.kind = take_kind(text);
  if (version.kind.empty()) return false;
  if (text.empty()) return true;
  version.pre = take_decimal(text);
  return !version.pre.empty() && text.empty();
}

bool parse_into(std::string_view text, GoVersion& version) {
  version.major = take_decimal(text);
  if (version.major.empty()) return false;
  if (text.empty()) {
    version.minor = "0";
    version.patch = "0";
    return true;
  }
  if (text[0] != '.') return false;
  text.remove_prefix(1);
  version.minor = take_decimal(text);
  if (version.minor.empty()) return false;
  if (!text.empty()) return parse_rest(text, version);
  if (compare_decimals(version.minor, "21") < 0) version.patch = "0";
  return true;
}

GoVersion parse(std::string_view text) {
  GoVersion version;
  if (!parse_into(text, version)) return {};
  version.valid = true;
  return version;
}

int compare_kinds(std::string_view a, std::string_view b) { return a < b ? -1 : a > b ? 1 : 0; }

}  // namespace

bool is_valid_go_version(std::string_view version) { return parse(version).valid; }

int compare_go_versions(std::string_view a, std::string_view b) {
  const GoVersion left = parse(a);
  const GoVersion right = parse(b);
  if (const int order = compare_decimals(left.major, right.major); order != 0) return order;
  if (const int order = compare_decimals(left.minor, right.minor); order != 0) return order;
  if (const int order = compare_decimals(left.patch, right.patch); order != 0) return order;
  if (const int order = compare_kinds(left.kind, right.kind); order != 0) return order;
  return compare_decimals(left.pre, right.pre);
}

std::string go_language_version(std::string_view version) {
  const GoVersion parts = parse(version);
  std::string language(parts.major);
  if (parts.minor.empty() || (parts.major == "1" && parts.minor == "0")) return language;
  return language + "." + std::string(parts.minor);
}

std::string toolchain_go_version(std::string_view toolchain) {
  // A suffix with a separator would name a program outside PATH.
  if (!toolchain.starts_with("go") || toolchain.find_first_of("\\/") != std::string_view::npos) return {};
  toolchain.remove_prefix(2);
  const auto version = toolchain.substr(0, toolchain.find_first_of(" \t-"));
  return is_valid_go_version(version) ? std::string(version) : std::string();
}

}  // namespace modtool::module
