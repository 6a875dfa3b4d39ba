// How the repositories of a server are reached, for people: proxy, certificates, keys and logins. Nobody is asked, no
// program is run and nothing is written.
#pragma once

#include <string>
#include <vector>

#include "core/base/observation.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/git/git_url.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

// All of it outlives the look.
struct GitRouteInputs {
  const GitConfig& config;
  const GitNetworkSettings& network;
  const io::FileReader& files;
};

// "https://host", "ssh://git@host:2222"; of this machine the path.
std::string server_name(const GitUrl& url);

// The server of a URL of another machine.
Observation describe_server(const GitUrl& url, const GitRouteInputs& inputs);

// The netrc file, credential helpers by name, and ssh-agent.
std::vector<Observation> find_login_places(const GitRouteInputs& inputs);

}  // namespace modtool::git
