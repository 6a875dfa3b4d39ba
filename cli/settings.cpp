#include "cli/settings.hpp"

#include <fmt/format.h>

#include <charconv>

#include "cli/go_variables.hpp"
#include "core/base/quoted_words.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

// What go asks where nobody says anything else ($GOROOT/go.env).
constexpr const char* kDefaultProxies = "https://proxy.golang.org,direct";

// Empty where there is no place for it.
Result<void> find_module_cache(const GoVariables& variables, const Environment& environment, std::string& cache) {
  const std::string configured = variables.get("GOMODCACHE");
  if (!configured.empty() && !io::is_absolute(configured)) {
    return fail(Code::kBadSetting, "GOMODCACHE entry is relative; must be absolute path: " + quote(configured) + ".");
  }
  cache = configured;
  if (!configured.empty()) return {};
  std::string gopath = variables.get("GOPATH");
  const std::string home = environment.directory("HOME");
  if (gopath.empty() && !home.empty()) gopath = io::join_path(home, "go");
  const std::string first(split(gopath, ':')[0]);
  if (first.empty()) return {};
  if (!io::is_absolute(first))
    return fail(Code::kBadSetting, "GOPATH entry is relative; must be absolute path: " + quote(first) + ".");
  cache = io::join_path(first, "pkg/mod");
  return {};
}

bool is_flag(std::string_view word) {
  for (int dashes = 0; dashes < 2 && word.starts_with('-'); ++dashes) word.remove_prefix(1);
  return !word.empty() && word[0] != '-' && word[0] != '=';
}

void apply_go_flag(std::string_view flag, engine::Settings& settings) {
  flag.remove_prefix(flag.starts_with("--") ? 2 : 1);
  const auto equals = flag.find('=');
  const auto name = flag.substr(0, equals);
  const std::string value(equals == std::string_view::npos ? "" : flag.substr(equals + 1));
  if (name == "mod") settings.mod = value;
  if (name == "modfile") settings.modfile = value;
  if (name == "modcacherw") settings.modcacherw = value.empty() || value == "true" || value == "1";
}

Result<void> apply_go_flags(const std::string& text, engine::Settings& settings) {
  auto words = split_quoted_words(text);
  if (!words) return fail_in(std::move(words), "parsing $GOFLAGS");
  for (const auto& word : *words) {
    if (!word.starts_with('-') || !is_flag(word)) {
      return fail(Code::kBadSetting, "parsing $GOFLAGS: non-flag " + quote(word));
    }
    apply_go_flag(word, settings);
  }
  settings.go_flags = std::move(*words);
  return {};
}

// git-config(1), GIT_CONFIG_COUNT.
void add_counted_git_entries(const Environment& environment, git::GitConfigFiles& git) {
  const std::string text = environment.get("GIT_CONFIG_COUNT");
  std::size_t count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (!text.empty() && (failure != std::errc() || end != text.data() + text.size())) {
    git.problem = "GIT_CONFIG_COUNT: " + quote(text) + " is no number";
  }
  for (std::size_t i = 0; i < count && git.problem.empty(); ++i) {
    const std::string key = "GIT_CONFIG_KEY_" + std::to_string(i);
    const std::string value = "GIT_CONFIG_VALUE_" + std::to_string(i);
    for (const auto& name : {key, value}) {
      if (!environment.has(name)) git.problem = fmt::format("GIT_CONFIG_COUNT is {}, and {} is not set", text, name);
    }
    git.entries.emplace_back(environment.get(key), environment.get(value));
  }
}

// What git was given with `-c`, which overrules the counted ones. What is wrong with either, those hear who need the
// configuration.
void add_git_entries(const Environment& environment, git::GitConfigFiles& git) {
  add_counted_git_entries(environment, git);
  auto parameters = git::parse_git_parameters(environment.get("GIT_CONFIG_PARAMETERS"));
  if (parameters) std::ranges::move(*parameters, std::back_inserter(git.entries));
  if (!parameters && git.problem.empty()) git.problem = parameters.error().message;
}

// The files that git itself reads, in its order.
git::GitConfigFiles git_config_files(const Environment& environment) {
  git::GitConfigFiles git{.home = environment.directory("HOME")};
  const auto add = [&git](const std::string& file) {
    if (!file.empty()) git.files.push_back(file);
  };
  const bool without_system = environment.has("GIT_CONFIG_NOSYSTEM");
  const std::string system = environment.get("GIT_CONFIG_SYSTEM");
  if (!without_system) add(system.empty() ? "/etc/gitconfig" : system);
  if (environment.has("GIT_CONFIG_GLOBAL")) {
    add(environment.get("GIT_CONFIG_GLOBAL"));
    return git;
  }
  const std::string xdg = environment.get("XDG_CONFIG_HOME");
  if (!xdg.empty()) add(io::join_path(xdg, "git/config"));
  if (git.home.empty()) return git;
  if (xdg.empty()) add(io::join_path(git.home, ".config/git/config"));
  add(io::join_path(git.home, ".gitconfig"));
  return git;
}

