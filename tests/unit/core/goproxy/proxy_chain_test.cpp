#include "core/goproxy/proxy_chain.hpp"

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/unit/core/goproxy/fake_origin.hpp"

namespace modtool::goproxy::test {
namespace {

using Kind = ProxyEntry::Kind;

const module::ModuleVersion kA{"example.com/a", "v1.0.0"};
const Error kNotFound{.code = Code::kNotFound, .message = "404"};
const Error kGone{.code = Code::kNotFound, .message = "410"};
const Error kBroken{.code = Code::kServerError, .message = "500"};
const Error kOff{.code = Code::kOffline, .message = "off"};
const Error kNoGit{.code = Code::kUnsupportedScheme, .message = "no git"};

// An entry that has the module, or fails with an error.
struct Entry {
  Kind kind = Kind::kProxy;
  bool falls_back_on_any = false;
  std::string text;  // what it has; empty: it fails
  Error error = {};
};

// Which entry answers, or the error of all; and how many were asked.
struct Outcome {
  std::string text;
  std::size_t asked = 0;
};

Outcome ask(const std::vector<Entry>& entries, const std::string& private_patterns = "") {
  modtool::test::MemoryFileSystem files;
  std::vector<FakeOrigin*> origins;
  std::vector<ProxyLink> links;
  for (const Entry& entry : entries) {
    auto origin = std::make_unique<FakeOrigin>(files);
    if (!entry.text.empty()) origin->mods["example.com/a@v1.0.0"] = entry.text;
    origin->absent = entry.error;
    origins.push_back(origin.get());
    links.push_back({{.kind = entry.kind, .falls_back_on_any = entry.falls_back_on_any}, std::move(origin)});
  }
  ProxyChain chain(std::move(links), private_patterns);
  const auto mod = chain.fetch_mod(kA);
  Outcome outcome{.text = mod ? *mod : "error: " + to_line(mod.error())};
  for (const auto* origin : origins) outcome.asked += origin->asked().size();
  return outcome;
}

ProxyEntry proxy(std::string url, bool falls_back_on_any = false) {
  return {.url = std::move(url), .falls_back_on_any = falls_back_on_any};
}

}  // namespace

TEST_CASE("GOPROXY is a list in which commas and bars say when to go on") {
  struct Case {
    std::string proxies;
    std::string no_proxy;
    std::vector<ProxyEntry> entries;
  };
  const ProxyEntry direct{.kind = Kind::kDirect};
  const ProxyEntry off{.kind = Kind::kOff};
  const ProxyEntry matching{.kind = Kind::kPrivate};
  const Case cases[] = {
      {"http://a,http://b", "", {proxy("http://a"), proxy("http://b")}},
      {"http://a|http://b,direct", "", {proxy("http://a", true), proxy("http://b"), direct}},
      {" http://a , off ", "", {proxy("http://a"), off}},
      {"file:///p,,|", "", {proxy("file:///p")}},
      {"direct,http://never", "", {direct}},
      {"off|http://never", "", {off}},
      {"proxy.example.com", "", {proxy("https://proxy.example.com")}},
      {"localhost:8080", "", {proxy("https://localhost:8080")}},
      {"http://a", "*.corp", {matching, proxy("http://a")}},
      {"direct", "*.corp", {direct}},
      {"off", "*.corp", {matching, off}},
  };
  for (const auto& [proxies, no_proxy, entries] : cases) {
    CAPTURE(proxies);
    const auto list = REQUIRE_OK(parse_proxy_list(proxies, no_proxy));
    CHECK(list.entries == entries);
    CHECK(list.private_patterns == no_proxy);
  }
}

TEST_CASE("a GOPROXY that cannot be used is refused in Go's words") {
  struct Case {
    std::string proxies;
    std::string message;
  };
  const Case cases[] = {
      {",", "GOPROXY list is not the empty string, but contains no entries"},
      {" | ", "GOPROXY list is not the empty string, but contains no entries"},
      {"ftp://a/b", "invalid proxy URL scheme (must be https, http, file): ftp://a/b"},
      {"ext::sh:/x", "invalid proxy URL scheme (must be https, http, file): ext::sh:/x"},
      {"/tmp/proxy", "invalid proxy URL missing scheme: /tmp/proxy"},
      {"local", "invalid proxy URL missing scheme: local"},
      {"file://host/x", "invalid file:// proxy URL with non-path elements: file://host/x"},
      {"file:///x?y", "invalid file:// proxy URL with non-path elements: file:///x?y"},
      {"file:///x%zz", "invalid URL escape \"%zz\""},
  };
  for (const auto& [proxies, message] : cases) {
    CAPTURE(proxies);
    CHECK_ERROR(parse_proxy_list(proxies, ""), Code::kBadSetting, message);
    CHECK_ERROR(parse_proxy_list(proxies, "*.corp"), Code::kBadSetting, message);
  }
}

TEST_CASE("the entries of GOPROXY are asked by Go's rules") {
  struct Case {
    std::string name;
    std::vector<Entry> entries;
    std::string text;
    std::size_t asked;
    std::string patterns = "";
  };
  const Case cases[] = {
      {"the first that has it", {{.text = "1"}, {.text = "2"}}, "1", 1},
      {"a comma goes on after 404", {{.error = kNotFound}, {.text = "2"}}, "2", 2},
      {"a comma stops after 500", {{.error = kBroken}, {.text = "2"}}, "error: 500", 1},
      {"a bar goes on after 500", {{.falls_back_on_any = true, .error = kBroken}, {.text = "2"}}, "2", 2},
      {"the last of several not found", {{.error = kNotFound}, {.error = kGone}}, "error: 410", 2},
      {"a failure rather than not found",
       {{.falls_back_on_any = true, .error = kBroken}, {.error = kNotFound}},
       "error: 500",
       2},
      {"off after not found tells nothing new",
       {{.error = kNotFound}, {.kind = Kind::kOff, .error = kOff}},
       "error: off",
       2},
      {"off rather than nothing, but a failure rather than off",
       {{.falls_back_on_any = true, .error = kBroken}, {.kind = Kind::kOff, .error = kOff}},
       "error: 500",
       2},
      {"the repository rather than all",
       {{.falls_back_on_any = true, .error = kBroken}, {.kind = Kind::kDirect, .error = kNoGit}},
       "error: no git",
       2},
      {"private paths never go to a proxy",
       {{.kind = Kind::kPrivate, .error = kNotFound}, {.text = "proxy"}},
       "error: 404",
       1,
       "example.com"},
      {"private paths go to the repository",
       {{.kind = Kind::kPrivate, .text = "repository"}, {.text = "proxy"}},
       "repository",
       1,
       "example.com"},
      {"others do not", {{.kind = Kind::kPrivate, .text = "repository"}, {.text = "proxy"}}, "proxy", 1, "*.corp"},
      {"nothing but the private entry",
       {{.kind = Kind::kPrivate, .text = "repository"}},
       "error: path does not match GOPRIVATE/GONOPROXY",
       0,
       "*.corp"},
      {"private and off",
       {{.kind = Kind::kPrivate, .error = kNotFound}, {.kind = Kind::kOff, .error = kOff}},
       "error: 404",
       1,
       "example.com/*"},
  };
  for (const auto& test : cases) {
    CAPTURE(test.name);
    const auto outcome = ask(test.entries, test.patterns);
    CHECK(outcome.text == test.text);
    CHECK(outcome.asked == test.asked);
  }
}

TEST_CASE("an error of the whole list keeps the error of every attempt") {
  modtool::test::MemoryFileSystem files;
  std::vector<ProxyLink> links;
  for (const auto& error : {kNotFound, kGone}) {
    auto origin = std::make_unique<FakeOrigin>(files);
    origin->absent = error;
    links.push_back({{}, std::move(origin)});
  }
  ProxyChain chain(std::move(links), "");
  const auto zip = chain.fetch_zip(kA, "/zip");
  REQUIRE_FALSE(zip.has_value());
  REQUIRE(zip.error().attempts.size() == 2);
  CHECK(zip.error().attempts[0].message == "404");
  CHECK(zip.error().attempts[1].message == "410");
  CHECK_ERROR(chain.fetch_versions("example.com/a"), Code::kNotFound, "410");
  CHECK_ERROR(chain.fetch_info("example.com/a", "main"), Code::kNotFound, "410");
  CHECK_ERROR(chain.fetch_latest("example.com/a"), Code::kNotFound, "410");
}

}  // namespace modtool::goproxy::test
