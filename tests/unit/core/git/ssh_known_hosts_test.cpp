#include "core/git/ssh_known_hosts.hpp"

#include "tests/support/check.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;

namespace {

// "key" in base64.
const HostKey kKey{"ssh-ed25519", "key"};

KnownKeys known_of(const std::string& text, const std::string& host = "h.example", int port = 22) {
  KnownKeys known;
  add_known_keys(text, "known_hosts", host, port, known);
  return known;
}

}  // namespace

TEST_CASE("a server is known by the names that its line has") {
  struct Row {
    std::string names;
    std::string host;
    int port;
    bool known;
  };
  const std::vector<Row> table = {
      {"h.example", "h.example", 22, true},
      {"h.example", "H.EXAMPLE", 22, true},
      {"H.Example", "h.example", 22, true},
      {"h.example", "other", 22, false},
      {"h.example", "h.example", 2222, false},
      {"[h.example]:2222", "h.example", 2222, true},
      {"[h.example]:2222", "h.example", 22, false},
      {"a,h.example,b", "h.example", 22, true},
      {"*.example", "h.example", 22, true},
      {"*.example", "x.y.example", 22, true},
      {"h.exampl?", "h.example", 22, true},
      {"*", "h.example", 22, true},
      {"*.example,!h.example", "h.example", 22, false},
      {"!h.example,*.example", "h.example", 22, false},
      {"*a*b*", "xaxbx", 22, true},
      {"*a*b", "xaxbx", 22, false},
      {"::1", "[::1]", 22, true},
      {"[::1]:2222", "[::1]", 2222, true},
      // ssh-keygen -H
      {"|1|AAAAAAAAAAAAAAAAAAAAAAAAAAA=|AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "h.example", 22, false},
      {"|1|AAAA", "h.example", 22, false},
      {"|2|AAAA|AAAA", "h.example", 22, false},
  };
  for (const auto& row : table) {
    CAPTURE(row.names);
    const auto known = known_of(row.names + " ssh-ed25519 a2V5 comment\n", row.host, row.port);
    CHECK(known.trusted == (row.known ? std::vector<HostKey>{kKey} : std::vector<HostKey>{}));
  }
}

TEST_CASE("what is no key is passed over, and a revoked key is kept apart") {
  const auto known = known_of(
      "# a comment\n\nh.example\nh.example ssh-ed25519\nh.example ssh-ed25519 !!!\n"
      "@cert-authority h.example ssh-ed25519 a2V5\n@other h.example ssh-ed25519 a2V5\n"
      "@revoked h.example ssh-ed25519 a2V5\r\n  h.example\tssh-rsa a2V5\n");
  CHECK(known.trusted == std::vector<HostKey>{{"ssh-rsa", "key"}});
  CHECK(known.revoked == std::vector<HostKey>{kKey});
  CHECK(to_string(known.where) == "known_hosts:8");
}

TEST_CASE("names that ssh-keygen hashed are recognised") {
  if (!test::has_oracle("ssh-keygen")) return;
  const test::TempDirectory temp;
  const auto hashed = test::run_shell("cd " + temp.path() +
                                      "\nssh-keygen -q -t ed25519 -N '' -f key && read kind key rest <key.pub\n"
                                      "printf 'h.example %s\\n[h.example]:2222 %s\\n' \"$kind $key\" \"$kind $key\" "
                                      ">known; ssh-keygen -H -f known >talk 2>&1; cat known");
  REQUIRE(hashed.status == 0);
  REQUIRE(hashed.output.starts_with("|1|"));
  CHECK(known_of(hashed.output).trusted.size() == 1);
  CHECK(known_of(hashed.output, "h.example", 2222).trusted.size() == 1);
  CHECK(known_of(hashed.output, "h.example", 2223).trusted.empty());
}
