#include "core/resolve/version_query.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/module/semver.hpp"

namespace modtool::resolve {
namespace {

using Kind = VersionQuery::Kind;

// "v1", "v1.2": not a whole version.
bool is_prefix(std::string_view version) {
  return module::is_valid_version(version) && std::ranges::count(version, '.') < 2;
}

int compare(std::string_view a, std::string_view b) { return module::compare_versions(a, b); }

bool is_release(const std::string& version) { return module::version_prerelease(version).empty(); }

Result<VersionQuery> parse_comparison(std::string_view text) {
  const bool or_equal = text.substr(1).starts_with('=');
  const bool is_less = text.front() == '<';
  const std::string version(text.substr(or_equal ? 2 : 1));
  if (!module::is_valid_version(version)) {
    return fail(Code::kBadVersion, fmt::format("invalid semantic version {} in range {}", quote(version), quote(text)));
  }
  // Whether <=v1.2 takes v1.2.3 in, nobody can say: @v1.2 might mean v1.2.3.
  if (is_prefix(version) && is_less == or_equal) {
    return fail(Code::kBadVersion,
                fmt::format("ambiguous semantic version {} in range {}", quote(version), quote(text)));
  }
  const Kind kind =
      is_less ? (or_equal ? Kind::kLessOrEqual : Kind::kLess) : (or_equal ? Kind::kGreaterOrEqual : Kind::kGreater);
  return VersionQuery{.kind = kind, .text = std::string(text), .version = version};
}

bool prefers_lower(Kind kind) { return kind == Kind::kGreater || kind == Kind::kGreaterOrEqual; }

bool fits(const VersionQuery& query, const QueryContext& context, const std::string& version) {
  const int order = compare(version, query.version);
  switch (query.kind) {
    case Kind::kLatest:
      return true;
    case Kind::kUpgrade:
      return context.current.empty() || (compare(version, context.current) >= 0 && context.is_compatible(version));
    case Kind::kPatch:
      return module::version_major_minor(version) == module::version_major_minor(context.current) &&
             compare(version, context.current) >= 0;
    case Kind::kPrefix:
      return version.starts_with(query.version + ".") && order >= 0;
    case Kind::kLess:
      return order < 0;
    case Kind::kLessOrEqual:
      return order <= 0;
    case Kind::kGreater:
      return order > 0;
    case Kind::kGreaterOrEqual:
      return order >= 0;
    case Kind::kVersion:
    case Kind::kRevision:
    case Kind::kNone:
      return false;
  }
  return false;
}

}  // namespace

Result<VersionQuery> parse_version_query(std::string_view text) {
  const std::string typed(text);
  if (text.empty() || text == "upgrade") return VersionQuery{.kind = Kind::kUpgrade, .text = "upgrade"};
  if (text == "latest") return VersionQuery{.kind = Kind::kLatest, .text = typed};
  if (text == "patch") return VersionQuery{.kind = Kind::kPatch, .text = typed};
  if (text == "none") return VersionQuery{.kind = Kind::kNone, .text = typed};
  if (text.front() == '<' || text.front() == '>') return parse_comparison(text);
  if (is_prefix(text)) return VersionQuery{.kind = Kind::kPrefix, .text = typed, .version = typed};
  if (module::is_valid_version(text)) {
    return VersionQuery{.kind = Kind::kVersion, .text = typed, .version = module::canonical_version(text)};
  }
  return VersionQuery{.kind = Kind::kRevision, .text = typed};
}

std::optional<std::string> choose_version(const VersionQuery& query, const QueryContext& context) {
  std::vector<std::string> releases;
  std::vector<std::string> prereleases;
  for (const auto& version : context.versions) {
    if (fits(query, context, version)) (is_release(version) ? releases : prereleases).push_back(version);
  }
  const auto& candidates = releases.empty() ? prereleases : releases;
  if (!candidates.empty()) return prefers_lower(query.kind) ? candidates.front() : candidates.back();
  const bool may_stay = query.kind == Kind::kUpgrade || query.kind == Kind::kPatch;
  if (may_stay && !context.current.empty()) return context.current;
  return std::nullopt;
}

}  // namespace modtool::resolve
