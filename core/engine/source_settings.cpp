#include "core/engine/source_settings.hpp"

#include <chrono>

#include "core/base/retry.hpp"

namespace modtool::engine {
namespace {

constexpr std::chrono::seconds kShortPatience{10};  // of who only asks whether somebody is there

// What go passes over, only our own face takes.
goproxy::GoAuth go_auth(const Settings& settings, bool go_face) {
  return {.methods = settings.go_auth,
          .netrc = settings.git_network.netrc,
          .lone_passwords = go_face ? goproxy::LonePasswords::kPassOver : goproxy::LonePasswords::kTake,
          .environment = settings.environment,
          .search_path = settings.git_network.search_path};
}

}  // namespace

project::SourceSettings source_settings(const Settings& settings, const SourceRequest& request) {
  project::SourceSettings sources{
      .go = {.cache = settings.module_cache,
             .proxies = settings.proxy,
             .proxies_again = settings.proxy_again,
             .no_proxy = settings.no_proxy,
             .no_sum_db = settings.no_sum_db,
             .sum_db_off = settings.sum_db == "off",
             .offline = request.offline,
             .writable_cache = request.writable_cache || settings.modcacherw,
             .fills_cache = request.fills_cache,
             .learns = request.learns,
             .rule = request.checksums,
             .patience = {.attempts = request.go_face ? 1 : kAttempts}},  // go makes one
      .go_auth = go_auth(settings, request.go_face),
      .git_config = settings.git_config,
      .git_remote = {.cache = settings.git_cache,
                     .offline = request.offline,
                     .child = {.command = settings.git_child},
                     .network = settings.git_network},
      .archives = {.directory = settings.archive_cache, .offline = request.offline},
      .http = {.user_agent = "modtool",
               .authorities = {.file = settings.git_network.ca_file, .directories = settings.git_network.ca_directory},
               .proxies = settings.http_proxies}};
  if (!request.asks_once) return sources;
  sources.git_remote.attempts = 1;
  sources.git_remote.patience = kShortPatience;
  sources.http.times = {.connecting = kShortPatience, .silent = kShortPatience, .whole = kShortPatience * 3};
  return sources;
}

}  // namespace modtool::engine
