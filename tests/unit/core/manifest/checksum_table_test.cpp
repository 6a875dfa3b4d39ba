#include "core/manifest/checksum_table.hpp"

#include <doctest/doctest.h>

namespace modtool::manifest {
namespace {

const module::ModuleVersion kKey{"example.com/a", "v1.0.0"};

ChecksumTable table_of(const std::vector<std::string>& hashes) {
  ChecksumTable table;
  int line = 0;
  for (const auto& hash : hashes) table.add(kKey, hash, {.file = "go.sum", .line = ++line});
  return table;
}

TEST_CASE("a checksum table answers from the lines of one algorithm") {
  struct Case {
    const char* name;
    std::vector<std::string> lines;
    ChecksumVerdict verdict;  // of "h1:good"
    std::string_view h1;
    bool conflict;
  };
  const std::vector<Case> cases = {
      {.name = "no line", .lines = {}, .verdict = ChecksumVerdict::kMissing, .h1 = "", .conflict = false},
      {.name = "the hash",
       .lines = {"h1:good"},
       .verdict = ChecksumVerdict::kMatch,
       .h1 = "h1:good",
       .conflict = false},
      {.name = "the hash twice",
       .lines = {"h1:good", "h1:good"},
       .verdict = ChecksumVerdict::kMatch,
       .h1 = "h1:good",
       .conflict = false},
      {.name = "another hash",
       .lines = {"h1:bad"},
       .verdict = ChecksumVerdict::kMismatch,
       .h1 = "h1:bad",
       .conflict = false},
      {.name = "the hash and another",
       .lines = {"h1:good", "h1:bad"},
       .verdict = ChecksumVerdict::kMismatch,
       .h1 = "",
       .conflict = true},
      {.name = "only an unknown algorithm",
       .lines = {"h2:good"},
       .verdict = ChecksumVerdict::kMissing,
       .h1 = "",
       .conflict = false},
      {.name = "an unknown algorithm beside it",
       .lines = {"h2:other", "h1:good"},
       .verdict = ChecksumVerdict::kMatch,
       .h1 = "h1:good",
       .conflict = false},
      {.name = "two hashes of an unknown algorithm",
       .lines = {"h2:a", "h2:b", "h1:good"},
       .verdict = ChecksumVerdict::kMatch,
       .h1 = "h1:good",
       .conflict = true},
      {.name = "a hash without algorithm",
       .lines = {"good"},
       .verdict = ChecksumVerdict::kMissing,
       .h1 = "",
       .conflict = false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto table = table_of(c.lines);
    CHECK(table.check(kKey, "h1:good") == c.verdict);
    CHECK(table.h1(kKey) == c.h1);
    CHECK(table.conflicts().size() == (c.conflict ? 1 : 0));
    CHECK(table.lines(kKey).size() == c.lines.size());
  }
}

TEST_CASE("conflicting keys are listed as people order versions") {
  ChecksumTable table;
  for (const auto* version : {"v1.10.0", "v1.9.0"}) {
    for (const auto* hash : {"h1:a", "h1:b"}) table.add({"example.com/a", version}, hash, {});
  }
  REQUIRE(table.conflicts().size() == 2);
  CHECK(table.conflicts()[0].version == "v1.9.0");
}

TEST_CASE("the go.mod of a module has a key of its own") {
  CHECK(module::to_string(go_mod_key(kKey)) == "example.com/a@v1.0.0/go.mod");
}

}  // namespace
}  // namespace modtool::manifest
