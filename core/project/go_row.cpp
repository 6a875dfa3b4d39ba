#include "core/gomod/go_dialect.hpp"
#include "core/goproxy/go_routes.hpp"
#include "core/packages/go_usage.hpp"
#include "core/project/dialects.hpp"

namespace modtool::project {
namespace {

// By the imports of the main module's packages, and so on from there.
std::unique_ptr<manifest::UsageAnalysis> make_usage(const UsageInputs& inputs) {
  const auto& manifest = inputs.project.manifest;
  packages::PackageRequest request{.mains = {},
                                   .files = &inputs.files,
                                   .replace = manifest.replace,
                                   .exclude = manifest.exclude,
                                   .roots = inputs.project.dialect->roots_of(manifest),
                                   .explicit_mode = {}};
  for (const auto& main : inputs.project.mains()) {
    request.mains.push_back(
        {.path = main.module.path, .root = main.root, .ignore = manifest.ignore, .tools = manifest.tool});
  }
  return packages::make_go_usage(
      {.packages = std::move(request), .go = manifest.go, .allow_errors = inputs.allow_errors}, inputs.pool);
}

io::HttpOptions http_options(const SourceSettings& settings, std::shared_ptr<io::HttpLogins> logins) {
  io::HttpOptions options = settings.http;
  options.logins = std::move(logins);
  return options;
}

class GoSupply final : public ModuleSupply {
 public:
  GoSupply(const SourceSettings& settings, const SupplyInputs& inputs)
      : settings_(settings),
        files_(inputs.files),
        logins_(goproxy::make_go_logins(settings.go_auth, {inputs.files, inputs.reporter, inputs.cancellation})),
        http_(io::make_http_client(inputs.cancellation, http_options(settings, logins_))),
        source_(goproxy::make_go_source(settings.go, {.checksums = inputs.project.lock.checksums,
                                                      .files = inputs.files,
                                                      .http = *http_,
                                                      .pool = inputs.pool,
                                                      .reporter = inputs.reporter})) {}

  source::ModuleSource& source() override { return *source_; }
  goproxy::GoSource* module_cache() override { return source_.get(); }

  std::vector<source::Route> routes(const std::vector<module::ModuleVersion>& modules) override {
    std::vector<std::string> paths;
    paths.reserve(modules.size());
    for (const auto& module : modules) paths.push_back(module.path);
    return goproxy::find_proxy_routes(
        {.options = settings_.go, .auth = settings_.go_auth, .proxies = settings_.http.proxies, .files = files_},
        paths);
  }
  std::vector<Observation> login_places() override { return goproxy::find_login_places(settings_.go_auth, files_); }
  source::Answer ask(const source::Route& route) override { return goproxy::ask_proxy(*http_, *logins_, route); }

 private:
  SourceSettings settings_;
  const io::FileReader& files_;
  std::shared_ptr<io::HttpLogins> logins_;
  std::unique_ptr<io::HttpClient> http_;
  std::unique_ptr<goproxy::GoSource> source_;
};

std::unique_ptr<ModuleSupply> make_supply(const SourceSettings& settings, const SupplyInputs& inputs) {
  return std::make_unique<GoSupply>(settings, inputs);
}

}  // namespace

DialectRow go_row(const ToolVersions& versions) {
  return {.dialect = gomod::make_go_dialect(versions.go,
                                            versions.takes_newer_go ? gomod::NewerGo::kTake : gomod::NewerGo::kRefuse),
          .make_usage = make_usage,
          .make_supply = make_supply,
          .build_system = "go",
          .can = {.has_module_cache = true,
                  .shares_workspace = true,
                  .vendors_parts = true,
                  .checksum_fix = Fix::command({"go", "mod", "tidy"}),
                  .fetch_fix = Fix::command({"go", "clean", "-modcache"})},
          .not_found = "go.mod file not found in current directory or any parent directory; see 'go help modules'"};
}

}  // namespace modtool::project
