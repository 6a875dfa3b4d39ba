#include "core/source/checksum_verifier.hpp"

#include "tests/support/check.hpp"
#include "tests/support/recording_reporter.hpp"

namespace modtool::source {
namespace {

using manifest::ChecksumTable;
using module::ModuleVersion;

const ModuleVersion kModule{"example.com/a", "v1.0.0"};
const std::string kGood = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const std::string kBad = "h1:11DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

ChecksumTable table_of(const std::vector<std::string>& hashes) {
  ChecksumTable table;
  int line = 0;
  for (const auto& hash : hashes) table.add(kModule, hash, {.file = "go.sum", .line = ++line});
  return table;
}

}  // namespace

TEST_CASE("bytes with the hash of their line pass everywhere") {
  const auto table = table_of({"h2:unknown", kGood});
  for (const auto rule : {ChecksumRule::kModMode, ChecksumRule::kReadonly, ChecksumRule::kOwnFace}) {
    ChecksumVerifier verifier(table, {.rule = rule});
    CHECK(verifier.check_allowed(kModule));
    CHECK(verifier.check(kModule, kGood, BytesFrom::kCache));
    CHECK(verifier.check(kModule, kGood, BytesFrom::kDownload));
    CHECK(verifier.learned().empty());
  }
}

TEST_CASE("a mismatch is an error in Go's words, whatever the rule") {
  const auto table = table_of({kGood});
  for (const auto rule : {ChecksumRule::kModMode, ChecksumRule::kReadonly, ChecksumRule::kOwnFace}) {
    ChecksumVerifier verifier(table, {.rule = rule, .database_off = true});
    CHECK_ERROR(verifier.check(kModule, kBad, BytesFrom::kCache), Code::kChecksumMismatch,
                "verifying example.com/a@v1.0.0: checksum mismatch\n\tdownloaded: " + kBad +
                    "\n\tgo.sum:     " + kGood +
                    "\n\nSECURITY ERROR\nThis download does NOT match an earlier download recorded in go.sum.\n");
  }
}

TEST_CASE("what go.sum lacks") {
  struct Case {
    std::string name;
    ChecksumRule rule;
    BytesFrom from;
    bool database_off;
    std::string patterns;
    Code code;  // kInternal: it is accepted
  };
  const Case cases[] = {
      {"cached, mod mode", ChecksumRule::kModMode, BytesFrom::kCache, false, "", Code::kInternal},
      {"downloaded, mod mode", ChecksumRule::kModMode, BytesFrom::kDownload, false, "", Code::kNotSupported},
      {"downloaded, GOSUMDB=off", ChecksumRule::kModMode, BytesFrom::kDownload, true, "", Code::kInternal},
      {"downloaded, private", ChecksumRule::kModMode, BytesFrom::kDownload, false, "example.com", Code::kInternal},
      {"downloaded, others private", ChecksumRule::kModMode, BytesFrom::kDownload, false, "*.org", Code::kNotSupported},
      {"cached, readonly", ChecksumRule::kReadonly, BytesFrom::kCache, true, "", Code::kChecksumMissing},
      {"cached, own face", ChecksumRule::kOwnFace, BytesFrom::kCache, true, "*", Code::kChecksumMissing},
  };
  const ChecksumTable table;
  for (const auto& test : cases) {
    CAPTURE(test.name);
    ChecksumVerifier verifier(
        table, {.rule = test.rule, .database_off = test.database_off, .no_database_patterns = test.patterns});
    const auto checked = verifier.check(kModule, kGood, test.from);
    CHECK((checked ? Code::kInternal : checked.error().code) == test.code);
    const bool learns = checked && test.from == BytesFrom::kDownload;
    CHECK(verifier.learned().size() == (learns ? 1 : 0));
  }
}

TEST_CASE("a missing line is told before anything is read, with the line to type") {
  const ChecksumTable table;
  const ChecksumVerifier verifier(table, {.rule = ChecksumRule::kReadonly});
  const auto missing = verifier.check_allowed(manifest::go_mod_key(kModule));
  CHECK_ERROR(missing, Code::kChecksumMissing, "missing go.sum entry for go.mod file");
  CHECK(to_command(missing.error().fix) == "go mod tidy");
  CHECK_ERROR(verifier.check_allowed(kModule), Code::kChecksumMissing, "missing go.sum entry");
}

TEST_CASE("hashes of unknown algorithms are never sufficient") {
  const auto table = table_of({"h2:abc", "sha1:def"});
  CHECK_ERROR(ChecksumVerifier(table, {}).check_allowed(kModule), Code::kUnknownHash, "unknown algorithms");
  CHECK_ERROR(ChecksumVerifier(table, {.rule = ChecksumRule::kReadonly}).check_allowed(kModule), Code::kChecksumMissing,
              "missing go.sum entry");
  ChecksumVerifier lenient(table, {.rule = ChecksumRule::kModMode});
  CHECK_ERROR(lenient.check(kModule, kGood, BytesFrom::kDownload), Code::kNotSupported, "no line for it");
}

TEST_CASE("a line that is added beside hashes of unknown algorithms is told") {
  const auto table = table_of({"h2:abc", "sha1:def"});
  test::RecordingReporter reporter;
  ChecksumVerifier verifier(table, {.rule = ChecksumRule::kModMode, .database_off = true, .reporter = &reporter});
  REQUIRE_OK(verifier.check(kModule, kGood, BytesFrom::kDownload));
  REQUIRE(reporter.warnings.size() == 1);
  CHECK(reporter.warnings[0].contains("unknown hashes in go.sum: h2:abc, sha1:def; adding " + kGood));
}

TEST_CASE("two lines that contradict each other are an error of our own face; the go command takes the first") {
  const auto table = table_of({kGood, kBad});
  const auto check = [&](ChecksumRule rule, const std::string& hash) {
    return ChecksumVerifier(table, {.rule = rule}).check(kModule, hash, BytesFrom::kCache);
  };
  CHECK(check(ChecksumRule::kReadonly, kGood));
  CHECK_ERROR(check(ChecksumRule::kReadonly, kBad), Code::kChecksumMismatch, "checksum mismatch");
  CHECK_ERROR(check(ChecksumRule::kOwnFace, kGood), Code::kChecksumConflict,
              "go.sum:2: another hash of example.com/a@v1.0.0 than in go.sum:1");
  CHECK_ERROR(check(ChecksumRule::kOwnFace, kBad), Code::kChecksumConflict, "another hash");
}

TEST_CASE("learned lines are sorted by module and version") {
  const ChecksumTable table;
  ChecksumVerifier verifier(table, {.rule = ChecksumRule::kModMode, .database_off = true});
  for (const char* version : {"v1.10.0", "v1.9.0/go.mod", "v1.9.0"}) {
    CHECK(verifier.check({"example.com/a", version}, kGood, BytesFrom::kDownload));
  }
  const auto learned = verifier.learned();
  REQUIRE(learned.size() == 3);
  CHECK(learned[0].first.version == "v1.9.0");
  CHECK(learned[1].first.version == "v1.9.0/go.mod");
  CHECK(learned[2].first.version == "v1.10.0");
  CHECK(learned[2].second == kGood);
}

TEST_CASE("a policy that learns takes what has no line where no database is to be asked, from wherever it came") {
  for (const auto rule : {ChecksumRule::kModMode, ChecksumRule::kReadonly, ChecksumRule::kOwnFace}) {
    for (const auto from : {BytesFrom::kCache, BytesFrom::kDownload}) {
      const ChecksumTable table;
      ChecksumVerifier off(table, {.rule = rule, .database_off = true, .learns = true});
      CHECK(off.check_allowed(kModule));
      CHECK(off.check(kModule, kGood, from));
      CHECK(off.learned().size() == 1);
      ChecksumVerifier on(table, {.rule = rule, .learns = true});
      CHECK(!on.check(kModule, kGood, from));
      CHECK(on.learned().empty());
    }
  }
}

TEST_CASE("a policy that learns adds no second hash to lines of unknown algorithms by our own rules") {
  const auto table = table_of({"h2:abc"});
  const ChecksumVerifier verifier(table, {.database_off = true, .learns = true});
  CHECK_ERROR(verifier.check_allowed(kModule), Code::kUnknownHash, "unknown algorithms");
}

}  // namespace modtool::source
