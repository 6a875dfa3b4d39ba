#include "core/git/git_routes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/git/git_login.hpp"
#include "core/git/ssh_setup.hpp"
#include "core/io/url.hpp"
#include "core/source/netrc.hpp"
#include "core/source/netrc_file.hpp"

namespace modtool::git {
namespace {

std::string_view scheme_of(GitTransport transport) {
  switch (transport) {
    case GitTransport::kGit:
      return "git";
    case GitTransport::kHttp:
      return "http";
    case GitTransport::kHttps:
      return "https";
    case GitTransport::kSsh:
      return "ssh";
    case GitTransport::kLocal:
      break;
  }
  return "file";
}

class ServerLook {
 public:
  ServerLook(const GitUrl& url, const GitRouteInputs& inputs) : url_(url), in_(inputs), seen_(fine(server_name(url))) {
    seen_.server = seen_.message;
  }

  Observation run() && {
    if (url_.transport == GitTransport::kSsh) {
      look_at_ssh();
      return std::move(seen_);
    }
    if (url_.is_plain()) fail_with(Grade::kWarning, Code::kUnsupportedScheme, "nothing proves who answers there");
    if (url_.transport == GitTransport::kGit) return std::move(seen_);
    look_at_proxy();
    if (url_.transport == GitTransport::kHttps) look_at_certificates();
    look_at_logins();
    return std::move(seen_);
  }

 private:
  void fail_with(Grade grade, Code code, const std::string& what, Fix fix = {}) {
    if (grade <= seen_.grade) {
      seen_.details.push_back(what);
      return;
    }
    seen_.grade = grade;
    seen_.code = code;
    seen_.message += ": " + what;
    seen_.fix = std::move(fix);
  }

  void look_at_proxy() {
    const auto proxy = find_proxy(in_.network, in_.config, url_);
    if (!proxy) return fail_with(Grade::kProblem, proxy.error().code, proxy.error().message);
    if (!proxy->empty()) seen_.details.push_back("through the proxy " + io::mask_password(*proxy));
  }

  void look_at_certificates() {
    const auto authorities = find_authorities(in_.network, in_.config, url_);
    for (const auto& path : {authorities.file, authorities.directory}) {
      if (path.empty()) continue;
      const auto info = in_.files.stat(path).required();
      if (info) seen_.details.push_back("certificates of " + path);
      if (!info) fail_with(Grade::kProblem, Code::kBadSetting, "no certificates: " + to_line(info.error()));
    }
    if (asks_for_no_verification(in_.network, in_.config, url_)) {
      fail_with(Grade::kWarning, Code::kBadSetting,
                "its certificate is checked, whatever http.sslVerify or GIT_SSL_NO_VERIFY says");
    }
  }

  std::string login() const {
    if (login_of_url(url_)) return "that of the URL";
    const auto user = url_.user.substr(0, url_.user.find(':'));
    const std::string netrc = source::netrc_to_look_at(in_.network.netrc, in_.files);
    const auto found = source::load_netrc_login(
        in_.files, netrc,
        {.host = url_.host, .port = std::to_string(url_.effective_port()), .user = user, .takes_default = true});
    const bool has_one = found && *found;  // what is wrong with the file, find_login_places tells
    return has_one ? "that of " + in_.network.netrc : "none";
  }

  void look_at_logins() {
    if (!extra_headers(in_.config, url_).empty()) seen_.details.emplace_back("with the headers of http.extraHeader");
    seen_.details.push_back("login, where it asks for one: " + login());
    const auto helpers = helper_names(in_.config, url_);
    if (!helpers.empty()) seen_.details.push_back("then may be asked: `git credential` with " + join(helpers, ", "));
  }

  void look_at_ssh() {
    const auto setup = gather_ssh(url_, in_.network, in_.files);
    if (setup.ssh.trusted.empty()) {
      fail_with(Grade::kProblem, Code::kHostKeyUnknown, "no file of known_hosts knows its key", known_hosts_fix(url_));
    } else {
      seen_.details.push_back("its key is known: " + to_string(setup.known_at));
    }
    std::vector<std::string> keys = setup.ssh.key_files;
    const bool has_agent = !setup.ssh.agent.empty() && in_.files.stat(setup.ssh.agent).or_nothing();
    if (has_agent) keys.insert(keys.begin(), "those of ssh-agent");
    if (!keys.empty()) seen_.details.push_back("keys that are shown: " + join(keys, ", "));
    if (keys.empty() && setup.locked_files.empty()) {
      fail_with(Grade::kProblem, Code::kKeyRefused, "there is no key to show, neither in ssh-agent nor in ~/.ssh",
                Fix::command({"ssh-keygen", "-t", "ed25519"}));
    }
    if (keys.empty() && !setup.locked_files.empty()) {
      fail_with(Grade::kProblem, Code::kKeyRefused,
                setup.locked_files.front() + " has a passphrase, and ssh-agent has no key",
                Fix::command({"ssh-add", setup.locked_files.front()}));
    }
  }

  const GitUrl& url_;
  const GitRouteInputs& in_;
  Observation seen_;
};

// All that could be run, whatever URL they are for.
Observation name_helpers(const GitRouteInputs& inputs) {
  std::vector<std::string> names;
  for (const auto& helper : inputs.config.helpers) {
    if (!helper.command.empty()) names.push_back(shown_helper(helper.command));
  }
  const std::string what = "`git credential` with " + join(names, ", ") + ": run when a server wants a login";
  if (!find_program(inputs.files, inputs.network.search_path, "git").empty()) return fine(what);
  return warning(Code::kToolMissing, what + "; but git is in no absolute directory of the PATH");
}

}  // namespace

std::string server_name(const GitUrl& url) {
  if (url.transport == GitTransport::kLocal) return url.path;
  const std::string user =
      url.transport == GitTransport::kSsh && !url.user.empty() ? url.user.substr(0, url.user.find(':')) + "@" : "";
  const std::string port = url.port == 0 ? "" : fmt::format(":{}", url.port);
  return fmt::format("{}://{}{}{}", scheme_of(url.transport), user, url.host, port);
}

Observation describe_server(const GitUrl& url, const GitRouteInputs& inputs) { return ServerLook(url, inputs).run(); }

std::vector<Observation> find_login_places(const GitRouteInputs& inputs) {
  const auto& network = inputs.network;
  std::vector<Observation> seen;
  const auto text = source::look_at_netrc(network.netrc, inputs.files, seen);
  if (const auto rules = source::check_netrc(text, network.netrc); !rules) seen.push_back(problem(rules.error()));
  if (!inputs.config.helpers.empty()) seen.push_back(name_helpers(inputs));
  if (network.ssh_agent.empty()) return seen;
  const auto socket = inputs.files.stat(network.ssh_agent).required();
  seen.push_back(
      socket ? fine("ssh-agent: " + network.ssh_agent)
             : warning(Code::kBadSetting, "ssh-agent does not run: " + to_line(socket.error())).of("SSH_AUTH_SOCK"));
  return seen;
}

}  // namespace modtool::git
