#include "core/resolve/version_query.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/module/semver.hpp"
#include "tests/support/check.hpp"
#include "tests/support/oracle.hpp"

namespace modtool::resolve {
namespace {

std::vector<std::string> words(std::string_view text) {
  const auto fields = split_fields(text);
  return {fields.begin(), fields.end()};
}

// The version chosen, "none", or "error".
std::string choose(std::string_view versions, const std::string& current, std::string_view query) {
  const auto parsed = parse_version_query(query);
  if (!parsed) return "error";
  return choose_version(*parsed, {.versions = words(versions), .current = current}).value_or("none");
}

TEST_CASE("a query is read for what it is") {
  using Kind = VersionQuery::Kind;
  struct Case {
    std::string_view text;
    Kind kind;
    std::string_view version = "";
  };
  const Case cases[] = {
      {"", Kind::kUpgrade},
      {"upgrade", Kind::kUpgrade},
      {"latest", Kind::kLatest},
      {"patch", Kind::kPatch},
      {"none", Kind::kNone},
      {"v1", Kind::kPrefix, "v1"},
      {"v1.2", Kind::kPrefix, "v1.2"},
      {"v1.2.3", Kind::kVersion, "v1.2.3"},
      {"v1.2.3+x", Kind::kVersion, "v1.2.3"},
      {"<v1", Kind::kLess, "v1"},
      {"<=v1.2.3", Kind::kLessOrEqual, "v1.2.3"},
      {">v1.2.3", Kind::kGreater, "v1.2.3"},
      {">=v1", Kind::kGreaterOrEqual, "v1"},
      {"main", Kind::kRevision},
      {"1.2.3", Kind::kRevision},
      {"v1.2.3.4", Kind::kRevision},
  };
  for (const auto& [text, kind, version] : cases) {
    INFO(text);
    const auto query = REQUIRE_OK(parse_version_query(text));
    CHECK(query.kind == kind);
    CHECK(query.version == version);
  }
  CHECK_ERROR(parse_version_query("<main"), Code::kBadVersion, R"(invalid semantic version "main" in range "<main")");
  CHECK_ERROR(parse_version_query("<=v1.2"), Code::kBadVersion,
              R"(ambiguous semantic version "v1.2" in range "<=v1.2")");
}

TEST_CASE("an upgrade stays within what is compatible") {
  const QueryContext context{.versions = words("v1.0.0 v1.1.0 v2.0.0"),
                             .current = "v1.0.0",
                             .is_compatible = [](std::string_view v) { return v.starts_with("v1."); }};
  const auto chosen = [&](std::string_view query) {
    return choose_version(REQUIRE_OK(parse_version_query(query)), context).value_or("none");
  };
  CHECK(chosen("upgrade") == "v1.1.0");
  CHECK(chosen("latest") == "v2.0.0");
}

TEST_CASE("a query goes by numbers, and never back behind what is in use") {
  const struct {
    std::string_view versions;
    std::string current;
    std::string_view query;
    std::string_view chosen;
  } rows[] = {
      {"v1.1.4 v1.1.5 v1.10.0 v1.11.2", "", "v1.1", "v1.1.5"},
      {"v1.10.0 v1.11.2", "", "v1.1", "none"},
      {"v1.9.0 v1.10.0 v10.0.0 v11.2.0", "", "v1", "v1.10.0"},
      {"v1.2.0 v1.2.1 v1.3.0", "v1.2.0", "patch", "v1.2.1"},
      {"v1.2.0 v1.2.1 v1.3.0", "v1.2.3", "patch", "v1.2.3"},
      {"v1.2.9 v1.2.10 v1.20.0", "v1.2.0", "patch", "v1.2.10"},
      {"v1.2.3", "v1.2.3", "patch", "v1.2.3"},
      {"v1.2.0 v1.3.0", "v1.4.0", "upgrade", "v1.4.0"},
      {"v1.2.0 v1.3.0", "v1.4.0", "latest", "v1.3.0"},
      {"v1.2.0 v1.10.0", "v1.2.0", "<v1.10.0", "v1.2.0"},
      {"v1.2.0 v1.10.0", "v1.2.0", "<=v1.10.0", "v1.10.0"},
      {"v1.2.0 v1.9.0 v1.10.0", "", ">v1.2.0", "v1.9.0"},
      {"v1.2.0 v1.9.0 v1.10.0", "", ">=v1.2.0", "v1.2.0"},
      {"v1.2.0", "", "none", "none"},
  };
  for (const auto& [versions, current, query, chosen] : rows) {
    CAPTURE(query);
    CAPTURE(versions);
    CAPTURE(current);
    CHECK(choose(versions, current, query) == chosen);
  }
}

// What the go command makes of each query, on a proxy that is a directory. "?" where it fails.
std::string ask_go(const std::string& versions, const std::string& current, const std::vector<std::string>& queries) {
  std::string script = R"(
set -e
export GOFLAGS=-mod=mod GOSUMDB=off GONOSUMDB= GOPRIVATE= GOWORK=off GOENV=off GOTOOLCHAIN=local
root=$(mktemp -d); trap 'chmod -R u+w "$root"; rm -rf "$root"' EXIT
export GOPROXY=file://$root/proxy GOPATH=$root/path HOME=$root
v=$root/proxy/example.com/a/@v; mkdir -p "$v" "$root/main"; cd "$root/main"
for version in )" + versions +
                       R"(; do
  echo $version >>"$v/list"; printf 'module example.com/a\n' >"$v/$version.mod"
  printf '{"Version":"%s","Time":"2024-01-02T03:04:05Z"}' $version >"$v/$version.info"
done
printf 'module example.com/main\ngo 1.21\n' >go.mod
)";
  if (!current.empty()) script += "printf 'require example.com/a " + current + "\\n' >>go.mod\n";
  for (const auto& query : queries) {
    script += "go list -m -f '{{.Version}}' 'example.com/a@" + query + "' 2>/dev/null || echo '?'\n";
  }
  const auto answer = test::run_shell(script);
  REQUIRE_MESSAGE(answer.status == 0, answer.output);
  return answer.output;
}

