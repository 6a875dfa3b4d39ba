#include "core/native/lock_file.hpp"

#include <algorithm>

#include "tests/support/check.hpp"

namespace modtool::native {
namespace {

constexpr std::string_view kLock = R"([
 {"lock":2}
,{"root":"github.com/fmtlib/fmt","version":"v10.2.1"}
,{"root":"github.com/gabime/spdlog","version":"v1.13.0","describe":"sha256:00"}
,{"root":"github.com/google/googletest","version":"v1.14.0","group":"test"}
,{"path":"github.com/fmtlib/fmt","version":"v9.1.0"}
,{"path":"github.com/fmtlib/fmt","version":"v10.2.1","sum":"h1:SsO32e4k4y5v9DD7F3EfjitPZW9Yul5LvHYZHSjNsvE=","git":{"ref":"refs/tags/10.2.1","commit":"e69e5f977d458f2650bb346dadf2ad30c5320281","tree":"3c5d76473404bfeb51abb1e386ce211ef5a9f29f"}}
,{"path":"github.com/gabime/spdlog","version":"v1.13.0","sum":"h1:j1aJfbGi8oiyeBmeS4IMMVCBtt6RgCsZwj10GcJphiY=","git":{"ref":"refs/tags/v1.13.0","commit":"7c02e204c92545f869e2f04edaab1f19fe8b19fd","tree":"bc8f7c9bd1e2fde38a7e37c1a377afc587b1ed2b"},"require":{"github.com/fmtlib/fmt":"v9.1.0"},"from":"describe"}
,{"path":"github.com/google/googletest","version":"v1.14.0","groups":["test"],"sum":"h1:5OnNSiOTZt4T8PxXHAwXcLDrJU31GoPF1/LRZc8Y0zk=","modsum":"h1:5OnNSiOTZt4T8PxXHAwXcLDrJU31GoPF1/LRZc8Y0zk=","submodules":"ignored:2","omit":["docs/aux.c","fuzz/a"],"executables":"sha256:0","overlay":"h1:x","patches":["sha256:1","sha256:2"]}
,{"path":"github.com/madler/zlib","version":"v1.3.1","sum":"h1:5OnNSiOTZt4T8PxXHAwXcLDrJU31GoPF1/LRZc8Y0zk=","archive":"https://zlib.net/zlib-1.3.1.tar.gz","strip":false}
,{"path":"github.com/ossia/score","version":"v3.0.0","sum":"h1:5OnNSiOTZt4T8PxXHAwXcLDrJU31GoPF1/LRZc8Y0zk=","submodules":[{"path":"3rdparty/a","url":"https://github.com/x/a","commit":"e69e5f977d458f2650bb346dadf2ad30c5320281"},{"path":"3rdparty/b","url":"https://github.com/x/b","commit":"7c02e204c92545f869e2f04edaab1f19fe8b19fd"}]}
]
)";

TEST_CASE("a lock reads back as the text it was") {
  const auto lock = REQUIRE_OK(parse_lock(kLock, "modtool.lock"));
  CHECK(format_lock(lock) == kLock);
}

TEST_CASE("the format of a lock is 2 where a module has `omit` or `strip`, and 1 where none has") {
  const std::string omit = R"(,{"path":"a.b/c","version":"v1.0.0","sum":"h1:x","omit":["a"]})";
  const std::string strip = R"(,{"path":"a.b/c","version":"v1.0.0","sum":"h1:x","strip":false})";
  const std::string neither = R"(,{"path":"a.b/c","version":"v1.0.0","sum":"h1:x"})";
  for (const std::string format : {"1", "2"}) {
    const auto rewritten = [&](const std::string& record) {
      return format_lock(REQUIRE_OK(parse_lock("[{\"lock\":" + format + "}\n" + record + "]", "l")));
    };
    CHECK(rewritten(omit) == "[\n {\"lock\":2}\n" + omit + "\n]\n");
    CHECK(rewritten(strip) == "[\n {\"lock\":2}\n" + strip + "\n]\n");
    CHECK(rewritten(neither) == "[\n {\"lock\":1}\n" + neither + "\n]\n");
  }
}

