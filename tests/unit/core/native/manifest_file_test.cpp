#include "core/native/manifest_file.hpp"

#include "tests/support/check.hpp"

namespace modtool::native {
namespace {

Result<manifest::Manifest> parse(std::string_view text) { return parse_manifest(text, "modtool.json", "0.1.0"); }

constexpr std::string_view kLogDemo = R"({
  "$schema": ".modtool/modtool.schema.json",
  "schema": 1,
  "module": "example.com/acme/logdemo",  // who we are
  "modtool": "0.1",
  "license": "Apache-2.0",
  "require": {
    "github.com/fmtlib/fmt": "v10.2.1",
    "github.com/gabime/spdlog": {"version": "v1.13.0"}
  },
  "groups": { "test": { "github.com/google/googletest": "v1.14.0" } },
  "replace": {
    "github.com/fmtlib/fmt@v10.2.1": { "dir": "forks/fmt" },
    "github.com/gabime/spdlog": { "module": "example.com/acme/spdlog", "version": "v1.13.1" }
  },
  "exclude": { "github.com/fmtlib/fmt": ["v10.2.0", "v10.1.0"] },
  "majors": { "github.com/fmtlib/fmt": "v11.0.2" },
  "retract": [ { "versions": "v0.1.0" }, { "versions": ["v0.2.0", "v0.3.0"], "reason": "loses data" } ],
  "describe": {
    "github.com/gabime/spdlog": {
      "git": "https://git.example.com/spdlog.git",
      "tags": ["v{version}", "{major}.{minor}"],
      "subdir": "lib",
      "compat": "always",
      "submodules": "ignore",
      "symlinks": "ignore",
      "require": { "github.com/fmtlib/fmt": "v10.1.0" },
      "overlay": "modtool.d/spdlog",
      "patches": ["modtool.d/a.patch"],
      "build": { "cmake": { "names": ["spdlog"], "options": { "SPDLOG_FMT_EXTERNAL": true } } }
    }
  },
  "vendor": { "dir": "third_party", "mode": "full" },
  "build": { "system": "cmake", "preset": "default" }
})";

TEST_CASE("what the project beside this one needs of it must be required") {
  const auto with = [](const std::string& cgo) {
    return parse(R"({"schema": 1, "module": "example.com/m", "cgo": )" + cgo +
                 R"(, "require": {"example.com/z": "v1.0.0"}})");
  };
  const auto manifest = REQUIRE_OK(with(R"({"./internal/zip": ["example.com/z"], ".": [], "example.com/g": []})"));
  CHECK(manifest.cgo.size() == 3);
  CHECK(manifest.cgo.at("./internal/zip").modules == std::vector<std::string>{"example.com/z"});
  CHECK(manifest.cgo.at("./internal/zip").where.line == 1);
  CHECK_ERROR(with(R"({"./a": ["example.com/y"]})"), Code::kManifestField, R"("example.com/y" is not required)");
  for (const std::string user : {"./", "./../a", "../a", "/a", "./a//b", "", "a b"}) {
    INFO(user);
    CHECK_FALSE(with(R"({")" + user + R"(": ["example.com/z"]})").has_value());
  }
  CHECK_FALSE(with(R"({"./a": "example.com/z"})").has_value());
}

TEST_CASE("a manifest is read whole") {
  const auto manifest = REQUIRE_OK(parse(kLogDemo));
  CHECK(manifest.path == "example.com/acme/logdemo");
  REQUIRE(manifest.require.size() == 3);
  CHECK(to_string(manifest.require[0].module) == "github.com/fmtlib/fmt@v10.2.1");
  CHECK(to_string(manifest.require[0].where) == "modtool.json:8:5");
  CHECK(to_string(manifest.require[1].module) == "github.com/gabime/spdlog@v1.13.0");
  CHECK(manifest.require[1].group.empty());
  CHECK(manifest.require[2].group == "test");

  REQUIRE(manifest.replace.size() == 2);
  CHECK(manifest.replace[0].from == module::ModuleVersion{"github.com/fmtlib/fmt", "v10.2.1"});
  CHECK(manifest.replace[0].to == module::ModuleVersion{"./forks/fmt", ""});
  CHECK(manifest.replace[1].from == module::ModuleVersion{"github.com/gabime/spdlog", ""});
  CHECK(manifest.replace[1].to == module::ModuleVersion{"example.com/acme/spdlog", "v1.13.1"});
  CHECK(manifest.exclude.size() == 2);
  CHECK(manifest.majors.at("github.com/fmtlib/fmt") == "v11.0.2");
  REQUIRE(manifest.retract.size() == 2);
  CHECK(manifest.retract[1].high == "v0.3.0");
  CHECK(manifest.vendor_directory == "third_party");
}

TEST_CASE("a description is read whole") {
  const auto manifest = REQUIRE_OK(parse(kLogDemo));
  const auto& spdlog = manifest.describe.at("github.com/gabime/spdlog");
  CHECK(spdlog.git == "https://git.example.com/spdlog.git");
  CHECK(spdlog.tags == std::vector<std::string>{"v{version}", "{major}.{minor}"});
  CHECK(spdlog.subdirectory == "lib");
  CHECK(spdlog.always_compatible);
  CHECK(spdlog.submodules == manifest::Submodules::kIgnore);
  CHECK(spdlog.symlinks == manifest::Symlinks::kIgnore);
  REQUIRE(spdlog.require);
  CHECK(to_string(spdlog.require->front()) == "github.com/fmtlib/fmt@v10.1.0");
  CHECK(spdlog.overlay == "modtool.d/spdlog");
  CHECK(spdlog.patches == std::vector<std::string>{"modtool.d/a.patch"});
  CHECK(spdlog.build.starts_with("{ \"cmake\""));
}