// What ssh, git and OpenSSL look at, by their own names.
git::GitNetworkSettings git_network_settings(const Environment& environment) {
  git::GitNetworkSettings network{
      .home = environment.directory("HOME"),
      .ssh_agent = environment.get("SSH_AUTH_SOCK"),
      .netrc = environment.get("NETRC"),
      .search_path = environment.get("PATH"),
      .proxy = environment.first_of({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}),
      .plain_proxy = environment.first_of({"http_proxy", "all_proxy", "ALL_PROXY"}),
      .no_proxy = environment.first_of({"no_proxy", "NO_PROXY"}),
      .git_ca_file = environment.get("GIT_SSL_CAINFO"),
      .git_ca_directory = environment.get("GIT_SSL_CAPATH"),
      .ca_file = environment.get("SSL_CERT_FILE"),
      .ca_directory = environment.get("SSL_CERT_DIR"),
      .no_verification = environment.has("GIT_SSL_NO_VERIFY"),
      .environment = environment.pairs()};
  for (const auto* name : {"known_hosts", "known_hosts2"}) {
    if (!network.home.empty()) network.known_hosts.push_back(io::join_path(network.home, std::string(".ssh/") + name));
    network.known_hosts.push_back(std::string("/etc/ssh/ssh_") + name);
  }
  if (network.netrc.empty() && !network.home.empty()) network.netrc = io::join_path(network.home, ".netrc");
  return network;
}

// As Go finds them: the names in capitals first.
io::HttpProxies http_proxies(const Environment& environment) {
  return {.secure = environment.first_of({"HTTPS_PROXY", "https_proxy"}),
          .plain = environment.first_of({"HTTP_PROXY", "http_proxy"}),
          .exceptions = environment.first_of({"NO_PROXY", "no_proxy"}),
          .in_cgi = !environment.get("REQUEST_METHOD").empty()};
}

}  // namespace

engine::Settings load_settings(const Environment& environment, const io::FileReader& files) {
  engine::Settings settings;
  settings.environment = environment.pairs();
  const auto keep = [&](const Result<void>& outcome, std::string_view variable) {
    if (outcome) return;
    settings.problems.push_back(outcome.error());
    if (!variable.empty()) settings.problems.back().fix = engine::unsetting(settings, variable);
  };
  GoVariables go(environment);
  keep(go.load_file(files), "GOENV");
  const std::string privates = go.get("GOPRIVATE");
  settings.proxy = go.get("GOPROXY", kDefaultProxies);
  settings.proxy_again = std::string("GOPROXY=") + (go.saved("GOPROXY") == "off" ? kDefaultProxies : "");
  settings.no_proxy = go.get("GONOPROXY", privates);
  settings.go_auth = go.get("GOAUTH");
  settings.no_sum_db = go.get("GONOSUMDB", privates);
  settings.sum_db = go.get("GOSUMDB");
  settings.module_mode = go.get("GO111MODULE");
  settings.workspace = go.get("GOWORK");
  settings.temp_directory = environment.get("TMPDIR").empty() ? "/tmp" : environment.get("TMPDIR");
  const auto cache = environment.user_directory("XDG_CACHE_HOME", ".cache");
  if (!cache.empty()) settings.index_path = io::join_path(cache, "modtool/requirements.index");
  if (!cache.empty()) settings.git_cache = io::join_path(cache, "modtool/git");
  if (!cache.empty()) settings.tree_store = io::join_path(cache, "modtool/store");
  if (!cache.empty()) settings.archive_cache = io::join_path(cache, "modtool/archives");
  settings.git_config = git_config_files(environment);
  add_git_entries(environment, settings.git_config);
  settings.git_network = git_network_settings(environment);
  settings.http_proxies = http_proxies(environment);
  keep(find_module_cache(go, environment, settings.module_cache),
       go.get("GOMODCACHE").empty() ? "GOPATH" : "GOMODCACHE");
  keep(apply_go_flags(go.get("GOFLAGS"), settings), "GOFLAGS");
  return settings;
}

}  // namespace modtool::cli
