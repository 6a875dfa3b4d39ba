#include "core/io/certificates.hpp"

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::io {
namespace {

std::string block(const std::string& bytes) {
  return "-----BEGIN CERTIFICATE-----\n" + bytes + "\n-----END CERTIFICATE-----\n";
}

}  // namespace

TEST_CASE("certificates are of the file and of every file of the directories, and stand in place of the system's") {
  test::MemoryFileSystem files;
  files.add("/etc/ssl/certs/ca-certificates.crt", block("system"));
  files.add("/etc/ssl/cert.pem", block("later"));
  files.add("/own.pem", "a comment\n" + block("one") + "and\n" + block("two"));
  files.add("/a/any-name", block("three"));
  files.add("/a/key", "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n" + block("four"));
  files.add("/a/torn", "-----BEGIN CERTIFICATE-----\nfive\n");
  files.add("/b/c.pem", block("six"));

  CHECK(read_certificates(files, {.file = "", .directories = "/b"}) == block("system") + block("six"));
  CHECK(read_certificates(files, {.file = "/own.pem", .directories = "/a:/none:/b"}) ==
        block("one") + block("two") + block("three") + block("four") + block("six"));
  CHECK(read_certificates(files, {.file = "/none.pem", .directories = "/none"}).empty());
}

}  // namespace modtool::io