TEST_CASE("a lock knows the roots, the graph, the places and the hashes") {
  const auto lock = REQUIRE_OK(parse_lock(kLock, "modtool.lock"));
  REQUIRE(lock.roots.size() == 3);
  CHECK(lock.roots[1].description == "sha256:00");
  CHECK(lock.roots[2].group == "test");
  REQUIRE(lock.modules.size() == 6);
  CHECK(lock.modules[0].module.version == "v9.1.0");
  CHECK(lock.modules[0].sum.empty());
  const auto& spdlog = lock.modules[2];
  CHECK(spdlog.git.ref == "refs/tags/v1.13.0");
  CHECK(spdlog.from == "describe");
  CHECK(to_string(spdlog.require.front()) == "github.com/fmtlib/fmt@v9.1.0");
  CHECK(to_string(spdlog.where) == "modtool.lock:8:2");
  CHECK(lock.checksums.h1(spdlog.module) == "h1:j1aJfbGi8oiyeBmeS4IMMVCBtt6RgCsZwj10GcJphiY=");
  const auto& googletest = lock.modules[3];
  CHECK(googletest.groups == std::vector<std::string>{"test"});
  CHECK(!lock.checksums.h1(manifest::go_mod_key(googletest.module)).empty());
  CHECK(googletest.submodules_left_out == 2);
  CHECK(googletest.omitted == std::vector<std::string>{"docs/aux.c", "fuzz/a"});
  CHECK(googletest.executables == "sha256:0");
  CHECK(lock.modules[4].archive == "https://zlib.net/zlib-1.3.1.tar.gz");
  CHECK(lock.modules[5].submodules.back() ==
        manifest::SubmodulePin{"3rdparty/b", "https://github.com/x/b", "7c02e204c92545f869e2f04edaab1f19fe8b19fd"});
}

TEST_CASE("a lock is written in one order whatever order it is in") {
  auto lock = REQUIRE_OK(parse_lock(kLock, "modtool.lock"));
  std::ranges::reverse(lock.modules);
  std::ranges::reverse(lock.roots);
  CHECK(format_lock(lock) == kLock);
}

TEST_CASE("submodules are read in one order, whatever order they are in") {
  const std::string begin = R"([{"lock":1},{"path":"a.org/a","version":"v1.0.0","sum":"h1:x","submodules":[)";
  const std::string a = R"({"path":"a","url":"https://a.org/x","commit":"e69e5f977d458f2650bb346dadf2ad30c5320281"})";
  const std::string b = R"({"path":"b","url":"https://a.org/y","commit":"7c02e204c92545f869e2f04edaab1f19fe8b19fd"})";
  const auto sorted = REQUIRE_OK(parse_lock(begin + a + "," + b + "]}]", "modtool.lock"));
  const auto turned = REQUIRE_OK(parse_lock(begin + b + "," + a + "]}]", "modtool.lock"));
  CHECK(turned.modules[0].submodules == sorted.modules[0].submodules);
  CHECK(format_lock(turned) == format_lock(sorted));
}

TEST_CASE("an object's id is that of SHA-1 or of SHA-256, whole") {
  const auto lock = [](std::size_t digits) {
    return R"([{"lock":1},{"path":"a.org/a","version":"v1.0.0","git":{"commit":")" + std::string(digits, 'a') +
           R"(","tree":"3c5d76473404bfeb51abb1e386ce211ef5a9f29f"}}])";
  };
  for (const std::size_t digits : {40, 64}) REQUIRE_OK(parse_lock(lock(digits), "modtool.lock"));
  for (const std::size_t digits : {0, 7, 39, 41, 63, 65}) {
    CAPTURE(digits);
    CHECK_ERROR(parse_lock(lock(digits), "modtool.lock"), Code::kLockSyntax, "id of a Git object");
  }
}

