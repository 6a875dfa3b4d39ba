// What GOPROXY, GONOPROXY, GOAUTH and netrc come to for a project's modules, for people. Nobody is asked and no program
// is run but by `ask_proxy`.
#pragma once

#include <string>
#include <vector>

#include "core/goproxy/go_login.hpp"
#include "core/goproxy/go_source.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"
#include "core/source/route.hpp"

namespace modtool::goproxy {

// All of it outlives the look.
struct RouteInputs {
  const GoSourceOptions& options;
  const GoAuth& auth;
  const io::HttpProxies& proxies;
  const io::FileReader& files;
};

// Who is asked for the modules with these paths: the entries of GOPROXY in their order, then what no proxy is told.
std::vector<source::Route> find_proxy_routes(const RouteInputs& inputs, const std::vector<std::string>& paths);

// The methods of GOAUTH, programs by name, and what is to be said of the netrc file.
std::vector<Observation> find_login_places(const GoAuth& auth, const io::FileReader& files);

// Asks the proxy of a route for the versions of its module. `logins` are those of the client, for who of them answered.
source::Answer ask_proxy(io::HttpClient& http, io::HttpLogins& logins, const source::Route& route);

}  // namespace modtool::goproxy
