#include "core/manifest/checksum_table.hpp"

#include "tests/support/check.hpp"

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

TEST_CASE("a contradiction is told with what mends it, or why nothing does") {
  ChecksumTable table = table_of({"h1:a", "h2:b", "h1:c"});
  table.add(go_mod_key(kKey), "h1:m", {.file = "go.sum", .line = 4});
  CHECK_ERROR(table.check_key(kKey), Code::kChecksumConflict,
              "go.sum:3: another hash of example.com/a@v1.0.0 than in go.sum:1");
  CHECK(table.check_key(go_mod_key(kKey)));
  CHECK_FALSE(table.check_module(kKey));

  table.set_conflict_help({.no_fix = "nobody knows"});
  CHECK_ERROR(table.check_key(kKey), Code::kChecksumConflict, "than in go.sum:1; nobody knows");
  const Fix fix = Fix::command({"git", "checkout"});
  table.set_conflict_help({.fix = fix, .no_fix = "not told"});
  CHECK(table.check_key(kKey).error().fix == fix);
  CHECK_FALSE(table.check_key(kKey).error().message.contains("not told"));
}

TEST_CASE("the contradiction of a go.mod is one of its module") {
  ChecksumTable table = table_of({"h1:a"});
  for (const char* hash : {"h1:m", "h1:n"}) table.add(go_mod_key(kKey), hash, {.file = "go.sum", .line = 2});
  CHECK_ERROR(table.check_module(kKey), Code::kChecksumConflict, "example.com/a@v1.0.0/go.mod");
  CHECK(module_of(go_mod_key(kKey)) == kKey);
  CHECK(module_of(kKey) == kKey);
}

}  // namespace
}  // namespace modtool::manifest
