#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/module/decimal.hpp"
#include "core/module/semver.hpp"

namespace modtool::module {
namespace {

// The views point into the version's text; all empty where it is no pseudo-version.
struct PseudoParts {
  std::string_view time;
  std::string_view revision;
};

constexpr std::size_t kTimeSize = 14;  // yyyymmddhhmmss

// What stands between the version's three numbers and its time: nothing where there was no tag before (then minor and
// patch are 0), otherwise an identifier 0 at the end of the pre-release.
bool is_pseudo_base(std::string_view numbers, std::string_view base) {
  if (base.empty()) return numbers.substr(numbers.find('.')) == ".0.0";
  return base == "0." || base.ends_with(".0.");
}

PseudoParts parse(std::string_view version) {
  const auto prerelease = version_prerelease(version);
  const auto dash = prerelease.rfind('-');
  if (dash == 0 || dash == std::string_view::npos) return {};
  const auto revision = prerelease.substr(dash + 1);
  const auto identifiers = prerelease.substr(1, dash - 1);
  if (identifiers.size() < kTimeSize || revision.empty()) return {};
  const auto time = identifiers.substr(identifiers.size() - kTimeSize);
  const auto base = identifiers.substr(0, identifiers.size() - kTimeSize);
  const auto numbers = version.substr(0, version.find('-'));
  const bool is_pseudo = is_decimal(time) && std::ranges::all_of(revision, is_ascii_alphanumeric);
  return is_pseudo && is_pseudo_base(numbers, base) ? PseudoParts{time, revision} : PseudoParts{};
}

}  // namespace

bool is_pseudo_version(std::string_view version) { return !parse(version).revision.empty(); }
std::string_view pseudo_version_revision(std::string_view version) { return parse(version).revision; }
std::string_view pseudo_version_time(std::string_view version) { return parse(version).time; }

}  // namespace modtool::module
