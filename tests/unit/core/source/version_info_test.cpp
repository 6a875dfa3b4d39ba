#include "core/source/version_info.hpp"

#include "tests/support/check.hpp"

namespace modtool::source {

TEST_CASE("a version's info is read from the JSON of a proxy") {
  const auto info = REQUIRE_OK(parse_version_info(
      R"({"Version":"v1.2.3","Time":"2024-02-29T10:20:30Z","Origin":{"VCS":"git","Hash":"abc","Extra":[1,{"x":2}]}})"));
  CHECK(info.version == "v1.2.3");
  CHECK(info.time == "2024-02-29T10:20:30Z");
  CHECK(info.origin == R"({"VCS":"git","Hash":"abc"})");
}

TEST_CASE("members that are absent or null are empty") {
  const auto info = REQUIRE_OK(parse_version_info(R"({"Version":"v1.0.0","Time":null,"Origin":null})"));
  CHECK(info == VersionInfo{.version = "v1.0.0"});
}

TEST_CASE("an info that is no such object is refused") {
  struct Case {
    std::string text;
    std::string message;
  };
  const Case cases[] = {
      {"", "malformed JSON"},
      {"{\"Version\":", "malformed JSON"},
      {"<html>", "malformed JSON"},
      {"[]", "not a JSON object"},
      {"\"v1.0.0\"", "not a JSON object"},
      {R"({"Version":1})", "`Version` is not a string"},
      {R"({"Version":"v1.0.0","Time":"yesterday"})", "`Time` is not an RFC 3339 time"},
      {R"({"Version":"v1.0.0","Origin":"git"})", "`Origin` is not an object"},
      {R"({"Version":"v1.0.0","Origin":{"URL":{}}})", "`URL` is not a string"},
      {std::string(100'000, '['), "malformed JSON"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text.substr(0, 80));
    CHECK_ERROR(parse_version_info(text), Code::kBadReply, message);
  }
}

TEST_CASE("a time is brought to the form in which Go prints it") {
  struct Case {
    std::string given;
    std::string canonical;
  };
  const Case cases[] = {
      {"2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"},
      {"2024-01-02T03:04:05.000Z", "2024-01-02T03:04:05Z"},
      {"2024-01-02T03:04:05.1200Z", "2024-01-02T03:04:05.12Z"},
      {"2024-01-02T03:04:05.1234567899Z", "2024-01-02T03:04:05.123456789Z"},
      {"2024-01-02T03:04:05+00:00", "2024-01-02T03:04:05Z"},
      {"2024-01-02T03:04:05-07:30", "2024-01-02T03:04:05-07:30"},
      {"2024-02-30T03:04:05Z", ""},
      {"2023-02-29T03:04:05Z", ""},
      {"2024-13-01T03:04:05Z", ""},
      {"2024-01-02T24:04:05Z", ""},
      {"2024-01-02T03:04:05", ""},
      {"2024-01-02T03:04:05.Z", ""},
      {"2024-01-02 03:04:05Z", ""},
      {"2024-01-02T03:04:05+24:00", ""},
      {"2024-01-02T03:04:05+1:00", ""},
      {"", ""},
  };
  for (const auto& [given, canonical] : cases) {
    CAPTURE(given);
    CHECK(canonical_time(given) == canonical);
  }
}

TEST_CASE("an info is written as the go command writes it into its cache") {
  struct Case {
    std::string json;
    std::string written;
  };
  const Case cases[] = {
      {R"({"Version": "v1.0.0"})", R"({"Version":"v1.0.0","Time":"0001-01-01T00:00:00Z"})"},
      {R"({"Time":"2024-01-02T03:04:05.000Z","Name":"abcdef","Short":"abc","Version":"v1.0.0"})",
       R"({"Version":"v1.0.0","Time":"2024-01-02T03:04:05Z"})"},
      {R"({"Version":"v1.0.0","Time":"2024-01-02T03:04:05Z","Origin":{"Ref":"refs/tags/v1.0.0","VCS":"git",)"
       R"("URL":"https://h/a?x&y","TagSum":"t1:x","TagPrefix":"p","RepoSum":"r1:y","Hash":"abc"}})",
       R"({"Version":"v1.0.0","Time":"2024-01-02T03:04:05Z","Origin":{"VCS":"git","URL":"https://h/a?x\u0026y",)"
       R"("Hash":"abc","Ref":"refs/tags/v1.0.0"}})"},
      {R"({"Version":"v0.0.0-20240102030405-abcdefabcdef","Time":"2024-01-02T03:04:05Z",)"
       R"("Origin":{"VCS":"git","Ref":"refs/heads/main"}})",
       R"({"Version":"v0.0.0-20240102030405-abcdefabcdef","Time":"2024-01-02T03:04:05Z","Origin":{"VCS":"git"}})"},
      {R"({"Version":"v1.0.0","Time":"2024-01-02T03:04:05Z","Origin":{}})",
       R"({"Version":"v1.0.0","Time":"2024-01-02T03:04:05Z","Origin":{}})"},
  };
  for (const auto& [json, written] : cases) {
    CAPTURE(json);
    CHECK(format_version_info(REQUIRE_OK(parse_version_info(json))) == written);
  }
}

TEST_CASE("a time is told in seconds of UTC, wherever it was taken") {
  CHECK(seconds_of("1970-01-01T00:00:00Z") == 0);
  CHECK(seconds_of("2005-01-01T01:00:00+05:00") == seconds_of("2004-12-31T20:00:00Z"));
  CHECK(seconds_of("2004-12-31T23:30:00.5-05:30") == seconds_of("2005-01-01T05:00:00Z"));
  CHECK(seconds_of("0001-01-01T00:00:00Z") == std::nullopt);
  CHECK(seconds_of("yesterday") == std::nullopt);
  CHECK(day_of("1970-01-02T01:00:00+05:00") == 0);
  CHECK(day_of("1969-12-31T23:00:00Z") == -1);
  CHECK(day_of("") == 0);
}

}  // namespace modtool::source
