// Where the modules of a native project come from, for people: the servers of its repositories and archives.
#pragma once

#include <vector>

#include "core/git/git_config.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"
#include "core/project/project.hpp"
#include "core/source/route.hpp"

namespace modtool::project {

// All of it outlives the look.
struct NativeRouteInputs {
  const Project& project;
  const git::LazyGitConfig& config;
  const git::GitNetworkSettings& network;
  const io::HttpProxies& proxies;  // of archives
  const io::FileReader& files;
};

// A route for each server, sorted, one for what is on this machine, and one for each thing that is wrong.
std::vector<source::Route> find_native_routes(const NativeRouteInputs& inputs,
                                              const std::vector<module::ModuleVersion>& modules);

// netrc, credential helpers and ssh-agent.
std::vector<Observation> find_native_logins(const NativeRouteInputs& inputs);

}  // namespace modtool::project
