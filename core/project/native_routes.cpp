#include "core/project/native_routes.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "core/archive/archive_location.hpp"
#include "core/git/git_location.hpp"
#include "core/git/git_routes.hpp"
#include "core/io/http_proxy.hpp"
#include "core/io/url.hpp"
#include "core/source/netrc.hpp"
#include "core/source/netrc_file.hpp"

namespace modtool::project {
namespace {

using module::ModuleVersion;
using source::Route;

class RouteFinder {
 public:
  RouteFinder(const NativeRouteInputs& inputs, const git::GitConfig& config)
      : in_(inputs), git_{.config = config, .network = inputs.network, .files = inputs.files} {}

  std::vector<Route> run(const std::vector<ModuleVersion>& modules) && {
    for (const auto& module : modules) {
      const auto* const description = describe(module.path);
      const bool is_archive = description != nullptr && !description->archive.empty();
      const auto outcome = is_archive ? take_archive(module, *description) : take_git(module, description);
      if (!outcome) wrong_.push_back({.seen = problem(said_of(module.path, description, outcome.error()))});
    }
    std::vector<Route> routes;
    routes.reserve(servers_.size() + wrong_.size());
    for (auto& [server, route] : servers_) routes.push_back(std::move(route));
    std::ranges::move(wrong_, std::back_inserter(routes));
    return routes;
  }

 private:
  const manifest::Description* describe(const std::string& path) const {
    const auto found = in_.project.manifest.describe.find(path);
    return found == in_.project.manifest.describe.end() ? nullptr : &found->second;
  }

  // The route of that name, made where there is none.
  template <class Make>
  void add(const std::string& name, const ModuleVersion& module, const Make& make) {
    auto found = servers_.find(name);
    if (found == servers_.end()) found = servers_.emplace(name, make()).first;
    auto& modules = found->second.seen.modules;
    if (modules.empty() || modules.back() != module.path) modules.push_back(module.path);
  }

  Result<void> take_git(const ModuleVersion& module, const manifest::Description* description) {
    MODTOOL_TRY(const auto location, git::locate_git_module(module.path, description, git_.config, in_.project.root));
    const auto& url = location.url;
    if (url.transport == git::GitTransport::kLocal) return take_local(module, url.path);
    const bool is_moved = location.declared.text != url.text;
    const std::string declared = is_moved ? git::server_name(location.declared) : "";
    add(git::server_name(url) + " " + declared, module, [&] {
      Route route{
          .seen = git::describe_server(url, git_), .url = url.text, .module = module.path, .is_repository = true};
      if (is_moved) route.seen.details.push_back("in the place of " + declared + ", by url.<base>.insteadOf");
      return route;
    });
    return {};
  }

  Result<void> take_archive(const ModuleVersion& module, const manifest::Description& description) {
    MODTOOL_TRY(const auto location, archive::locate_archive(description.archive, module.version, in_.project.root));
    if (!location.path.empty()) return take_local(module, location.path);
    const std::string server = "https://" + std::string(io::split_url(location.url).place);
    add(server + " archives", module, [&] { return archive_server(server, module); });
    return {};
  }

  Result<void> take_local(const ModuleVersion& module, const std::string& path) {
    MODTOOL_CHECK(in_.files.stat(path).required());
    add("", module, [] { return Route{.seen = fine("repositories and archives of this machine")}; });
    return {};
  }

  Route archive_server(const std::string& server, const ModuleVersion& module) const {
    const auto way = io::find_proxy(in_.proxies, server);
    if (!way) return {.seen = problem(way.error()).of("HTTPS_PROXY")};
    Route route{.seen = fine(server + ", for archives"), .url = server, .module = module.path};
    route.seen.server = server;
    if (!way->empty()) route.seen.details.push_back("through the proxy " + io::mask_password(*way));
    const auto [host, port] = io::host_and_port(server);
    const std::string netrc = source::netrc_to_look_at(in_.network.netrc, in_.files);
    const auto login = source::load_netrc_login(in_.files, netrc, {.host = host, .port = port});
    route.seen.details.push_back(login && *login ? "login: that of " + in_.network.netrc : "login: none");
    return route;
  }

  const NativeRouteInputs& in_;
  git::GitRouteInputs git_;
  std::map<std::string, Route> servers_;  // by name
  std::vector<Route> wrong_;
};

}  // namespace

std::vector<Route> find_native_routes(const NativeRouteInputs& inputs, const std::vector<ModuleVersion>& modules) {
  if (modules.empty()) return {};
  const auto config = inputs.config.get();
  if (!config) return {};  // which find_native_logins tells
  return RouteFinder(inputs, **config).run(modules);
}

std::vector<Observation> find_native_logins(const NativeRouteInputs& inputs) {
  const auto config = inputs.config.get();
  const git::GitConfig none;
  auto seen =
      git::find_login_places({.config = config ? **config : none, .network = inputs.network, .files = inputs.files});
  if (config) return seen;
  const bool is_missing = config.error().code == Code::kLibraryMissing;  // which only who has such modules needs
  seen.push_back(observe(is_missing ? Grade::kWarning : Grade::kProblem, config.error()));
  return seen;
}

}  // namespace modtool::project
