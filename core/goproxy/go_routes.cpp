#include "core/goproxy/go_routes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/first_few.hpp"
#include "core/base/quoted_words.hpp"
#include "core/base/text.hpp"
#include "core/goproxy/auth_methods.hpp"
#include "core/goproxy/proxy_chain.hpp"
#include "core/goproxy/proxy_url.hpp"
#include "core/io/attached_process.hpp"
#include "core/io/http_proxy.hpp"
#include "core/io/url.hpp"
#include "core/module/path.hpp"
#include "core/source/netrc_file.hpp"
#include "core/source/server_answer.hpp"

namespace modtool::goproxy {
namespace {

using source::Route;
using Kind = ProxyEntry::Kind;

class RouteFinder {
 public:
  RouteFinder(const RouteInputs& inputs, const std::vector<std::string>& paths) : inputs_(inputs) {
    for (const auto& path : paths) {
      (module::match_prefix_patterns(inputs.options.no_proxy, path) ? private_ : public_).push_back(path);
    }
  }

  std::vector<Route> run() && {
    const auto list = parse_proxy_list(inputs_.options.proxies, inputs_.options.no_proxy);
    if (!list) {
      add({.seen = problem(list.error()).of("GOPROXY")});
      return std::move(routes_);
    }
    for (const auto& entry : list->entries) take(entry);
    if (!private_.empty()) add({.seen = private_modules()});
    return std::move(routes_);
  }

 private:
  void add(Route route) { routes_.push_back(std::move(route)); }

  // When an entry is asked, by the one before it.
  std::string when() const {
    if (before_ == nullptr) return "";
    return before_->falls_back_on_any ? ", after any failure" : ", after 404 or 410";
  }

  void take(const ProxyEntry& entry) {
    switch (entry.kind) {
      case Kind::kPrivate:
        return;
      case Kind::kProxy:
        add(proxy(entry));
        break;
      case Kind::kDirect:
        add({.seen = direct()});
        break;
      case Kind::kOff:
        add({.seen = about_public(fine("off" + when() + ": nobody is asked"))});
        break;
    }
    before_ = &entry;
  }

  Observation about_public(Observation seen) const {
    seen.modules = public_;
    return seen;
  }

  Observation direct() const {
    const bool is_needed = before_ == nullptr && !public_.empty();
    const std::string what = "direct" + when() + ": each module's own repository, which is not supported yet";
    if (!is_needed) return about_public(fine(what));
    return about_public(warning(Code::kUnsupportedScheme, what).with(Fix::command({"go", "mod", "download"})));
  }

  Observation private_modules() const {
    auto seen = warning(Code::kUnsupportedScheme,
                        fmt::format("no proxy is told of what GONOPROXY or GOPRIVATE names ({}): its own repository is "
                                    "to be asked, which is not supported yet",
                                    inputs_.options.no_proxy));
    seen.modules = private_;
    std::vector<std::string> told;
    for (const auto& path : private_) {
      if (!module::match_prefix_patterns(inputs_.options.no_sum_db, path)) told.push_back(path);
    }
    if (!told.empty() && !inputs_.options.sum_db_off) {
      seen.details.push_back("GONOSUMDB does not keep from go's checksum database: " + first_few(told));
    }
    return std::move(seen).with(Fix::command({"go", "mod", "download"}));
  }

  Route proxy(const ProxyEntry& entry) const {
    const auto url = parse_proxy_url(entry.url);  // which was looked at when the list was
    Route route{.seen = url->scheme == "file" ? directory(*url) : server(*url)};
    route.seen.modules = public_;
    if (url->scheme == "file") return route;
    route.url = url->base;
    if (!public_.empty()) route.module = public_.front();
    return route;
  }

  Observation directory(const ProxyUrl& url) const {
    const auto info = inputs_.files.stat(url.path).required();
    if (!info) return problem(info.error()).of("GOPROXY");
    if (info->kind == io::FileKind::kDirectory) return fine(url.shown + when());
    return problem(Code::kNotADirectory, url.shown + ": not a directory").of("GOPROXY");
  }