TEST_CASE("a record without what it cannot do without is refused, by the name of that") {
  const std::string id(40, 'a');
  const struct {
    std::string record;
    std::vector<std::string> needed;
  } cases[] = {
      {R"({"path":"a.b/c","version":"v1.0.0"})", {R"("path":"a.b/c")", R"("version":"v1.0.0")"}},
      {R"({"path":"a.b/c","version":"v1.0.0","git":{"ref":"r","commit":")" + id + R"(","tree":")" + id + R"("}})",
       {R"("commit":")" + id + '"', R"("tree":")" + id + '"'}},
      {R"({"path":"a.b/c","version":"v1.0.0","submodules":[{"path":"s","url":"u","commit":")" + id + R"("}]})",
       {R"("path":"s")", R"("url":"u")", R"("commit":")" + id + '"'}},
  };
  for (const auto& [record, needed] : cases) {
    REQUIRE_OK(parse_lock("[{\"lock\":1}," + record + "]", "modtool.lock"));
    for (const auto& member : needed) {
      CAPTURE(member);
      auto without = record;
      const auto at = without.find(member);
      const bool is_last = without[at + member.size()] != ',';
      without.erase(is_last ? at - 1 : at, member.size() + 1);
      CHECK_ERROR(parse_lock("[{\"lock\":1}," + without + "]", "modtool.lock"), Code::kManifestField,
                  member.substr(0, member.find(':')) + " is missing");
    }
  }
}

TEST_CASE("a module or a requirement that stands twice is refused at the second place") {
  const std::string a = ",{\"path\":\"a.b/a\",\"version\":\"v1.0.0\"}\n";
  const std::string newer = ",{\"path\":\"a.b/a\",\"version\":\"v1.1.0\"}\n";
  const std::string root = ",{\"root\":\"a.b/a\",\"version\":\"v1.0.0\"}\n";
  const std::string other = ",{\"root\":\"a.b/a\",\"version\":\"v1.1.0\"}\n";
  const std::string of_tests = ",{\"root\":\"a.b/a\",\"version\":\"v1.0.0\",\"group\":\"test\"}\n";
  const auto parse = [](const std::string& records) { return parse_lock("[{\"lock\":1}\n" + records + "]", "l"); };
  REQUIRE_OK(parse(root + of_tests + newer + a));
  CHECK_ERROR(parse(a + newer + a), Code::kLockSyntax, "l:4:2: a.b/a@v1.0.0 stands there twice");
  CHECK_ERROR(parse(newer + a + a), Code::kLockSyntax, "l:4:2: a.b/a@v1.0.0 stands there twice");
  CHECK_ERROR(parse(root + of_tests + other + a), Code::kLockSyntax,
              "l:4:2: the requirement of a.b/a stands there twice");
  CHECK_ERROR(parse(of_tests + root + of_tests), Code::kLockSyntax,
              "l:4:2: the requirement of a.b/a stands there twice");
}

TEST_CASE("what is no lock is refused at its place") {
  const struct {
    std::string_view text;
    Code code;
    std::string_view says;
  } cases[] = {
      {"[]", Code::kLockSyntax, "the first record must be"},
      {"{}", Code::kManifestField, "must be a list"},
      {"[{\"lock\":3}]", Code::kNotSupported, "formats 1 and 2; a newer one wrote this"},
      {"[{\"lock\":1}\n,{\"path\":\"a.b/c\"}]", Code::kManifestField, "\"version\" is missing"},
      {"[{\"lock\":1}\n,{\"path\":\"a.b/c\",\"version\":\"v1\"}]", Code::kBadVersion, "modtool.lock:2"},
      {"[{\"lock\":1}\n,{\"path\":\"a.b/c\",\"version\":\"v1.0.0\",\"sum\":\"x\"}]", Code::kLockSyntax, "[1].sum"},
      {"[{\"lock\":1}\n,{\"path\":\"a.b/c\",\"version\":\"v1.0.0\",\"sun\":\"x\"}]", Code::kManifestField, "\"sum\"?"},
      {"[{\"lock\":1}\n,{\"path\":\"a.b/c\",\"version\":\"v1.0.0\",\"git\":{\"commit\":\"--x\",\"tree\":\"0\"}}]",
       Code::kLockSyntax, "id of a Git object"},
      {R"([{"lock":1},{"path":"a.b/c","version":"v1.0.0","submodules":"ignored:0"}])", Code::kLockSyntax,
       "\"ignored:\""},
      {R"([{"lock":1},{"path":"a.b/c","version":"v1.0.0","submodules":"ignored:2x"}])", Code::kLockSyntax,
       "\"ignored:\""},
      {R"([{"lock":1},{"path":"a.b/c","version":"v1.0.0","submodules":"2"}])", Code::kLockSyntax, "\"ignored:\""},
      {"[\n<<<<<<< ours\n]", Code::kConflictMarker, "modtool.lock:2"},
  };
  for (const auto& [text, code, says] : cases) {
    CAPTURE(text);
    CHECK_ERROR(parse_lock(text, "modtool.lock"), code, std::string(says));
  }
}

}  // namespace
}  // namespace modtool::native
