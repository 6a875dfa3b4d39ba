#include "core/goproxy/go_source.hpp"

#include "core/goproxy/module_cache.hpp"
#include "core/goproxy/proxy_chain.hpp"
#include "core/goproxy/proxy_source.hpp"
#include "core/goproxy/zip_source.hpp"

namespace modtool::goproxy {
namespace {

using module::ModuleVersion;

// Fetches nothing and says why.
struct Refusal {
  Code code = Code::kOffline;
  std::string reason;
  Fix fix = {};        // brings modules
  Fix lookup = {};     // tells of versions
  bool by_go = false;  // both are go's, for the module that is named behind them, and the message says so, too
};

class RefusingSource final : public ZipSource {
 public:
  explicit RefusingSource(Refusal refusal) : refusal_(std::move(refusal)) {}

  Result<std::vector<std::string>> fetch_versions(const std::string& path) override {
    return refuse(path, "latest", refusal_.lookup);
  }
  Result<source::VersionInfo> fetch_info(const std::string& path, const std::string& query) override {
    return refuse(path, query, refusal_.lookup);
  }
  Result<source::VersionInfo> fetch_latest(const std::string& path) override {
    return refuse(path, "latest", refusal_.lookup);
  }
  Result<std::string> fetch_mod(const ModuleVersion& module) override {
    return refuse(module.path, module.version, refusal_.fix);
  }
  Result<void> fetch_zip(const ModuleVersion& module, const std::string&) override {
    return refuse(module.path, module.version, refusal_.fix);
  }

 private:
  std::unexpected<Error> refuse(const std::string& path, const std::string& query, const Fix& fix) const {
    Error error{.code = refusal_.code, .message = refusal_.reason};
    error.fix = refusal_.by_go ? fix.with(path + "@" + query) : fix;
    if (refusal_.by_go) error.message += "; to fetch it:\n\t" + to_command(error.fix);
    return fail(std::move(error));
  }

  Refusal refusal_;
};

std::unique_ptr<ZipSource> unsupported(const std::string& what) {
  const Fix download = Fix::command({"go", "mod", "download"});
  return std::make_unique<RefusingSource>(Refusal{.code = Code::kUnsupportedScheme,
                                                  .reason = what + " is not supported yet",
                                                  .fix = download,
                                                  .lookup = download,
                                                  .by_go = true});
}

std::unique_ptr<ZipSource> switched_off(const std::string& by, Fix download, Fix again) {
  return std::make_unique<RefusingSource>(Refusal{.code = Code::kOffline,
                                                  .reason = "module lookup disabled by " + by,
                                                  .fix = std::move(download),
                                                  .lookup = std::move(again)});
}

std::unique_ptr<ZipSource> switched_off_by_setting(const std::string& setting) {
  return switched_off("GOPROXY=off", Fix::modtool("download").under(setting), Fix::again("", {}).under(setting));
}

std::unique_ptr<ZipSource> switched_off_by_flag() {
  const std::string flag = "--offline";
  return switched_off(flag, Fix::modtool("download"), Fix::again("", {}, flag));
}

struct OriginInputs {
  io::FileSystem& files;
  source::HttpFetcher& http;
  const std::string& proxies_again;
};

Result<std::unique_ptr<ZipSource>> make_proxy(const std::string& address, const OriginInputs& inputs) {
  MODTOOL_TRY(const ProxyUrl url, parse_proxy_url(address));
  auto transport = url.scheme == "file" ? make_file_transport(url, inputs.files)
                                        : make_http_transport(url, inputs.http, inputs.files);
  return std::make_unique<ProxySource>(std::move(transport), url.shown);
}

Result<std::unique_ptr<ZipSource>> make_link_source(const ProxyEntry& entry, const OriginInputs& inputs) {
  switch (entry.kind) {
    case ProxyEntry::Kind::kProxy:
      return make_proxy(entry.url, inputs);
    case ProxyEntry::Kind::kOff:
      return switched_off_by_setting(inputs.proxies_again);
    case ProxyEntry::Kind::kDirect:
    case ProxyEntry::Kind::kPrivate:
      break;
  }
  return unsupported("fetching from a module's own repository");
}

Result<std::unique_ptr<ZipSource>> make_chain(const GoSourceOptions& options, const OriginInputs& inputs) {
  MODTOOL_TRY(ProxyList list, parse_proxy_list(options.proxies, options.no_proxy));
  std::vector<ProxyLink> links;
  for (ProxyEntry& entry : list.entries) {
    MODTOOL_TRY(auto source, make_link_source(entry, inputs));
    links.push_back({.entry = std::move(entry), .source = std::move(source)});
  }
  return std::make_unique<ProxyChain>(std::move(links), std::move(list.private_patterns));
}

// An unusable GOPROXY is an error of the first thing that is fetched.
std::unique_ptr<ZipSource> make_origin(const GoSourceOptions& options, const OriginInputs& inputs) {
  if (options.offline) return switched_off_by_flag();
  auto chain = make_chain(options, inputs);
  if (chain) return std::move(*chain);
  return std::make_unique<RefusingSource>(Refusal{.code = chain.error().code, .reason = chain.error().message});
}

// Owns what the parts of the source refer to.
class ComposedSource final : public GoSource {
 public:
  ComposedSource(const CacheLayout& layout, const GoSourceOptions& options, const GoSourceInputs& inputs)
      : http_(inputs.http, inputs.reporter, inputs.pool, options.patience),
        origin_(make_origin(options, {inputs.files, http_, options.proxies_again})),
        checksums_(inputs.checksums, {.rule = options.rule,
                                      .database_off = options.sum_db_off,
                                      .no_database_patterns = options.no_sum_db,
                                      .learns = options.learns,
                                      .reporter = &inputs.reporter}),
        cache_(layout, {.files = inputs.files,
                        .origin = *origin_,
                        .checksums = checksums_,
                        .pool = inputs.pool,
                        .reporter = inputs.reporter,
                        .writable_trees = options.writable_cache,
                        .may_fetch = !options.offline && options.proxies != "off",
                        .must_keep = options.fills_cache}) {}

