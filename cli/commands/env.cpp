#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/go_variables.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/io/url.hpp"

namespace modtool::cli {
namespace {

constexpr auto kDefault = "default";

struct Setting {
  std::string name;
  std::string value;   // passwords masked
  std::string origin;  // "environment", "default", a file, or another variable
};

// Every address of a list, its password masked.
std::string masked(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(",|"), text.size());
    shown += io::mask_password(text.substr(0, end));
    if (end < text.size()) shown += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return shown;
}

// The programs that GOAUTH names may be given secrets: each method by its first word.
std::string first_words(std::string_view methods) {
  std::vector<std::string> words;
  for (const auto method : split(methods, ';')) {
    const auto trimmed = trim(method);
    const auto word = trimmed.substr(0, trimmed.find(' '));
    words.push_back(std::string(word) + (word.size() < trimmed.size() ? " …" : ""));
  }
  return join(words, "; ");
}

class Settings {
 public:
  Settings(const engine::Settings& settings, const Environment& environment, const GoVariables& go)
      : in_(settings), environment_(environment), go_(go) {}

  std::vector<Setting> list() && {
    add_go();
    add_network();
    add_git();
    add_places();
    return std::move(settings_);
  }

 private:
  void add(std::string name, std::string value, std::string origin) {
    settings_.push_back({.name = std::move(name), .value = std::move(value), .origin = std::move(origin)});
  }

  void add_go_variable(const std::string& name, std::string value, const std::string& otherwise = kDefault) {
    const std::string origin = go_.origin(name);
    add(name, std::move(value), origin.empty() ? otherwise : origin);
  }

  void add_go() {
    const std::string privates = go_.get("GOPRIVATE").empty() ? kDefault : "GOPRIVATE";
    add("GOENV", environment_.get("GOENV") == "off" ? "off" : go_.file(),
        environment_.has("GOENV") ? "environment" : kDefault);
    add_go_variable("GOFLAGS", go_.get("GOFLAGS"));
    add_go_variable("GOPROXY", masked(in_.proxy));
    add_go_variable("GOPRIVATE", go_.get("GOPRIVATE"));
    add_go_variable("GONOPROXY", in_.no_proxy, privates);
    add_go_variable("GONOSUMDB", in_.no_sum_db, privates);
    add_go_variable("GOSUMDB", in_.sum_db.empty() ? "go's own" : in_.sum_db);
    add_go_variable("GOAUTH", in_.go_auth.empty() ? "netrc" : first_words(in_.go_auth));
    add_go_variable("GOMODCACHE", in_.module_cache, go_.get("GOPATH").empty() ? kDefault : "GOPATH");
    add_go_variable("GOWORK", in_.workspace);
    add_go_variable("GO111MODULE", in_.module_mode);
  }

  // Of several names the one that counts; nothing where none is set.
  void add_first(std::initializer_list<std::string_view> names) {
    for (const auto name : names) {
      const std::string value = environment_.get(name);
      if (value.empty()) continue;
      return add(std::string(name), masked(value), "environment");
    }
  }

  void add_network() {
    add_first({"HTTPS_PROXY", "https_proxy"});
    add_first({"HTTP_PROXY", "http_proxy"});
    add_first({"NO_PROXY", "no_proxy"});
    add_first({"SSL_CERT_FILE"});
    add_first({"SSL_CERT_DIR"});
    add("NETRC", in_.git_network.netrc, environment_.get("NETRC").empty() ? kDefault : "environment");
  }

  void add_git() {
    for (const auto* name : {"GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_NO_VERIFY", "GIT_ASKPASS", "SSH_ASKPASS",
                             "SSH_AUTH_SOCK", "GIT_CONFIG_COUNT"}) {
      add_first({name});
    }
    for (const auto& file : in_.git_config.files) add("git config", file, kDefault);
  }

  void add_places() {
    const std::string origin = environment_.directory("XDG_CACHE_HOME").empty() ? kDefault : "XDG_CACHE_HOME";
    add("git cache", in_.git_cache, origin);
    add("archive cache", in_.archive_cache, origin);
    add("store", in_.tree_store, origin);
    add("requirement index", in_.index_path, origin);
  }

  const engine::Settings& in_;
  const Environment& environment_;
  const GoVariables& go_;
  std::vector<Setting> settings_;
};

std::string render(const std::vector<Setting>& settings) {
  std::string text;
  for (const auto& [name, value, origin] : settings) {
    text += make_printable_line(fmt::format("{}={}  ({})", name, value, origin)) + "\n";
  }
  return text;
}

std::string render_json(const std::vector<Setting>& settings) {
  json::Value list = json::array();
  for (const auto& [name, value, origin] : settings) {
    append(list, json::object({{"name", name}, {"value", value}, {"origin", origin}}));
  }
  return json::format_document(json::object({{"schema", 1}, {"settings", std::move(list)}}));
}

Action configure(FlagSet&) {
  return [](Session& session) -> Result<int> {
    const auto& settings = session.context.settings;
    const Environment environment = Environment::from(settings.environment);
    GoVariables go(environment);
    MODTOOL_CHECK(go.load_file(session.context.files));
    const auto list = Settings(settings, environment, go).list();
    session.console.print(session.global.json ? render_json(list) : render(list));
    return kSuccess;
  };
}

}  // namespace

constinit const Command kEnvCommand = {
    .name = "env",
    .group = "machine",
    .summary = "show each setting, its value, and who says so; passwords are masked",
    .example = "modtool env --json",
    .configure = configure,
};

}  // namespace modtool::cli
