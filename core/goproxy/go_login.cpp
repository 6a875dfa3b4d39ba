#include "core/goproxy/go_login.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/goproxy/auth_methods.hpp"
#include "core/goproxy/auth_programs.hpp"
#include "core/goproxy/auth_reply.hpp"
#include "core/goproxy/login_table.hpp"

namespace modtool::goproxy {
namespace {

using Kind = AuthMethod::Kind;

std::string methods_of(const GoAuth& auth) { return auth.methods.empty() ? "netrc" : auth.methods; }

Result<std::vector<MachineLogin>> read_netrc(const GoAuth& auth, const io::FileReader& files) {
  if (auth.netrc.empty()) return std::vector<MachineLogin>();
  MODTOOL_TRY(const auto text, files.read_given(auth.netrc).if_there());
  return parse_go_netrc(text.value_or(""), auth.lone_passwords);
}

// Of entries for one machine the first counts.
void keep_netrc(const std::vector<MachineLogin>& logins, const std::string& source, LoginTable& table) {
  for (auto login = logins.rbegin(); login != logins.rend(); ++login) {
    table.keep({.prefix = login->machine, .headers = {io::basic_login(login->login)}}, source);
  }
}

// "www-authenticate" → "Www-Authenticate"
std::string spell_header(std::string_view name) {
  std::string spelled = to_lower(name);
  bool is_first = true;
  for (char& c : spelled) {
    if (is_first && is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
    is_first = c == '-';
  }
  return spelled;
}

// What a command of GOAUTH reads of a reply: a line for each name, spelled as Go does.
std::string format_refusal(const io::HttpRefusal& refusal) {
  std::vector<io::HttpHeader> lines;
  for (const auto& [name, value] : refusal.headers) {
    const std::string spelled = spell_header(name);
    const auto same = std::ranges::find(lines, spelled, &io::HttpHeader::name);
    if (same == lines.end()) {
      lines.push_back({.name = spelled, .value = value});
    } else {
      same->value += ", " + value;
    }
  }
  std::string text = refusal.status + "\n";
  for (const auto& [name, value] : lines) text += fmt::format("{}: {}\n", name, value);
  return text + "\n";
}

// What one request has the methods asked about; nothing before the first one.
struct Occasion {
  std::string url;
  std::string reply;
};

class GoLogins final : public io::HttpLogins {
 public:
  GoLogins(GoAuth auth, const GoLoginInputs& inputs)
      : auth_(std::move(auth)), inputs_(inputs), programs_(auth_.environment, auth_.search_path, inputs.cancellation) {}

  Result<std::optional<io::HttpCredential>> find(const std::string& url) override {
    const std::lock_guard lock(mutex_);
    MODTOOL_CHECK(begin());
    return look_up(url);
  }

  Result<std::optional<io::OtherLogin>> find_other(const io::HttpRefusal& refusal) override {
    const std::lock_guard lock(mutex_);
    if (!runs_programs()) return std::nullopt;
    // Another thread's request may have brought it meanwhile.
    if (auto login = look_up(refusal.url); is_other(login, refusal)) {
      return io::OtherLogin{.credential = *std::move(login), .is_last = false};
    }
    MODTOOL_CHECK(ask_all({.url = refusal.url, .reply = format_refusal(refusal)}));
    auto login = look_up(refusal.url);
    if (!is_other(login, refusal)) return std::nullopt;
    return io::OtherLogin{.credential = *std::move(login), .is_last = true};
  }

  // Git's helpers are told how it went, once, so that they keep or forget what they gave.
  void report(const io::HttpCredential& credential, bool accepted) override {
    const std::lock_guard lock(mutex_);
    const auto found = git_replies_.find(credential.prefix);
    if (found == git_replies_.end()) return;
    const auto [method, reply] = std::exchange(found->second, {});
    git_replies_.erase(found);
    // A helper that cannot keep what it gave is no reason to stop.
    static_cast<void>(programs_.ask_git(method, accepted ? "approve" : "reject", reply));
  }

  std::vector<std::string> explain(const std::string& url) override {
    const std::lock_guard lock(mutex_);
    if (const auto* const login = logins_.find(url)) {
      return {fmt::format("the login that {} has for {} was shown", login->source, login->credential.prefix)};
    }
    std::vector<std::string> lines;
    lines.reserve(methods_.size() + 1);
    for (const auto& method : methods_) lines.push_back(explain_method(method));
    if (methods_.empty()) lines.emplace_back("GOAUTH=off: no login is looked for");
    return lines;
  }

 private:
  bool runs_programs() const {
    return std::ranges::any_of(methods_, [](const auto& method) { return method.kind != Kind::kNetrc; });
  }

  std::optional<io::HttpCredential> look_up(const std::string& url) const {
    const auto* const login = logins_.find(url);
    return login != nullptr ? std::optional(login->credential) : std::nullopt;
  }

  static bool is_other(const std::optional<io::HttpCredential>& login, const io::HttpRefusal& refusal) {
    return login && login->headers != refusal.shown;
  }

  Result<void> begin() {
    if (std::exchange(has_begun_, true)) return begun_;
    auto methods = parse_auth_methods(methods_of(auth_), inputs_.files);
    begun_ = methods ? Result<void>() : fail(methods.error());
    MODTOOL_CHECK(begun_);
    methods_ = *std::move(methods);
    return ask_all({});
  }

  Result<void> ask_all(const Occasion& occasion) {
    failures_.clear();
    for (auto method = methods_.rbegin(); method != methods_.rend(); ++method) {
      auto outcome = ask(*method, occasion);
      MODTOOL_CHECK(inputs_.cancellation.check());
      if (!outcome) failures_[method->text] = to_line(outcome.error());
    }
    trace_failures(occasion);
    return {};
  }

  Result<void> ask(const AuthMethod& method, const Occasion& occasion) {
    switch (method.kind) {
      case Kind::kNetrc:
        return ask_netrc(method);
      case Kind::kGit:
        return occasion.url.empty() ? Result<void>() : ask_git(method, occasion);
      case Kind::kCommand:
        break;
    }
    return ask_command(method, occasion);
  }

  Result<void> ask_netrc(const AuthMethod& method) {
    MODTOOL_TRY(const auto logins, read_netrc(auth_, inputs_.files));
    keep_netrc(logins, shown_method(method) + " (" + auth_.netrc + ")", logins_);
    return {};
  }

  Result<void> ask_git(const AuthMethod& method, const Occasion& occasion) {
    MODTOOL_TRY(const std::string reply, programs_.ask_git(method, "fill", "url=" + occasion.url + "\n"));
    MODTOOL_TRY(auto credential, parse_git_reply(reply, occasion.url));
    git_replies_.insert_or_assign(credential.prefix, std::pair(method, reply));
    logins_.keep(std::move(credential), shown_method(method));
    return {};
  }

  Result<void> ask_command(const AuthMethod& method, const Occasion& occasion) {
    MODTOOL_TRY(const std::string reply, programs_.run(method, occasion.url, occasion.reply));
    auto credentials = parse_auth_reply(reply);
    if (!credentials) return fail_in(std::move(credentials), "cannot parse output of " + shown_method(method));
    for (auto& credential : *credentials) logins_.keep(std::move(credential), shown_method(method));
    return {};
  }

  void trace_failures(const Occasion& occasion) {
    if (occasion.url.empty() || failures_.empty() || logins_.find(occasion.url) != nullptr) return;
    inputs_.reporter.trace(fmt::format("GOAUTH encountered errors for {}:", occasion.url));
    for (auto method = methods_.rbegin(); method != methods_.rend(); ++method) {
      const auto failure = failures_.find(method->text);
      if (failure == failures_.end()) continue;
      inputs_.reporter.trace(fmt::format("  {}: {}", shown_method(*method), failure->second));
    }
  }

  std::string explain_method(const AuthMethod& method) const {
    const auto failure = failures_.find(method.text);
    if (failure != failures_.end()) return shown_method(method) + ": " + failure->second;
    const std::string place = method.kind != Kind::kNetrc ? ""
                              : auth_.netrc.empty()       ? ": there is no netrc file, as HOME is not set"
                                                          : ": " + auth_.netrc;
    return shown_method(method) + place + " has no login for it";
  }

  GoAuth auth_;
  GoLoginInputs inputs_;
  AuthPrograms programs_;
  std::mutex mutex_;  // of all below
  bool has_begun_ = false;
  Result<void> begun_;
  std::vector<AuthMethod> methods_;
  LoginTable logins_;
  std::map<std::string, std::string> failures_;  // of the methods, the last time they were asked
  std::map<std::string, std::pair<AuthMethod, std::string>> git_replies_;  // by prefix, until it is known how it went
};

}  // namespace

std::shared_ptr<io::HttpLogins> make_go_logins(GoAuth auth, const GoLoginInputs& inputs) {
  return std::make_shared<GoLogins>(std::move(auth), inputs);
}

Result<LoginSources> find_login_sources(const GoAuth& auth, const io::FileReader& files, const std::string& url) {
  MODTOOL_TRY(const auto methods, parse_auth_methods(methods_of(auth), files));
  LoginSources sources;
  for (const auto& method : methods) {
    if (method.kind != Kind::kNetrc) {
      sources.programs.push_back(shown_method(method));
      continue;
    }
    MODTOOL_TRY(const auto logins, read_netrc(auth, files));
    LoginTable table;
    keep_netrc(logins, "", table);
    if (const auto* const login = table.find(url)) sources.machine = login->credential.prefix;
  }
  return sources;
}

}  // namespace modtool::goproxy