  Observation server(const ProxyUrl& url) const {
    const bool has_login = !io::split_url(url.base).user.empty();
    if (has_login && url.scheme == "http") {
      return problem(Code::kForbidden, "refusing to pass credentials to insecure URL: " + url.shown).of("GOPROXY");
    }
    const auto way = io::find_proxy(inputs_.proxies, url.base);
    if (!way) return problem(way.error()).of(url.scheme == "http" ? "HTTP_PROXY" : "HTTPS_PROXY");
    Observation seen = fine(url.shown + when());
    seen.server = url.shown;
    if (!way->empty()) seen.details.push_back("through the proxy " + io::mask_password(*way));
    if (has_login) seen.details.emplace_back("login: that of the URL");
    if (!has_login && url.scheme == "http") seen.details.emplace_back("login: none, as it is not https");
    if (!has_login && url.scheme == "https") add_logins(url, seen);
    return seen;
  }

  void add_logins(const ProxyUrl& url, Observation& seen) const {
    GoAuth auth = inputs_.auth;
    auth.netrc = source::netrc_to_look_at(auth.netrc, inputs_.files);
    const auto sources = find_login_sources(auth, inputs_.files, url.base);
    if (!sources) return;  // which login_places tells
    const std::string machine =
        sources->machine.empty() ? "none" : fmt::format("machine {} of {}", sources->machine, inputs_.auth.netrc);
    seen.details.push_back("login: " + machine);
    if (!sources->programs.empty()) seen.details.push_back("may be asked for one: " + join(sources->programs, ", "));
  }

  const RouteInputs& inputs_;
  std::vector<std::string> public_;
  std::vector<std::string> private_;
  const ProxyEntry* before_ = nullptr;  // the entry that was asked before
  std::vector<Route> routes_;
};

Observation describe_program(const AuthMethod& method, const GoAuth& auth) {
  const bool is_git = method.kind == AuthMethod::Kind::kGit;
  const auto words = is_git ? Result<std::vector<std::string>>({"git"}) : split_quoted_words(method.text);
  const std::string name = words && !words->empty() ? words->front() : "";
  if (io::find_program(name, auth.search_path).empty()) {
    return problem(Code::kChildFailed,
                   fmt::format("{}: {} is in no absolute directory of the PATH", shown_method(method), quote(name)))
        .of("GOAUTH");
  }
  return fine(shown_method(method) + (is_git ? ": `git credential` is run when a server refuses"
                                             : ": run before the first request, and when a server refuses"));
}

void add_netrc(const GoAuth& auth, const io::FileReader& files, std::vector<Observation>& seen) {
  const auto text = source::look_at_netrc(auth.netrc, files, seen);
  for (const auto& [line, what] : find_netrc_slips(text, auth.lone_passwords)) {
    seen.push_back(
        warning(Error{.code = Code::kBadSetting, .message = what, .where = {.file = auth.netrc, .line = line}}));
  }
}

}  // namespace

std::vector<Route> find_proxy_routes(const RouteInputs& inputs, const std::vector<std::string>& paths) {
  return RouteFinder(inputs, paths).run();
}

std::vector<Observation> find_login_places(const GoAuth& auth, const io::FileReader& files) {
  const auto methods = parse_auth_methods(auth.methods.empty() ? "netrc" : auth.methods, files);
  if (!methods) return {problem(methods.error()).of("GOAUTH")};
  std::vector<Observation> seen;
  if (methods->empty()) seen.push_back(fine("GOAUTH=off: no login is looked for"));
  for (const auto& method : *methods) {
    if (method.kind == AuthMethod::Kind::kNetrc) add_netrc(auth, files, seen);
    if (method.kind != AuthMethod::Kind::kNetrc) seen.push_back(describe_program(method, auth));
  }
  return seen;
}

source::Answer ask_proxy(io::HttpClient& http, io::HttpLogins& logins, const Route& route) {
  const std::string shown = io::mask_password(route.url);
  const auto escaped = module::escape_path(route.module);
  const bool has_module = !route.module.empty() && escaped;
  const std::string file = has_module ? "/" + escape_url_path(*escaped) + "/@v/list" : "/";
  const auto reply = http.get({.url = route.url + file, .limit = source::kMostOfAnswer, .base = route.url});
  auto answer = source::answer_of(shown, reply, has_module ? source::Question::kFile : source::Question::kPresence);
  const auto parts = io::split_url(route.url);
  const bool is_untold = reply && reply->notes.empty() && parts.scheme == "https" && parts.user.empty();
  if (is_untold) answer.seen.details = logins.explain(route.url);
  const bool is_without = has_module && answer.seen.code == Code::kNotFound;
  if (is_without) answer.seen.message += fmt::format(": it does not have {}", route.module);
  return answer;
}

}  // namespace modtool::goproxy
