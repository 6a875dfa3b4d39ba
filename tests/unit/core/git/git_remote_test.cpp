#include "core/git/git_remote.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <thread>

#include "core/git/git_child.hpp"
#include "core/git/git_source.hpp"
#include "core/io/process.hpp"
#include "tests/support/check.hpp"
#include "tests/support/cutting_relay.hpp"
#include "tests/support/git_daemon.hpp"
#include "tests/support/git_fixture.hpp"
#include "tests/support/loopback.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;
using module::ModuleVersion;
using test::GitDaemon;
using test::GitFixture;

// The child process of the tests below: this very program, told to run the one test case that is no test.
TEST_CASE("git child" * doctest::skip()) {
  std::cin >> std::noskipws;
  std::cout << run_git_child(std::string(std::istream_iterator<char>(std::cin), {}), [](std::string_view text) {
    std::cerr << text;
  }) << std::flush;
  // libgit2 leaks a few bytes where ssh fails; they end with the process that was made for the one request.
  std::_Exit(0);
}

namespace {

const std::string kPath = "example.com/owner/repo";

// A source whose cache is a directory of its own and whose host is a server on the loopback interface.
class Remote {
 public:
  explicit Remote(const std::string& server) {
    remote_.cache = temp_ / "cache";
    remote_.child.command = {io::own_executable(), "--no-skip", "--test-case=git child", "--out=/dev/null"};
    remote_.pause = std::chrono::milliseconds(1);
    options_.manifest_name = "modtool.json";
    config_.rewrites = {{server, "https://example.com/"}};
    options_.config = [this] { return &config_; };
    options_.locked = [this](const ModuleVersion& module) {
      const auto found = locked.find(module);
      return found == locked.end() ? nullptr : &found->second;
    };
    options_.connect = [this](const GitUrl& url) -> Result<std::unique_ptr<GitOrigin>> {
      remotes_.push_back(std::make_unique<GitRemotes>(remote_, files_, reporter_, io::disk(), cancellation));
      return remotes_.back()->open(url);
    };
  }

  std::unique_ptr<GitSource> source() const { return make_git_source(options_); }
  GitRemoteOptions& options() { return remote_; }
  const GitRemoteOptions& options() const { return remote_; }

  std::map<ModuleVersion, manifest::LockedModule> locked;
  Cancellation cancellation;

 private:
  test::TempDirectory temp_;
  GitConfig config_;
  LazyGitConfig files_{{}};
  Reporter reporter_;
  GitRemoteOptions remote_;
  std::vector<std::unique_ptr<GitRemotes>> remotes_;
  GitSourceOptions options_;
};

// Takes connections and says nothing.
class SilentServer {
 public:
  SilentServer() = default;
  ~SilentServer() { ::close(listener_); }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  std::string url() const { return "git://127.0.0.1:" + std::to_string(port_) + "/"; }
  // Until somebody has connected.
  void wait_for_client() const {
    pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
    while (::poll(&waiting, 1, -1) < 0 && errno == EINTR) {
    }
  }

 private:
  int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int port_ = test::listen_on_loopback(listener_);
};

}  // namespace

TEST_CASE("requests and listings survive the way to the child and back") {
  const GitRequest request{.url = "https://h/a",
                           .into = "/cache/a b",
                           .refspecs = {"+refs/tags/v1:refs/fetched/x", "+refs/heads/*:refs/all/*"},
                           .whole_history = true,
                           .patience = std::chrono::seconds(7),
                           .ca_file = "/ca.pem",
                           .ca_directory = "/ca",
                           .proxy = "http://p",
                           .login = GitCredential{"me", " secret "},
                           .ssh = {.trusted = {{"ssh-ed25519", std::string("\0\n", 2)}},
                                   .revoked = {{"ssh-rsa", "r"}},
                                   .home = "",
                                   .agent = "/agent",
                                   .key_files = {"/k 1", "/k2"}}};
  const auto read = REQUIRE_OK(parse_git_request(REQUIRE_OK(format_git_request(request))));
  CHECK(read.url == request.url);
  CHECK(read.into == request.into);
  CHECK(read.refspecs == request.refspecs);
  CHECK(read.whole_history);
  CHECK(read.patience == request.patience);
  CHECK(read.ca_file == request.ca_file);
  CHECK(read.ca_directory == request.ca_directory);
  CHECK(read.proxy == request.proxy);
  CHECK(read.ssh.trusted == request.ssh.trusted);
  CHECK(read.ssh.revoked == request.ssh.revoked);
  CHECK(read.ssh.agent == request.ssh.agent);
  CHECK(read.ssh.key_files == request.ssh.key_files);
  CHECK(read.login->user == "me");
  CHECK(read.login->password == " secret ");
  CHECK_ERROR(format_git_request({.login = GitCredential{"me", "a\nurl x"}}), Code::kForbidden, "line end");
  CHECK_ERROR(parse_git_request("surprise x\n"), Code::kBadReply, "malformed");

  const GitId id = *parse_git_id("0123456789abcdef0123456789abcdef01234567");
  const GitListing listing{.refs = {{"refs/tags/a", id}}, .head = "refs/heads/main", .head_commit = id};
  const auto parsed = REQUIRE_OK(parse_git_listing(format_git_listing(listing)));
  CHECK(parsed.refs == listing.refs);
  CHECK(parsed.head == listing.head);
  CHECK(parsed.head_commit == id);
  for (const std::string text : {"", "no", "ok\nx y", "ok\n0123456789abcdef0123456789abcdef01234567"}) {
    CHECK_ERROR(parse_git_listing(text), Code::kBadReply, "malformed");
  }
}

