#include "core/goproxy/auth_reply.hpp"

#include <fmt/format.h>

#include "tests/support/check.hpp"

namespace modtool::goproxy {
namespace {

// "prefix|Name: value|Name: value" for each.
std::vector<std::string> shown(const std::vector<io::HttpCredential>& credentials) {
  std::vector<std::string> lines;
  for (const auto& [prefix, headers] : credentials) {
    std::string line = prefix;
    for (const auto& [name, value] : headers) line += fmt::format("|{}: {}", name, value);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("what a command of GOAUTH prints is read as go reads it") {
  struct {
    const char* name;
    std::string text;
    std::vector<std::string> read;
  } const rows[] = {
      {"nothing", "", {}},
      {"a URL and a header", "https://h\n\nAuthorization: Basic x\n\n", {"h|Authorization: Basic x"}},
      {"several of both",
       "https://h\nhttps://h:1/api/\n\nA: 1\nA: 2\nB:  3 \n\n",
       {"h|A: 1|A: 2|B: 3", "h:1/api|A: 1|A: 2|B: 3"}},
      {"several sets", "https://h\n\nA: 1\n\nhttps://i\n\nB: 2\n\n", {"h|A: 1", "i|B: 2"}},
      {"a URL without a header", "https://h\n\n\n", {"h"}},
      {"a path", "/etc\n\nA: 1\n\n", {"/etc|A: 1"}},
      {"no URL", "\nA: 1\n\n", {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(shown(REQUIRE_OK(parse_auth_reply(row.text))) == row.read);
  }
}

TEST_CASE("what is none of GOAUTH's format is refused with its line, and without a word of it") {
  struct {
    std::string text;
    std::string part;
  } const rows[] = {
      {"https://h", "missing empty line after URLs"},
      {"https://h\n", "missing empty line after URLs"},
      {"https://h\n\nA: secret", "missing empty line after headers"},
      {"https://h\n\nA: secret\n", "missing empty line after headers"},
      {"Authorization: secret\n\n\n", "could not parse the URL in line 1"},
      {"https://h\n\nsecret\n\n", "invalid header line (line 3)"},
      {"https://h\n\nA:secret\n\n", "invalid header line (line 3)"},
      {"https://h\n\nA B: secret\n\n", "invalid header line (line 3)"},
      {"https://h\n\nA: secret\x01\n\n", "invalid header line (line 3)"},
      {"https://h\n\nA: secret\r\nB: x\n\n", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto outcome = parse_auth_reply(row.text);
    if (row.part.empty()) {
      CHECK(outcome.has_value());  // a carriage return at the end of a line is a blank
      continue;
    }
    CHECK_ERROR(outcome, Code::kBadReply, row.part);
    CHECK(!to_line(outcome.error()).contains("secret"));
  }
}

TEST_CASE("git's login is for the place that git names, if that begins the URL") {
  const std::string url = "https://h:1/a/@v/list";
  struct {
    const char* name;
    std::string text;
    std::string prefix;  // empty: refused
    std::string part = "";
  } const rows[] = {
      {"protocol and host", "protocol=https\nhost=h:1\nusername=me\npassword=p\n", "h:1"},
      {"a path", "protocol=https\nhost=h:1\npath=a\nusername=me\npassword=p\n", "h:1/a"},
      {"a URL", "protocol=x\nhost=y\nurl=https://h:1/a/\nusername=me\npassword=p\n", "h:1/a"},
      {"other keys", "capability[]=authtype\nprotocol=https\nhost=h:1\nusername=me\npassword=p\n\n", "h:1"},
      {"another host", "protocol=https\nhost=i\nusername=me\npassword=secret\n", "", "provided one for https://i"},
      {"another protocol", "protocol=http\nhost=h:1\nusername=me\npassword=secret\n", "",
       "provided one for http://h:1"},
      {"no password", "protocol=https\nhost=h:1\nusername=me\n", "", "could not parse"},
      {"no host", "username=me\npassword=secret\n", "", "could not parse"},
      {"nothing", "", "", "could not parse"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto credential = parse_git_reply(row.text, url);
    if (row.prefix.empty()) {
      CHECK_ERROR(credential, Code::kBadReply, row.part);
      CHECK(!to_line(credential.error()).contains("secret"));
      continue;
    }
    CHECK(REQUIRE_OK(credential).prefix == row.prefix);
    CHECK(credential->headers == io::HttpHeaders{io::basic_login({.user = "me", .password = "p"})});
  }
}

}  // namespace modtool::goproxy