  Result<std::vector<std::string>> versions(const std::string& path) override { return cache_.versions(path); }
  Result<source::VersionInfo> stat(const std::string& path, const std::string& query) override {
    return cache_.stat(path, query);
  }
  Result<std::string> manifest(const ModuleVersion& module) override { return cache_.manifest(module); }
  Result<std::shared_ptr<const module::ModuleTree>> tree(const ModuleVersion& module) override {
    return cache_.tree(module);
  }
  Result<std::string> directory(const ModuleVersion& module) override { return cache_.directory(module); }
  ModuleParts bring(const ModuleVersion& module) override { return cache_.bring(module); }
  bool may_learn(const ModuleVersion& module) const override { return checksums_.may_learn(module); }
  std::vector<std::pair<ModuleVersion, std::string>> learned_checksums() const override { return checksums_.learned(); }

 private:
  source::HttpFetcher http_;
  std::unique_ptr<ZipSource> origin_;
  source::ChecksumVerifier checksums_;
  ModuleCache cache_;
};

// Stands in where there is no place for a cache: a proof needs none.
class NoCache final : public GoSource {
 public:
  explicit NoCache(Error why) : why_(std::move(why)) {}

  Result<std::vector<std::string>> versions(const std::string&) override { return fail(why_); }
  Result<source::VersionInfo> stat(const std::string&, const std::string&) override { return fail(why_); }
  Result<std::string> manifest(const ModuleVersion&) override { return fail(why_); }
  Result<std::shared_ptr<const module::ModuleTree>> tree(const ModuleVersion&) override { return fail(why_); }
  Result<std::string> directory(const ModuleVersion&) override { return fail(why_); }
  ModuleParts bring(const ModuleVersion&) override { return {.error = why_}; }
  bool may_learn(const ModuleVersion&) const override { return false; }
  std::vector<std::pair<ModuleVersion, std::string>> learned_checksums() const override { return {}; }

 private:
  Error why_;
};

}  // namespace

std::unique_ptr<GoSource> make_go_source(const GoSourceOptions& options, const GoSourceInputs& inputs) {
  const auto layout = CacheLayout::create(options.cache);
  if (!layout) return std::make_unique<NoCache>(layout.error());
  return std::make_unique<ComposedSource>(*layout, options, inputs);
}

}  // namespace modtool::goproxy