TEST_CASE("a module is fetched over git:// as it is read from the repository itself") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "owner/repo");
  const auto first = fixture.commit({{"a", {"1"}}, {"run.sh", test::executable("x")}});
  const auto second = fixture.commit({{"a", {"2"}}});
  fixture.annotated_tag("v1.0.0", first);
  fixture.tag("v1.1.0-rc.1", second);
  const GitDaemon daemon(temp.path());
  const Remote remote(daemon.url());
  const auto source = remote.source();

  CHECK(REQUIRE_OK(source->versions(kPath)) == std::vector<std::string>{"v1.0.0", "v1.1.0-rc.1"});
  CHECK(REQUIRE_OK(source->stat(kPath, "latest")).version == "v1.0.0");
  const auto tree = REQUIRE_OK(source->tree({kPath, "v1.0.0"}));
  CHECK(tree->list() == std::vector<module::TreeFile>{{"a", 1, false}, {"run.sh", 1, true}});
  CHECK(REQUIRE_OK(tree->read("a")) == "1");
  CHECK(REQUIRE_OK(source->pin({kPath, "v1.0.0"})).commit == first);
  CHECK(REQUIRE_OK(REQUIRE_OK(source->tree({kPath, "v1.1.0-rc.1"}))->read("a")) == "2");
}

TEST_CASE("branches and commits without a tag are found over git:// too") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "owner/repo");
  const auto first = fixture.commit({{"a", {"1"}}});
  const auto second = fixture.commit({{"a", {"2"}}});
  fixture.tag("v1.0.0", first);
  const GitDaemon daemon(temp.path());
  const Remote remote(daemon.url());
  const auto version = "v1.0.1-0.20230102030405-" + second.substr(0, 12);
  CHECK(REQUIRE_OK(remote.source()->stat(kPath, "main")).version == version);
  CHECK(REQUIRE_OK(remote.source()->stat(kPath, second.substr(0, 9))).version == version);
  CHECK(REQUIRE_OK(remote.source()->pin({kPath, version})).commit == second);
}

TEST_CASE("what is locked and was fetched once needs no network") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "owner/repo");
  fixture.tag("v1.0.0", fixture.commit({{"a", {"1"}}}));
  const ModuleVersion module{kPath, "v1.0.0"};
  std::unique_ptr<Remote> remote;
  {
    const GitDaemon daemon(temp.path());
    remote = std::make_unique<Remote>(daemon.url());
    remote->locked[module].git = REQUIRE_OK(remote->source()->pin(module));
  }
  CHECK(REQUIRE_OK(REQUIRE_OK(remote->source()->tree(module))->read("a")) == "1");
  remote->options().offline = true;
  CHECK(REQUIRE_OK(REQUIRE_OK(remote->source()->tree(module))->read("a")) == "1");
  CHECK_ERROR(remote->source()->versions(kPath), Code::kOffline, "offline");
  CHECK_ERROR(remote->source()->tree({kPath, "v2.0.0"}), Code::kOffline, "offline");
}

TEST_CASE("a tag that moved is told when the locked commit has to be fetched") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "owner/repo");
  const auto commit = fixture.commit({{"a", {"1"}}});
  const auto tree = fixture.git({"rev-parse", commit + "^{tree}"});
  const auto now = fixture.commit({{"a", {"2"}}});
  fixture.tag("v1.0.0", now);
  const GitDaemon daemon(temp.path());
  Remote remote(daemon.url());
  remote.locked[{kPath, "v1.0.0"}].git = {"refs/tags/v1.0.0", commit, tree};
  CHECK_ERROR(remote.source()->tree({kPath, "v1.0.0"}), Code::kRefMoved, "1 file changed");
}

