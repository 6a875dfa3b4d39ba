// What the environment, Go's file and Git's files come to: each line here is a setting that acts elsewhere.
#include "cli/settings.hpp"

#include "cli/environment.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

using namespace modtool;
using namespace modtool::cli;
using Names = std::vector<std::string>;
using Variables = std::vector<std::pair<std::string, std::string>>;

namespace {

const std::string kDefault = "https://proxy.golang.org,direct";  // GOPROXY

engine::Settings load(const Variables& variables, const std::string& go_env = "") {
  Environment environment;
  environment.set("HOME", "/home/me");
  for (const auto& [name, value] : variables) environment.set(name, value);
  test::MemoryFileSystem files;
  if (!go_env.empty()) files.add("/home/me/.config/go/env", go_env);
  auto settings = load_settings(environment, files);
  CHECK(settings.problems.empty());
  return settings;
}

Code code_of(const Variables& variables) {
  Environment environment;
  for (const auto& [name, value] : variables) environment.set(name, value);
  const auto loaded = load_settings(environment, test::MemoryFileSystem());
  return loaded.problems.empty() ? Code::kUsage : loaded.problems.front().code;
}

}  // namespace

TEST_CASE("what is private is asked of no proxy and held against no database, unless something else says otherwise") {
  const auto own = load({{"GOPRIVATE", "corp.example"}});
  CHECK(own.no_proxy == "corp.example");
  CHECK(own.no_sum_db == "corp.example");
  const auto apart = load({{"GOPRIVATE", "corp.example"}, {"GONOPROXY", "none"}, {"GONOSUMDB", "other.example"}});
  CHECK(apart.no_proxy == "none");
  CHECK(apart.no_sum_db == "other.example");
  CHECK(load({}, "GOPRIVATE=saved.example\n").no_proxy == "saved.example");
  CHECK(load({}).no_proxy.empty());
}

TEST_CASE("the environment goes before the file of go env -w, and an empty value is none") {
  const std::string saved = "GOPROXY=https://saved\n# GOSUMDB=off\nGOWORK=off\n=x\nnothing\n";
  CHECK(load({{"GOPROXY", "off"}}, saved).proxy == "off");
  CHECK(load({{"GOPROXY", ""}}, saved).proxy == "https://saved");
  CHECK(load({{"GOPROXY", ""}}).proxy == kDefault);
  CHECK(load({{"GOAUTH", "off"}}, "GOAUTH=netrc\n").go_auth == "off");
  CHECK(load({}, "GOAUTH=netrc\n").go_auth == "netrc");
  CHECK(load({}, saved).proxy == "https://saved");
  CHECK(load({}, saved).workspace == "off");
  CHECK(load({}, saved).sum_db.empty());
  CHECK(load({{"GOENV", "off"}}, saved).proxy == kDefault);
  CHECK(load({{"XDG_CONFIG_HOME", "/elsewhere"}}, saved).proxy == kDefault);
  CHECK(load({{"XDG_CONFIG_HOME", "relative"}}, saved).proxy == "https://saved");
}

TEST_CASE("without a home no file of go env -w is looked for, least of all in the current directory") {
  test::MemoryFileSystem files;
  files.add("go/env", "GOPROXY=https://evil\n");
  files.add(".config/go/env", "GOPROXY=https://evil\n");
  for (const std::string home : {"", "relative"}) {
    Environment environment;
    environment.set("HOME", home);
    CHECK(load_settings(environment, files).proxy == kDefault);
  }
}

TEST_CASE("the module cache is where go has it") {
  CHECK(load({}).module_cache == "/home/me/go/pkg/mod");
  CHECK(load({{"GOPATH", "/a:/b"}}).module_cache == "/a/pkg/mod");
  CHECK(load({{"GOPATH", "/a"}, {"GOMODCACHE", "/m"}}).module_cache == "/m");
  CHECK(load({{"HOME", "relative"}}).module_cache.empty());
  CHECK(code_of({{"GOMODCACHE", "relative"}}) == Code::kBadSetting);
  CHECK(code_of({{"GOPATH", "relative"}}) == Code::kBadSetting);
}