TEST_CASE("the fingerprint of a description depends on what it says, not on how it is written") {
  const auto fingerprint = [](const std::string& description) {
    const auto manifest = REQUIRE_OK(
        parse(R"({"schema":1,"module":"example.com/m","describe":{"example.com/a/b":)" + description + "}}"));
    return manifest.describe.at("example.com/a/b").fingerprint;
  };
  const std::string first = fingerprint(R"({"subdir":"x","license":"MIT"})");
  CHECK(fingerprint("{ // why\n \"license\": \"MIT\",\n \"subdir\": \"x\" }") == first);
  CHECK(fingerprint(R"({"subdir":"y","license":"MIT"})") != first);
  CHECK(first.starts_with("sha256:"));
  CHECK(first.size() == 7 + 64);
}

TEST_CASE("every problem of a manifest is told with its place, its path and the nearest key") {
  const auto parsed = parse(R"({
  "schema": 2,
  "module": "Example",
  "requires": {},
  "require": { "example.com/a/b": "1.2", "example.com/a/b": "v1.0.0" },
  "vendor": { "mode": "pruned" },
  "describe": { "example.com/a/c": { "tag": [], "submodules": "maybe" } },
  "policy": {},
  "groups": []
})");
  REQUIRE(!parsed);
  std::string lines;
  for (const auto& problem : parsed.error().problems) lines += to_line(problem) + "\n";
  CHECK(lines ==
        "modtool.json:2:13: schema: this modtool reads schema 1\n"
        "modtool.json:3:13: module: malformed module path \"Example\": missing dot in first path element\n"
        "modtool.json:4:3: requires: unknown key; did you mean \"require\"?\n"
        "modtool.json:5:35: require[\"example.com/a/b\"]: \"1.2\" is not a version vX.Y.Z; did you mean "
        "\"v1.2.0\"?\n"
        "modtool.json:5:42: require[\"example.com/a/b\"]: the key stands twice\n"
        "modtool.json:6:23: vendor.mode: pruned vendoring is not supported yet; use \"full\"\n"
        "modtool.json:7:38: describe[\"example.com/a/c\"].tag: unknown key; did you mean \"tags\"?\n"
        "modtool.json:7:63: describe[\"example.com/a/c\"].submodules: \"maybe\" is none of \"forbid\", "
        "\"ignore\", \"include\"\n"
        "modtool.json:8:13: policy: the key is reserved; this modtool does not support it yet\n"
        "modtool.json:9:13: groups: must be an object, not a list\n");
}

TEST_CASE("a manifest that cannot be meant is refused") {
  const struct {
    std::string_view members;
    Code code;
    std::string_view says;
  } cases[] = {
      {R"("modtool": "9.9")", Code::kNotSupported, "needs modtool v9.9"},
      {R"("modtool": "new")", Code::kManifestField, "must be a version of modtool"},
      {R"("require": {"example.com/a/b": "v1.2.3+meta"})", Code::kBadVersion, "v1.2.3"},
      {R"("require": {"example.com/a/b": "main"})", Code::kBadVersion, "is not a version"},
      {R"("require": {"example.com/a/b": "-oops"})", Code::kBadVersion, "is not a version"},
      {R"("require": {"example.com/a/b": {"version": "v1.0.0", "when": "x"}})", Code::kNotSupported, "reserved"},
      {R"("require": {"-x/a": "v1.0.0"})", Code::kBadModulePath, "malformed module path"},
      {R"("replace": {"example.com/a/b": {}})", Code::kManifestField, "must have either"},
      {R"("replace": {"example.com/a/b": {"dir": "x", "version": "v1.0.0"}})", Code::kManifestField, "either"},
      {R"("vendor": {"dir": "../x"})", Code::kManifestField, "is no directory to vendor into"},
      {R"("describe": {"example.com/a/b": {"tags": ["x"]}})", Code::kManifestField, "must hold {version}"},
      {R"("describe": {"example.com/a/b": {"git": "u", "archive": "{version}"}})", Code::kManifestField, "both"},
      {R"("describe": {"example.com/a/b": {"patches": ["/etc/passwd"]}})", Code::kManifestField, "below the project"},
  };
  for (const auto& [members, code, says] : cases) {
    CAPTURE(members);
    CHECK_ERROR(parse(R"({"schema":1,"module":"example.com/m",)" + std::string(members) + "}"), code,
                std::string(says));
  }
  CHECK_ERROR(parse("[]"), Code::kManifestField, "must be an object, not a list");
  CHECK_ERROR(parse("{}"), Code::kManifestField, "\"schema\" is missing");
  CHECK_ERROR(parse("{\n<<<<<<< ours\n}"), Code::kConflictMarker, "modtool.json:2");
}

TEST_CASE("of a dependency's manifest only what counts for others is read") {
  const auto manifest = REQUIRE_OK(parse_dependency(
      R"({"schema":1,"module":"example.com/a/b","require":{"example.com/c/d":"v1.0.0"},
          "replace":{"x":7},"groups":{"test":{"example.com/e/f":"v1.0.0"}},"of tomorrow":true})",
      "b/modtool.json", "0.1.0"));
  CHECK(manifest.path == "example.com/a/b");
  CHECK(manifest.require.size() == 1);
  CHECK(manifest.replace.empty());
}

}  // namespace
}  // namespace modtool::native