TEST_CASE("each way in which a server is not there has its own error") {
  const test::TempDirectory temp;
  const GitDaemon daemon(temp.path());
  CHECK_ERROR(Remote(daemon.url()).source()->versions(kPath), Code::kNotFound, "owner/repo");
  const std::string closed = "git://127.0.0.1:" + std::to_string(test::refusing_port()) + "/";
  CHECK_ERROR(Remote(closed).source()->versions(kPath), Code::kUnreachable, "refused");
  CHECK_ERROR(Remote("git://nowhere.invalid/").source()->versions(kPath), Code::kUnreachable, "resolve");
}

TEST_CASE("a server that says nothing is given up after a while, whatever it should speak") {
  const SilentServer server;
  for (const std::string scheme : {"git", "https", "ssh"}) {
    CAPTURE(scheme);
    Remote remote(scheme + server.url().substr(server.url().find(':')));
    remote.options().patience = std::chrono::seconds(1);
    CHECK_ERROR(remote.source()->versions(kPath), Code::kUnreachable, "nothing came from the server for 1 seconds");
  }
}

TEST_CASE("a server that speaks something else is unusable or gone, whatever it should speak") {
  const test::TempDirectory temp;
  const GitDaemon daemon(temp.path());
  for (const std::string scheme : {"https", "ssh"}) {
    CAPTURE(scheme);
    const auto answer = Remote(scheme + daemon.url().substr(3)).source()->versions(kPath);
    REQUIRE_FALSE(answer.has_value());
    CHECK((answer.error().code == Code::kUnreachable || answer.error().code == Code::kBadReply));
  }
}

TEST_CASE("a transfer that is cut is tried again, leaves nothing half-written, and is repeated by the next run") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "owner/repo");
  std::string noise;
  for (std::uint32_t i = 1; noise.size() < 200'000; i = i * 1664525 + 1013904223) noise += std::to_string(i);
  fixture.tag("v1.0.0", fixture.commit({{"a", {noise}}}));
  const GitDaemon daemon(temp.path());
  test::CuttingRelay relay(daemon.port(), 20'000);
  const Remote remote("git://127.0.0.1:" + std::to_string(relay.port()) + "/");
  CHECK_ERROR(remote.source()->tree({kPath, "v1.0.0"}), Code::kUnreachable, "owner/repo");
  CHECK(relay.connections() == 4);  // one for the references
  relay.mend();
  CHECK(REQUIRE_OK(REQUIRE_OK(remote.source()->tree({kPath, "v1.0.0"}))->read("a")) == noise);
  const auto entries = REQUIRE_OK(io::disk().list(remote.options().cache));
  for (const auto& pack :
       REQUIRE_OK(io::disk().list(remote.options().cache + "/" + entries[0].name + "/objects/pack"))) {
    CHECK(!pack.name.starts_with("pack_git2_"));
  }
}

TEST_CASE("a run that is cancelled waits for no server") {
  const SilentServer server;
  Remote remote(server.url());
  const std::jthread later([&] {
    server.wait_for_client();
    remote.cancellation.request(Code::kInterrupted);
  });
  CHECK_ERROR(remote.source()->versions(kPath), Code::kInterrupted, "");
}

TEST_CASE("what a child that was killed left in the cache is removed by the next") {
  const test::TempDirectory temp;
  const GitFixture fixture(temp / "owner/repo");
  fixture.tag("v1.0.0", fixture.commit({{"a", {"1"}}}));
  const GitDaemon daemon(temp.path());
  Remote remote(daemon.url());
  REQUIRE_OK(remote.source()->tree({kPath, "v1.0.0"}));
  const auto entries = REQUIRE_OK(io::disk().list(remote.options().cache));
  REQUIRE(entries.size() == 2);
  const std::string packs = remote.options().cache + "/" + entries[0].name + "/objects/pack";
  REQUIRE_OK(io::disk().write_new(packs + "/pack_git2_123456", "half"));
  const std::string half_made = remote.options().cache + "/" + entries[0].name + ".tmp";
  REQUIRE_OK(io::disk().make_directories(half_made + "/objects/info"));
  fixture.tag("v2.0.0", fixture.commit({{"a", {"2"}}}));
  REQUIRE_OK(remote.source()->tree({kPath, "v2.0.0"}));
  CHECK_FALSE(test::is_there(io::disk(), packs + "/pack_git2_123456"));
  CHECK_FALSE(test::is_there(io::disk(), half_made));
}