TEST_CASE("GOFLAGS is read as go reads it") {
  CHECK(load({{"GOFLAGS", "-modcacherw"}}).modcacherw);
  CHECK(load({{"GOFLAGS", "--modcacherw=true"}}).modcacherw);
  CHECK(load({{"GOFLAGS", "-modcacherw=1"}}).modcacherw);
  CHECK_FALSE(load({{"GOFLAGS", "-modcacherw=false"}}).modcacherw);
  CHECK_FALSE(load({{"GOFLAGS", "-modcacherw=0"}}).modcacherw);
  CHECK_FALSE(load({{"GOFLAGS", "-mod=mod"}}).modcacherw);
  const auto both = load({{"GOFLAGS", "-mod=vendor '-modfile=a b.mod'"}});
  CHECK(both.mod == "vendor");
  CHECK(both.modfile == "a b.mod");
  CHECK(both.go_flags == Names{"-mod=vendor", "-modfile=a b.mod"});
  CHECK(code_of({{"GOFLAGS", "mod=vendor"}}) == Code::kBadSetting);
  CHECK(code_of({{"GOFLAGS", "-"}}) == Code::kBadSetting);
  CHECK(code_of({{"GOFLAGS", "--=x"}}) == Code::kBadSetting);
  CHECK(code_of({{"GOFLAGS", "-=x"}}) == Code::kBadSetting);
  CHECK(code_of({{"GOFLAGS", "--"}}) == Code::kBadSetting);
  CHECK(code_of({{"GOFLAGS", "---mod=mod"}}) == Code::kBadSetting);
  CHECK(code_of({{"GOFLAGS", "'-x"}}) == Code::kBadSetting);
}

TEST_CASE("caches are below XDG_CACHE_HOME, else the home, else nowhere") {
  const auto usual = load({});
  CHECK(usual.index_path == "/home/me/.cache/modtool/requirements.index");
  CHECK(usual.git_cache == "/home/me/.cache/modtool/git");
  CHECK(usual.tree_store == "/home/me/.cache/modtool/store");
  CHECK(usual.archive_cache == "/home/me/.cache/modtool/archives");
  CHECK(load({{"XDG_CACHE_HOME", "/c"}}).git_cache == "/c/modtool/git");
  CHECK(load({{"XDG_CACHE_HOME", "c"}}).git_cache == "/home/me/.cache/modtool/git");
  CHECK(load({{"HOME", ""}}).git_cache.empty());
  CHECK(load({}).temp_directory == "/tmp");
  CHECK(load({{"TMPDIR", "/t"}}).temp_directory == "/t");
}

TEST_CASE("Git's files are those that git reads, in its order") {
  const auto files = [](const Variables& variables) { return load(variables).git_config.files; };
  CHECK(files({}) == Names{"/etc/gitconfig", "/home/me/.config/git/config", "/home/me/.gitconfig"});
  CHECK(files({{"GIT_CONFIG_NOSYSTEM", "1"}}) == Names{"/home/me/.config/git/config", "/home/me/.gitconfig"});
  CHECK(files({{"GIT_CONFIG_SYSTEM", "/s"}})[0] == "/s");
  CHECK(files({{"GIT_CONFIG_NOSYSTEM", "1"}, {"GIT_CONFIG_SYSTEM", "/s"}})[0] == "/home/me/.config/git/config");
  CHECK(files({{"XDG_CONFIG_HOME", "/x"}}) == Names{"/etc/gitconfig", "/x/git/config", "/home/me/.gitconfig"});
  CHECK(files({{"GIT_CONFIG_GLOBAL", "/g"}}) == Names{"/etc/gitconfig", "/g"});
  CHECK(files({{"GIT_CONFIG_GLOBAL", ""}}) == Names{"/etc/gitconfig"});
  CHECK(files({{"HOME", "relative"}}) == Names{"/etc/gitconfig"});
}

TEST_CASE("entries of the environment are counted, and what is wrong with them is kept for who needs them") {
  const auto config = load({{"GIT_CONFIG_COUNT", "2"},
                            {"GIT_CONFIG_KEY_0", "a.b"},
                            {"GIT_CONFIG_VALUE_0", "1"},
                            {"GIT_CONFIG_KEY_1", "c.d"},
                            {"GIT_CONFIG_VALUE_1", ""}})
                          .git_config;
  CHECK(config.entries == std::vector<git::GitConfigEntry>{{"a.b", "1"}, {"c.d", ""}});
  CHECK(config.problem.empty());
  CHECK(load({}).git_config.entries.empty());
  CHECK(load({{"GIT_CONFIG_COUNT", "two"}}).git_config.problem.contains("is no number"));
  CHECK(load({{"GIT_CONFIG_COUNT", "1x"}}).git_config.problem.contains("is no number"));
  CHECK(load({{"GIT_CONFIG_COUNT", "1"}, {"GIT_CONFIG_KEY_0", "a.b"}}).git_config.problem ==
        "GIT_CONFIG_COUNT is 1, and GIT_CONFIG_VALUE_0 is not set");
}

