#include <mutex>

#include "core/archive/archive_source.hpp"
#include "core/git/git_routes.hpp"
#include "core/git/git_source.hpp"
#include "core/native/full_usage.hpp"
#include "core/native/native_dialect.hpp"
#include "core/project/dialects.hpp"
#include "core/project/native_routes.hpp"
#include "core/source/described_source.hpp"
#include "core/source/netrc.hpp"
#include "core/source/server_answer.hpp"

namespace modtool::project {
namespace {

using module::ModuleVersion;

// By the mode that the manifest names: all of every module.
std::unique_ptr<manifest::UsageAnalysis> make_usage(const UsageInputs& inputs) {
  return native::make_full_usage(inputs.pool);
}

io::HttpOptions https_options(const SourceSettings& settings, const io::FileReader& files) {
  io::HttpOptions options = settings.http;
  options.security = io::HttpSecurity::kTls;
  options.logins = source::make_netrc_logins(settings.git_remote.network.netrc, files);
  return options;
}

// Git and archives, chosen by what the manifest describes of a path.
class NativeSupply final : public ModuleSupply {
 public:
  NativeSupply(const SourceSettings& settings, const SupplyInputs& inputs)
      : settings_(settings),
        inputs_(inputs),
        git_config_(settings_.git_config),
        https_(io::make_http_client(inputs.cancellation, https_options(settings_, inputs.files))) {
    source::DescribedSources sources;
    sources.git = make_git();
    sources.archives = make_archives();
    sources.is_archive = [this](const std::string& path) {
      const auto* const description = describe(path);
      return description != nullptr && !description->archive.empty();
    };
    source_ = source::make_described_source(std::move(sources));
  }

  source::ModuleSource& source() override { return *source_; }
  source::LockingSource* origins() override { return source_.get(); }

  std::vector<source::Route> routes(const std::vector<ModuleVersion>& modules) override {
    return find_native_routes(route_inputs(), modules);
  }
  std::vector<Observation> login_places() override { return find_native_logins(route_inputs()); }
  source::Answer ask(const source::Route& route) override {
    if (route.is_repository) return ask_repository(route);
    return source::answer_of(route.url, https_->get(route.url + "/", source::kMostOfAnswer),
                             source::Question::kPresence);
  }

 private:
  const manifest::Description* describe(const std::string& path) const {
    const auto& descriptions = inputs_.project.manifest.describe;
    const auto found = descriptions.find(path);
    return found == descriptions.end() ? nullptr : &found->second;
  }

  NativeRouteInputs route_inputs() const {
    return {.project = inputs_.project,
            .config = git_config_,
            .network = settings_.git_remote.network,
            .proxies = settings_.http.proxies,
            .files = inputs_.files};
  }

  source::Answer ask_repository(const source::Route& route) {
    const auto url = git::parse_git_url(route.url, git::PlainUrls::kTaken);
    if (!url) return {.seen = problem(url.error())};
    auto origin = connect(*url);
    const auto refs = origin ? (*origin)->refs() : fail(origin.error());
    source::Answer answer{.seen = refs ? fine(git::server_name(*url) + " answers") : problem(refs.error())};
    answer.seen.server = git::server_name(*url);
    return answer;
  }

  std::string manifest_name() const { return std::string(inputs_.project.dialect->manifest_name()); }
  std::string synthesise(const ModuleVersion& module) const {
    return inputs_.project.dialect->synthesise_manifest(module.path);
  }

  std::unique_ptr<source::LockingSource> make_git() {
    return git::make_git_source({.manifest_name = manifest_name(),
                                 .directory = inputs_.project.root,
                                 .offline = settings_.git_remote.offline,
                                 .config = [this] { return git_config_.get(); },
                                 .describe = [this](const std::string& path) { return describe(path); },
                                 .locked = [this](const ModuleVersion& module) { return inputs_.lock.find(module); },
                                 .synthesise = [this](const ModuleVersion& module) { return synthesise(module); },
                                 .connect = [this](const git::GitUrl& url) { return connect(url); }});
  }

  std::unique_ptr<source::LockingSource> make_archives() {
    return archive::make_archive_source(
        {.manifest_name = manifest_name(),
         .directory = inputs_.project.root,
         .cache = settings_.archives,
         .describe = [this](const std::string& path) { return describe(path); },
         .locked = [this](const ModuleVersion& module) { return inputs_.lock.find(module); },
         .synthesise = [this](const ModuleVersion& module) { return synthesise(module); }},
        {inputs_.files, *https_, inputs_.reporter, inputs_.cancellation}, inputs_.pool);
  }

  // Repositories of other machines, prepared for when the first one is asked for.
  Result<std::unique_ptr<git::GitOrigin>> connect(const git::GitUrl& url) {
    std::call_once(remotes_made_, [this] {
      remotes_ = std::make_unique<git::GitRemotes>(settings_.git_remote, git_config_, inputs_.reporter, inputs_.files,
                                                   inputs_.cancellation);
    });
    return remotes_->open(url);
  }

  SourceSettings settings_;
  SupplyInputs inputs_;
  git::LazyGitConfig git_config_;
  std::once_flag remotes_made_;
  std::unique_ptr<git::GitRemotes> remotes_;
  std::unique_ptr<io::HttpClient> https_;  // for archives
  std::unique_ptr<source::LockingSource> source_;
};

std::unique_ptr<ModuleSupply> make_supply(const SourceSettings& settings, const SupplyInputs& inputs) {
  return std::make_unique<NativeSupply>(settings, inputs);
}

}  // namespace

DialectRow native_row(const ToolVersions& versions) {
  return {.dialect = native::make_native_dialect(versions.modtool),
          .make_usage = make_usage,
          .make_supply = make_supply,
          .build_system = "cmake",
          .can = {.locks_graph = true,
                  .has_origins = true,
                  .finds_newer = true,
                  .modules_at_hand = "the modules at hand",
                  .checksum_fix = Fix::modtool("tidy")},
          .not_found = "modtool.json not found in current directory or any parent directory"};
}

}  // namespace modtool::project
