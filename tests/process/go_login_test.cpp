// GOAUTH: logins by the programs of users, as go has them. A real server at https, and go as the oracle.
#include <doctest/doctest.h>

#include <filesystem>

#include "core/base/text.hpp"
#include "tests/process/https_setting.hpp"
#include "tests/support/files.hpp"

using namespace modtool::test;

namespace {

namespace fs = std::filesystem;

const std::string kHeader = "Authorization: Basic bWU6czNjcmV0L3dvcmQ=";  // me:s3cret/word

// A user whose PATH has a directory of programs of their own.
class ProgramSetting : public HttpsSetting {
 public:
  ProgramSetting() {
    fs::create_directories(home() + "/bin");
    environment["PATH"] = home() + "/bin:" + std::getenv("PATH");
    environment["GIT_CONFIG_NOSYSTEM"] = "1";
  }

  // A shell script that appends how it was called to `log()`.
  void add_program(const std::string& name, const std::string& text) const {
    const std::string path = home() + "/bin/" + name;
    write_file(path, "#!/bin/sh\n{ echo \"called $*\"; cat; } >>" + log() + "\n" + text);
    fs::permissions(path, fs::perms::owner_all);
  }

  std::string log() const { return home() + "/calls"; }
  std::string place() const { return "https://localhost:" + std::to_string(server.port()); }
  std::string locked() const { return place() + "/locked"; }

  // What both faces and go make of it; the calls of each are the same.
  void check(const std::string& methods, bool works) {
    environment["GOAUTH"] = methods;
    CAPTURE(methods);
    const auto outcome = logged({"mod", "graph", "-x"}, "");
    CAPTURE(outcome.err);
    CHECK(outcome.status == (works ? 0 : 1));
    CHECK(!outcome.err.contains("s3cret"));
    CHECK(!outcome.err.contains("bWU6"));
    const std::string calls = calls_;
    const auto plain = logged({"mod", "graph"}, "");
    CHECK(logged({"graph"}, "").status == (works ? 0 : plain.err.contains("GOAUTH") ? 2 : 5));
    const auto go = find_go();
    if (go.empty()) return;
    check_equal(plain, logged({"mod", "graph"}, go));
    CHECK(calls == calls_);
  }

 private:
  Outcome logged(const std::vector<std::string>& words, const std::string& program) {
    write_file(log(), "");
    auto outcome = run(words, locked(), program);
    calls_ = without_reply(read_file(log()));
    return outcome;
  }

  // The header lines of a reply are in any order, and some hold a time.
  static std::string without_reply(const std::string& calls) {
    std::string kept;
    for (const auto line : modtool::split_lines(calls)) {
      const bool is_kept = line.starts_with("called ") || line.starts_with("HTTP/") || line.starts_with("Www-");
      if (is_kept) kept += std::string(line) + "\n";
    }
    return kept;
  }

  std::string calls_;
};

}  // namespace

TEST_CASE("a command of GOAUTH gives logins, before the first request or after a refusal, as go has it run") {
  if (!has_https_git()) return;
  ProgramSetting setting;
  const std::string reply = "printf '%s\\n\\n%s\\n\\n' ";
  setting.add_program("give", reply + "'" + setting.place() + "' '" + kHeader + "'\n");
  setting.add_program("give-below", reply + "'" + setting.locked() + "/' '" + kHeader + "'\n");
  setting.add_program("give-elsewhere", reply + "'https://elsewhere.example' '" + kHeader + "'\n");
  setting.add_program("give-asked", "[ -z \"$1\" ] || " + reply + "'" + setting.place() + "' '" + kHeader + "'\n");
  setting.add_program("give-wrong", reply + "'" + setting.place() + "' 'Authorization: Basic eDp5'\n");
  setting.add_program("give-nothing", "");
  setting.add_program("give-nonsense", "echo '" + kHeader + "'\n");
  setting.add_program("fail", "echo s3cret >&2; exit 3\n");
  setting.add_program("give-args", "[ \"$2\" = 'a b' ] && " + reply + "'" + setting.place() + "' '" + kHeader + "'\n");
  setting.add_program("give-more", reply + "'" + setting.place() + "' '" + kHeader +
                                       "\nX-Empty: \nHost: elsewhere.example\nContent-Length: 7'\n");
  struct Row {
    std::string methods;
    bool works;
  };
  const Row rows[] = {
      {"give", true},
      {setting.home() + "/bin/give", true},
      {"give-below", true},
      {"give-more", true},
      {"give-elsewhere", false},
      {"give-asked", true},
      {"give-wrong", false},
      {"give-nothing", false},
      {"give-nonsense", false},
      {"fail", false},
      {"absent-program", false},
      {"give-args --for 'a b'", true},
      {"give; give-wrong", true},
      {"give-wrong; give", false},
      {"netrc; give-asked", true},
      {"fail ;  give", true},
      {"give-args 'unterminated", false},
  };
  for (const auto& row : rows) setting.check(row.methods, row.works);
}