TEST_CASE("what git was given with -c comes behind the entries that are counted, and so overrules them") {
  Variables variables = {{"GIT_CONFIG_COUNT", "1"},
                         {"GIT_CONFIG_KEY_0", "a.b"},
                         {"GIT_CONFIG_VALUE_0", "1"},
                         {"GIT_CONFIG_PARAMETERS", "'a.b'='2' 'c.d=3'"}};
  const auto config = load(variables).git_config;
  CHECK(config.entries == std::vector<git::GitConfigEntry>{{"a.b", "1"}, {"a.b", "2"}, {"c.d", "3"}});
  CHECK(config.problem.empty());
  variables.back().second = "a.b=2";
  CHECK(load(variables).git_config.problem == "GIT_CONFIG_PARAMETERS: bogus format");
}

TEST_CASE("proxies and their exceptions are read in both spellings, the small one first") {
  const auto network = [](const Variables& variables) { return load(variables).git_network; };
  CHECK(network({{"no_proxy", "a"}}).no_proxy == "a");
  CHECK(network({{"NO_PROXY", "b"}}).no_proxy == "b");
  CHECK(network({{"no_proxy", "a"}, {"NO_PROXY", "b"}}).no_proxy == "a");
  CHECK(network({{"https_proxy", "p"}, {"HTTPS_PROXY", "q"}}).proxy == "p");
  CHECK(network({{"HTTPS_PROXY", "q"}, {"ALL_PROXY", "r"}}).proxy == "q");
  CHECK(network({{"ALL_PROXY", "r"}}).proxy == "r");
  CHECK(network({{"http_proxy", "s"}}).plain_proxy == "s");
  CHECK(network({{"HTTP_PROXY", "s"}}).plain_proxy.empty());  // any request of a CGI program could set it
  CHECK(network({{"http_proxy", "s"}}).proxy.empty());
}

TEST_CASE("proxies of what is not Git are found as Go finds them") {
  const auto proxies = [](const Variables& variables) { return load(variables).http_proxies; };
  CHECK(proxies({{"https_proxy", "p"}, {"HTTPS_PROXY", "q"}}).secure == "q");
  CHECK(proxies({{"http_proxy", "s"}}).plain == "s");
  CHECK(proxies({{"HTTP_PROXY", "s"}}).plain == "s");
  CHECK(proxies({{"NO_PROXY", ""}, {"no_proxy", "a"}}).exceptions == "a");
  CHECK(proxies({{"ALL_PROXY", "r"}}).secure.empty());
  CHECK(proxies({{"REQUEST_METHOD", "GET"}}).in_cgi);
  CHECK_FALSE(proxies({}).in_cgi);
}

TEST_CASE("certificates, keys and logins are found by their owners' names") {
  const auto network = load({{"GIT_SSL_CAINFO", "/a"},
                             {"GIT_SSL_CAPATH", "/b"},
                             {"SSL_CERT_FILE", "/c"},
                             {"SSL_CERT_DIR", "/d"},
                             {"SSH_AUTH_SOCK", "/e"},
                             {"NETRC", "/f"},
                             {"GIT_SSL_NO_VERIFY", ""}})
                           .git_network;
  CHECK(network.git_ca_file == "/a");
  CHECK(network.git_ca_directory == "/b");
  CHECK(network.ca_file == "/c");
  CHECK(network.ca_directory == "/d");
  CHECK(network.ssh_agent == "/e");
  CHECK(network.netrc == "/f");
  CHECK(network.no_verification);
  CHECK_FALSE(load({}).git_network.no_verification);
  CHECK(load({}).git_network.netrc == "/home/me/.netrc");
  CHECK(load({}).git_network.known_hosts == Names{"/home/me/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts",
                                                  "/home/me/.ssh/known_hosts2", "/etc/ssh/ssh_known_hosts2"});
  CHECK(load({{"HOME", ""}}).git_network.known_hosts == Names{"/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"});
}
