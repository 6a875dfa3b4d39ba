#include "core/goproxy/go_routes.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::goproxy {
namespace {

using Lines = std::vector<std::string>;

struct Setting {
  std::string proxies;
  std::string no_proxy = {};
  std::string https_proxy = {};
  std::string methods = {};
  std::string no_sum_db = {};
  bool sum_db_off = false;
};

// "mark modules: message | detail | …" for each.
Lines find(const Setting& setting, const std::vector<std::string>& paths) {
  test::MemoryFileSystem files;
  files.add("/netrc", "machine a.example/go login me password secret\n");
  files.add("/proxy/x", "");
  const GoSourceOptions options{.proxies = setting.proxies,
                                .no_proxy = setting.no_proxy,
                                .no_sum_db = setting.no_sum_db,
                                .sum_db_off = setting.sum_db_off};
  const GoAuth auth{.methods = setting.methods, .netrc = "/netrc"};
  const io::HttpProxies proxies{.secure = setting.https_proxy};
  Lines lines;
  for (const auto& [seen, url, module, is_repository] :
       find_proxy_routes({.options = options, .auth = auth, .proxies = proxies, .files = files}, paths)) {
    constexpr std::string_view kMarks = "+!x";
    lines.push_back(
        fmt::format("{} {}: {}", kMarks[static_cast<std::size_t>(seen.grade)], join(seen.modules, " "), seen.message));
    for (const auto& detail : seen.details) lines.back() += " | " + detail;
  }
  return lines;
}

const Lines kModules = {"h/a", "h/b", "p/x"};

}  // namespace

TEST_CASE("each entry of GOPROXY is a route, in its order, with when it is asked") {
  CHECK(find({.proxies = "https://a.example|http://b.example,direct"}, kModules) ==
        Lines{"+ h/a h/b p/x: https://a.example | login: none",
              "+ h/a h/b p/x: http://b.example, after any failure | login: none, as it is not https",
              "+ h/a h/b p/x: direct, after 404 or 410: each module's own repository, which is not supported yet"});
  CHECK(find({.proxies = "off"}, kModules) == Lines{"+ h/a h/b p/x: off: nobody is asked"});
  CHECK(find({.proxies = "file:///proxy"}, {}) == Lines{"+ : file:///proxy"});
}

TEST_CASE("what cannot work is a problem, and a secret is in none") {
  CHECK(find({.proxies = "gopher://me:secret@a"}, kModules).front() ==
        "x : invalid proxy URL scheme (must be https, http, file): gopher://me:xxxxx@a");
  CHECK(find({.proxies = "http://me:secret@a.example"}, {}) ==
        Lines{"x : refusing to pass credentials to insecure URL: http://me:xxxxx@a.example"});
  CHECK(find({.proxies = "file:///none"}, {}).front().starts_with("x : stat /none: no such file"));
  CHECK(find({.proxies = "file:///proxy/x"}, {}) == Lines{"x : file:///proxy/x: not a directory"});
  CHECK(find({.proxies = "direct"}, kModules).front().starts_with("! h/a h/b p/x: direct: "));
  CHECK(find({.proxies = "https://a.example", .https_proxy = "gopher://me:secret@p"}, {})
            .front()
            .starts_with("x : proxy \"gopher://me:xxxxx@p\""));
}

TEST_CASE("logins are named by where they are from") {
  CHECK(find({.proxies = "https://a.example/go"}, {}) ==
        Lines{"+ : https://a.example/go | login: machine a.example/go of /netrc"});
  CHECK(
      find({.proxies = "https://a.example/go", .methods = "netrc;give secret"}, {}) ==
      Lines{"+ : https://a.example/go | login: machine a.example/go of /netrc | may be asked for one: GOAUTH=give …"});
  CHECK(find({.proxies = "https://a.example/go", .methods = "off"}, {}) ==
        Lines{"+ : https://a.example/go | login: none"});
  CHECK(find({.proxies = "https://me:secret@a.example", .https_proxy = "http://u:secret@p:1"}, {}) ==
        Lines{"+ : https://me:xxxxx@a.example | through the proxy http://u:xxxxx@p:1 | login: that of the URL"});
}

TEST_CASE("no proxy is told of private modules, and whether the checksum database is, is said") {
  const Setting setting{.proxies = "https://a.example", .no_proxy = "p", .no_sum_db = "q"};
  const auto lines = find(setting, kModules);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "+ h/a h/b: https://a.example | login: none");
  CHECK(lines[1].starts_with("! p/x: no proxy is told of what GONOPROXY or GOPRIVATE names (p)"));
  CHECK(lines[1].ends_with(" | GONOSUMDB does not keep from go's checksum database: p/x"));
  for (const auto& [no_sum_db, off] : {std::pair("p", false), {"q", true}}) {
    const auto kept =
        find({.proxies = "https://a.example", .no_proxy = "p", .no_sum_db = no_sum_db, .sum_db_off = off}, kModules);
    CHECK(!kept.back().contains("GONOSUMDB"));
  }
}

TEST_CASE("who has logins is named, and a program that is not there is a problem") {
  test::MemoryFileSystem files;
  files.add("/netrc", "machine a login me password secret\nfoo\n");
  const auto find_places = [&](const std::string& methods) {
    Lines lines;
    for (const auto& seen :
         find_login_places({.methods = methods, .netrc = "/netrc", .search_path = "/bin:/usr/bin"}, files)) {
      lines.push_back((seen.grade == Grade::kProblem ? "x " : "") + to_string(seen.where) + " " + seen.message);
    }
    return lines;
  };
  CHECK(find_places("off") == Lines{" GOAUTH=off: no login is looked for"});
  CHECK(find_places("sh secret") == Lines{" GOAUTH=sh …: run before the first request, and when a server refuses"});
  CHECK(find_places("no-such-program secret") ==
        Lines{"x  GOAUTH=no-such-program …: \"no-such-program\" is in no absolute directory of the PATH"});
  CHECK(find_places("git relative").front().starts_with("x  GOAUTH=git dir method requires an absolute path"));
  CHECK(find_places("").back() == "/netrc:2 neither machine, login, password, account nor macdef: go passes it over");
}

}  // namespace modtool::goproxy