TEST_CASE("queries choose what the go command chooses") {
  if (!test::has_oracle("go")) return;
  const std::vector<std::string> queries = {
      "latest",  "upgrade", "patch",    "v1",       "v1.2",     "v1.9",      "v0",         "<v1.2.0",   "<=v1.2.0",
      "<v1",     "<v0.1.0", ">v1.2.0",  ">=v1.2.0", ">=v1.3",   ">v1.9.0",   ">=v1.3.0",   "<=v1.2",    ">v1.2",
      "<v1.2.1", ">v1.2.1", "<=v1.9.9", ">v0.9.0",  ">=v1.9.0", "<v1.3.0-a", ">=v1.4.0-a", "<v1.4.0-z", "<main"};
  const std::string lists[] = {
      "v0.9.0 v1.0.0 v1.2.0 v1.2.1-rc.1 v1.2.1 v1.2.2-rc.1 v1.3.0-beta v1.4.0-rc.1 v1.4.0-rc.2",
      "v1.2.0-rc.1 v1.2.0-rc.2",
      "v0.1.0 v0.2.0-pre v1.9.0",
  };
  for (const auto& list : lists) {
    const auto versions = words(list);
    for (const auto& current : {std::string(), versions.front(), versions[versions.size() / 2], versions.back()}) {
      const std::string answer = ask_go(list, current, queries);
      const auto told = split_lines(answer);
      REQUIRE(told.size() == queries.size());
      for (std::size_t i = 0; i < queries.size(); ++i) {
        std::string chosen = choose(list, current, queries[i]);
        if (chosen == "none" || chosen == "error") chosen = "?";
        INFO(list << " at " << current << ": " << queries[i]);
        CHECK(chosen == told[i]);
      }
    }
  }
}

}  // namespace
}  // namespace modtool::resolve