TEST_CASE("GOAUTH=git asks git's helpers in a directory, and tells them how it went") {
  if (!has_https_git()) return;
  ProgramSetting setting;
  const std::string work = setting.home() + "/work";
  CHECK(run_shell("git init -q " + work).status == 0);
  setting.add_program("git-credential-test", "[ $1 != get ] || printf 'username=me\\npassword=s3cret/word\\n'\n");
  setting.add_program("git-credential-bad", "[ $1 != get ] || printf 'username=me\\npassword=s3cret/wrong\\n'\n");
  const auto use = [&](const std::string& helper) {
    CHECK(run_shell("git -C " + work + " config credential.helper " + helper).status == 0);
  };
  setting.environment["GOAUTH"] = "git " + work;
  const auto go = find_go();
  for (const bool works : {true, false}) {
    use(works ? "test" : "bad");
    write_file(setting.log(), "");
    const auto outcome = setting.run({"graph"}, setting.locked());
    CAPTURE(outcome.err);
    CHECK(outcome.status == (works ? 0 : 5));
    CHECK(!outcome.err.contains("s3cret"));
    CHECK(outcome.err.contains("the login that GOAUTH=git " + work + " has for localhost") == !works);
    const std::string calls = read_file(setting.log());
    CHECK(calls.contains("called get\n"));
    CHECK(calls.contains(works ? "called store\n" : "called erase\n"));
    CHECK(calls.contains("host=localhost:" + std::to_string(setting.server.port()) + "\n"));
    const auto plain = setting.run({"mod", "graph"}, setting.locked());
    if (!go.empty()) check_equal(plain, setting.run({"mod", "graph"}, setting.locked(), go));
  }
  use("''");
  const auto none = setting.run({"graph"}, setting.locked());
  CHECK(none.status == 5);
  CHECK(none.err.contains("note: GOAUTH=git " + work + ": 'git credential fill' failed: exit status 128\n"));

  for (const std::string& directory :
       std::vector<std::string>{"", " work", " " + setting.home() + "/absent", " " + setting.log(), " a b"}) {
    setting.environment["GOAUTH"] = "git" + directory;
    CAPTURE(directory);
    const auto refused = setting.run({"mod", "graph"}, setting.locked());
    CHECK(refused.err.contains("GOAUTH=git "));
    if (!go.empty()) check_equal(refused, setting.run({"mod", "graph"}, setting.locked(), go));
  }
}

TEST_CASE("a program of GOAUTH that is neither a name nor an absolute path is not run, and that is said") {
  if (!has_https_git()) return;
  ProgramSetting setting;
  setting.environment["GOAUTH"] = "./give --token s3cret";
  write_file(setting.project.root() + "/give", "#!/bin/sh\ntouch ran\n");
  fs::permissions(setting.project.root() + "/give", fs::perms::owner_all);
  const auto outcome = setting.run({"graph"}, setting.locked());
  CHECK(outcome.status == 5);
  CHECK(outcome.err.contains("note: GOAUTH=./give …: \"./give\" is not run: neither a name nor an absolute path\n"));
  CHECK(!outcome.err.contains("s3cret"));
  CHECK(!fs::exists(setting.project.root() + "/ran"));
}

TEST_CASE("a program of GOAUTH that does not end is ended with the run") {
  if (!has_https_git()) return;
  ProgramSetting setting;
  setting.add_program("sleep-long", "exec sleep 600\n");
  setting.environment["GOAUTH"] = "sleep-long";
  const auto outcome = setting.run({"graph", "--timeout", "1s"}, setting.locked());
  CHECK(outcome.status == 124);
}

TEST_CASE("a password of netrc without a name is shown by our own face alone, as go passes it over") {
  if (!has_https_git()) return;
  ProgramSetting setting;
  const std::string place = "localhost:" + std::to_string(setting.server.port());
  write_file(setting.home() + "/.netrc", "machine " + place + " password s3cret/word\n");
  CHECK(setting.run({"graph"}, setting.locked()).status == 5);  // the server knows nobody without a name
  wait_until([&] { return setting.server.requests().contains(" Basic OnMzY3JldC93b3Jk"); });
  CHECK(setting.run({"mod", "graph"}, setting.locked()).status == 1);
  wait_until([&] { return setting.server.requests().ends_with("v1.0.0.mod -\n"); });
}
