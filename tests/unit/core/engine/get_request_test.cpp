#include "core/engine/get_request.hpp"

#include "tests/support/check.hpp"

namespace modtool::engine {
namespace {

using resolve::VersionQuery;

TEST_CASE("a request is a path, or a path and what it is asked for at") {
  struct Case {
    std::string text;
    std::string path;
    std::string version;
  };
  for (const auto& [text, path, version] : {
           Case{.text = "a.org/x", .path = "a.org/x", .version = ""},
           Case{.text = "a.org/x@v1.2.3", .path = "a.org/x", .version = "v1.2.3"},
           Case{.text = "a.org/x@latest", .path = "a.org/x", .version = "latest"},
           Case{.text = "a.org/x@none", .path = "a.org/x", .version = "none"},
       }) {
    CAPTURE(text);
    const auto request = REQUIRE_OK(parse_get_request(text, {}));
    CHECK(request.path == path);
    CHECK(request.version == version);
  }
  CHECK(REQUIRE_OK(parse_get_request("a.org/x@v1.2.3", {})).query.kind == VersionQuery::Kind::kVersion);
  CHECK_ERROR(parse_get_request("a.org/x@", {}), Code::kUsage, "names no version behind its @");
}

TEST_CASE("what is copied from elsewhere is no path, and the command that was meant is named") {
  struct Case {
    std::string text;
    GetOptions options;
    std::string hint;
  };
  for (const auto& [text, options, hint] : {
           Case{.text = "https://a.org/x/y.git", .options = {}, .hint = "modtool get a.org/x/y"},
           Case{.text = "git@a.org:x/y.git@v1.0.0",
                .options = {.group = "test"},
                .hint = "modtool get a.org/x/y@v1.0.0"},
           Case{.text = "https://a.org/x/y",
                .options = {.upgrade = true, .patches = true},
                .hint = "modtool get a.org/x/y"},
       }) {
    CAPTURE(text);
    const auto request = parse_get_request(text, options);
    CHECK_ERROR(request, Code::kBadModulePath, "did you mean");
    if (!request) CHECK(to_command(request.error().fix) == hint);
  }
}

TEST_CASE("another spelling of what was not found is without .git, or with a small v") {
  const auto spellings = [](const std::string& text) {
    std::vector<std::string> texts;
    for (const auto& each : other_spellings(REQUIRE_OK(parse_get_request(text, {})), {})) {
      texts.push_back(each.path + "@" + each.version);
    }
    return texts;
  };
  CHECK(spellings("a.org/x@1.2.3") == std::vector<std::string>{"a.org/x@v1.2.3"});
  CHECK(spellings("a.org/x@V1.2.3") == std::vector<std::string>{"a.org/x@v1.2.3"});
  CHECK(spellings("a.org/x@v1.2.3").empty());
  CHECK(spellings("a.org/x.git@v1.2.3") == std::vector<std::string>{"a.org/x@v1.2.3"});
}

}  // namespace
}  // namespace modtool::engine
