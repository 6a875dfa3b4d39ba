#include "core/source/netrc.hpp"

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

using namespace modtool;
using namespace modtool::source;

namespace {

Result<std::optional<NetrcLogin>> find(const std::string& text, const std::string& user = "",
                                       const std::string& host = "h.example", int port = 443) {
  return find_netrc_login(text, ".netrc",
                          {.host = host, .port = std::to_string(port), .user = user, .takes_default = true});
}

// "user:password", or "none".
std::string found(const std::string& text, const std::string& user = "", const std::string& host = "h.example",
                  int port = 443) {
  const auto login = REQUIRE_OK(find(text, user, host, port));
  return login ? login->user + ":" + login->password : "none";
}

}  // namespace

TEST_CASE("a login is that of the first entry for the machine, or of the default") {
  CHECK(found("machine h.example login me password p") == "me:p");
  CHECK(found("machine h.example\n\tlogin me # who\n\tpassword p\nmachine h.example login x password y\n") == "me:p");
  CHECK(found("machine h.example password p account a login me") == "me:p");
  CHECK(found("machine other login me password p") == "none");
  CHECK(found("machine h.example.evil login me password p") == "none");
  CHECK(found("machine example login me password p") == "none");
  CHECK(found("default login d password p\nmachine h.example login me password p") == "me:p");
  CHECK(found("machine other login me password p default login d password q") == "d:q");
  CHECK(found("machine H.Example login me password P") == "me:P");
  CHECK(found("machine H.Example:8443 login me password p", "", "h.example", 8443) == "me:p");
  CHECK(found("# machine h.example login me password p\n") == "none");
  CHECK(found("") == "none");
}

TEST_CASE("an entry may lack the name, or be for one user or port alone") {
  CHECK(found("machine h.example password p") == ":p");
  CHECK(found("machine h.example password p", "me") == "me:p");
  CHECK(found("machine h.example login a password 1 machine h.example login b password 2", "b") == "b:2");
  CHECK(found("machine h.example login a password 1", "b") == "none");
  CHECK(found("machine h.example login a") == "none");
  CHECK(found("machine h.example:8443 login a password 1") == "none");
  CHECK(found("machine h.example:8443 login a password 1", "", "h.example", 8443) == "a:1");
}

TEST_CASE("quoted words and macros are understood") {
  CHECK(found("machine h.example login \"a b\" password \"p\\\"\\\\#\\t\"") == "a b:p\"\\#\t");
  CHECK(found("machine h.example login me password p#1") == "me:p#1");
  CHECK(found("macdef init\nmachine h.example login x password y\n\nmachine h.example login me password p") == "me:p");
}

TEST_CASE("a malformed file is an error with the line, and shows no word of it") {
  struct Row {
    std::string text;
    int line;
  };
  const std::vector<Row> table = {
      {"machine h.example\nlogin me\npasword secret\n", 3},
      {"secret", 1},
      {"login me password secret", 1},
      {"machine", 1},
      {"machine h.example password", 1},
      {"\nmachine h.example password \"secret\n", 2},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const auto refused = find(row.text);
    CHECK_ERROR(refused, Code::kBadSetting, ".netrc:" + std::to_string(row.line));
    CHECK(!to_line(refused.error()).contains("secret"));
  }
}

TEST_CASE("who is sent a login unasked is named by its entry, and no default") {
  test::MemoryFileSystem files;
  files.add("/netrc",
            "machine h.example login me password p\nmachine h.example:8443 login port password q\n"
            "default login d password r\n");
  files.add("/torn", "machine\n");
  const auto find = [&](const std::string& file, const std::string& url) {
    return make_netrc_logins(file, files)->find(url);
  };
  const io::HttpHeader login = io::basic_login({.user = "me", .password = "p"});
  CHECK(login.value == "Basic bWU6cA==");
  CHECK(REQUIRE_OK(find("/netrc", "https://h.example/a.zip")) == io::HttpCredential{"h.example", {login}});
  CHECK(REQUIRE_OK(find("/netrc", "https://H.example:1/a.zip")) == io::HttpCredential{"H.example:1", {login}});
  CHECK(REQUIRE_OK(find("/netrc", "https://other.example/a.zip")) == std::nullopt);
  CHECK(REQUIRE_OK(find("/absent", "https://h.example/")) == std::nullopt);
  CHECK(REQUIRE_OK(find("", "https://h.example/")) == std::nullopt);
  CHECK_ERROR(find("/torn", "https://h.example/"), Code::kBadSetting, "/torn:1");
}

TEST_CASE("a file is checked without a question, and the error has no word of it") {
  REQUIRE_OK(check_netrc("machine a login b password c\ndefault login d\n", "netrc"));
  REQUIRE_OK(check_netrc("", "netrc"));
  CHECK_ERROR(check_netrc("machine a\npassword b secret\n", "netrc"), Code::kBadSetting, "netrc:2: neither machine");
  CHECK_ERROR(check_netrc("machine a\npassword \"secret\n", "netrc"), Code::kBadSetting, "netrc:2: a quotation mark");
}
