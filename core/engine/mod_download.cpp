#include "core/engine/mod_download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/text.hpp"
#include "core/engine/learned_checksums.hpp"
#include "core/engine/open_project.hpp"
#include "core/engine/requirement_update.hpp"
#include "core/engine/reuse_file.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/module/path_pattern.hpp"
#include "core/module/semver.hpp"
#include "core/resolve/version_finder.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;
using resolve::VersionQuery;

// An argument, taken apart.
struct Wanted {
  std::string text;
  std::string path;
  std::optional<std::string> query;

  bool is_pattern() const { return !query && (text == "all" || text.contains("...")); }
  bool is_relative_query() const { return query == "upgrade" || query == "patch"; }
};

bool is_relative(std::string_view path) {
  return path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
}

Result<Wanted> parse_wanted(const std::string& text) {
  if (text.contains('\\')) return fail(Code::kBadModulePath, "module paths never use backslash");
  if (is_relative(text)) {
    return fail(Code::kBadModulePath, fmt::format("cannot use relative path {} to specify module", text));
  }
  const auto at = text.find('@');
  if (at == std::string::npos) return Wanted{.text = text, .path = text, .query = {}};
  const std::string query = text.substr(at + 1);
  if (query.starts_with('-') || query.starts_with('/'))
    return fail(Code::kBadVersion, "invalid module version " + quote(query));
  return Wanted{.text = text, .path = text.substr(0, at), .query = query};
}

Error named(Error error, const std::string& frame) { return std::move(error).in(frame); }

bool ends_run(Code code) {
  return code == Code::kChecksumMismatch || code == Code::kInterrupted || code == Code::kTerminated ||
         code == Code::kTimeout;
}

class Downloader {
 public:
  Downloader(const Context& context, const ModDownloadOptions& options, OpenProject& opened, RequirementUpdate update)
      : context_(context), options_(options), opened_(opened), update_(std::move(update)) {}

  Result<ModDownloads> run() {
    MODTOOL_CHECK(choose_arguments());
    if (arguments_.empty()) return nothing_to_do();
    if (!options_.reuse.empty() && !project().is_none()) {
      return fail(Code::kNotSupported, "go mod download -reuse cannot be used inside a module");
    }
    if (auto read = read_reuse_file(); !read) {
      downloads_.failure = std::move(read.error());
      return std::move(downloads_);
    }
    MODTOOL_CHECK(parse_arguments());
    MODTOOL_CHECK(goproxy::CacheLayout::create(context_.settings.module_cache));
    if (update_.dropped_some() || needs_graph()) MODTOOL_CHECK(load_graph());
    for (const auto& wanted : wanted_) MODTOOL_CHECK(find(wanted));
    if (!has_arguments()) MODTOOL_CHECK(save());
    MODTOOL_CHECK(bring_all());
    if (has_arguments() && (options_.adds_past_errors || !has_failed())) MODTOOL_CHECK(save());
    return std::move(downloads_);
  }

 private:
  const project::Project& project() const { return opened_.project(); }
  const manifest::Manifest& manifest() const { return update_.manifest(); }
  const manifest::Roots& roots() const { return update_.roots(); }
  const manifest::Dialect& dialect() const { return *project().dialect; }
  bool has_arguments() const { return !options_.arguments.empty(); }

  Result<ModDownloads> nothing_to_do() {
    if (project().is_none()) return fail(Code::kNoProject, "no modules specified (see 'go help mod download')");
    context_.reporter.note("no module dependencies to download");
    return std::move(downloads_);
  }

  // Without arguments: what packages of the main module can need, which since pruning the manifest says in full.
  Result<void> choose_arguments() {
    arguments_ = options_.arguments;
    if (has_arguments() || project().is_none() || manifest().require.empty()) return skip_main();
    if (!roots().prunes) {
      arguments_ = {"all"};
      return {};
    }
    MODTOOL_CHECK(load_graph());
    for (const auto& requirement : project().manifest.require) arguments_.push_back(requirement.module.path);
    return {};
  }

  Result<void> skip_main() {
    if (project().is_none()) return {};
    const std::string& main = manifest().path;
    for (const auto& argument : arguments_) {
      const bool is_main = argument == main || argument == main + "@upgrade" || argument == main + "@patch";
      if (is_main) context_.reporter.note("skipping download of " + argument + " that resolves to the main module");
    }
    return {};
  }

  Result<void> read_reuse_file() const {
    if (options_.reuse.empty()) return {};
    const std::string& file = options_.reuse;
    const std::string path = io::is_absolute(file) ? file : io::join_path(context_.settings.directory, file);
    MODTOOL_TRY(const auto text, context_.files.read_given(path).if_there());
    if (!text) return fail(Code::kFileNotFound, fmt::format("open {}: no such file or directory", file));
    auto good = check_reuse_file(*text);
    if (!good) return fail_in(std::move(good), "parsing " + options_.reuse);
    return {};
  }

  Result<void> parse_arguments() {
    for (const auto& argument : arguments_) {
      MODTOOL_TRY(auto wanted, parse_wanted(argument));
      MODTOOL_CHECK(check_has_main(wanted));
      wanted_.push_back(std::move(wanted));
    }
    return {};
  }

  // What only a main module can say.
  Result<void> check_has_main(const Wanted& wanted) const {
    if (!project().is_none() || (wanted.query && !wanted.is_relative_query())) return {};
    const bool is_plain = !wanted.query && !wanted.is_pattern();
    return fail(Code::kNoProject,
                fmt::format("cannot match {}{}: go.mod file not found in current directory or any parent directory; "
                            "see 'go help modules'",
                            quote(wanted.text), is_plain ? " without -versions or an explicit version" : ""));
  }

  bool is_root(const std::string& path) const {
    return path == manifest().path ||
           std::ranges::any_of(roots().modules, [&](const auto& module) { return module.path == path; });
  }

  bool needs_graph() const {
    return std::ranges::any_of(wanted_, [&](const Wanted& wanted) {
      if (wanted.is_pattern()) return true;
      if (wanted.query && !wanted.is_relative_query()) return false;
      return !is_root(wanted.path) || !roots().prunes;
    });
  }

  Result<void> load_graph() {
    if (graph_) return {};
    MODTOOL_TRY(graph_, opened_.load_graph_for(manifest()));
    return {};
  }

  goproxy::GoSource& cache() { return *opened_.module_cache(); }

  // The version in use; nothing where the path is none of the project's. That of the main module is empty.
  std::optional<std::string> selected(const std::string& path) const {
    if (graph_) {
      const auto* module = graph_->selected(path);
      return module == nullptr ? std::nullopt : std::optional(module->version);
    }
    if (path == manifest().path) return std::string();
    std::optional<std::string> found;
    for (const auto& module : roots().modules) {
      if (module.path == path) found = module.version;
    }
    return found;
  }

  Result<void> find(const Wanted& wanted) {
    if (wanted.query) return find_version(wanted);
    return wanted.is_pattern() ? find_matches(wanted.text) : find_path(wanted.path);
  }

  Result<void> find_path(const std::string& path) {
    const auto version = selected(path);
    if (version) return add_selected({path, *version});
    add_failed({path, ""},
               {.code = Code::kUnknownVersion, .message = fmt::format("module {}: not a known dependency", path)});
    return {};
  }

  Result<void> find_matches(const std::string& pattern) {
    const auto matches = [&](const ModuleVersion& module) {
      return !dialect().builtin(module) && (pattern == "all" || module::match_path_pattern(pattern, module.path));
    };
    bool is_matched = false;
    for (const auto& module : graph_->build_list()) {
      if (!matches(module) || !matched_.insert(module).second) continue;
      is_matched = true;
      MODTOOL_CHECK(add_selected(module));
    }
    if (!is_matched) downloads_.unmatched.push_back(pattern);
    return {};
  }

  // The main module, directories and the tool itself have nothing to be fetched.
  Result<void> add_selected(const ModuleVersion& module) {
    if (module.version.empty() || dialect().builtin(module)) return {};
    const manifest::StandIn stand_in = opened_.replacements().stand_in(module);
    if (!stand_in.is_directory())
      downloads_.modules.push_back({.module = stand_in, .query = {}, .origin = {}, .parts = {}});
    return {};
  }

  void add_failed(ModuleVersion module, Error error) {
    downloads_.modules.push_back(
        {.module = std::move(module), .query = {}, .origin = {}, .parts = {.error = std::move(error)}});
  }

  // An explicit version is that one, whatever replaces it.
  Result<void> find_version(const Wanted& wanted) {
    if (wanted.path == manifest().path && wanted.is_relative_query() && !project().is_none()) return {};
    auto info = answer(wanted);
    if (info) {
      downloads_.modules.push_back({.module = {wanted.path, info->version},
                                    .query = info->version == *wanted.query ? "" : *wanted.query,
                                    .origin = std::move(info->origin),
                                    .parts = {}});
      return {};
    }
    if (ends_run(info.error().code)) return fail(std::move(info.error()));
    add_failed({wanted.path, *wanted.query}, std::move(info.error()));
    return {};
  }

  Result<source::VersionInfo> answer(const Wanted& wanted) {
    MODTOOL_CHECK(check_query(wanted));
    auto query = resolve::parse_version_query(*wanted.query);
    if (!query) return fail(named(std::move(query.error()), wanted.text));
    if (is_revision(*query) || wanted.query->empty()) return stat_revision(wanted);
    auto info = choose(wanted.path, *query);
    if (info || ends_run(info.error().code)) return info;
    const bool is_about_path = info.error().code == Code::kBadModulePath;
    return fail(named(std::move(info.error()), is_about_path ? wanted.text : "module " + wanted.path));
  }

  Result<void> check_query(const Wanted& wanted) const {
    if (wanted.path == "std" || wanted.path == "cmd") {
      return fail(Error{.code = Code::kUnknownVersion,
                        .message = fmt::format("can't query specific version ({}) of standard-library module {}",
                                               quote(*wanted.query), quote(wanted.path))}
                      .in(wanted.text));
    }
    if (*wanted.query != "patch" || !selected(wanted.path).value_or("").empty()) return {};
    return fail(Error{.code = Code::kUnknownVersion,
                      .message = fmt::format(
                          "can't query version \"patch\" of module {}: no existing version is required", wanted.path)}
                    .in(wanted.text));
  }

  static bool is_revision(const VersionQuery& query) {
    using Kind = VersionQuery::Kind;
    return query.kind == Kind::kVersion || query.kind == Kind::kRevision || query.kind == Kind::kNone;
  }

  // The go command says of what is not there that it is no version, unless it could be one.
  Result<source::VersionInfo> stat_revision(const Wanted& wanted) {
    const std::string& query = *wanted.query;
    if (query.empty()) {
      return fail(
          named({.code = Code::kBadVersion, .message = "invalid version: disallowed version string"}, wanted.text));
    }
    auto info = stat_version(wanted.path, query);
    if (info || ends_run(info.error().code)) return info;
    const bool is_about_path = info.error().code == Code::kBadModulePath;
    if (!is_about_path && !goproxy::check_canonical(query)) {
      info.error() = named(std::move(info.error()), "invalid version");
    }
    return fail(named(std::move(info.error()), wanted.text));
  }

  // Build metadata does not count, unless it is a part of the tag's name.
  Result<source::VersionInfo> stat_version(const std::string& path, const std::string& query) {
    auto info = opened_.source().stat(path, query);
    const std::string canonical = module::canonical_version(query);
    if (info || canonical.empty() || canonical == query || module::is_incompatible(query)) return info;
    auto other = opened_.source().stat(path, canonical);
    const bool is_there_or_broken = other || other.error().code != Code::kNotFound;
    return is_there_or_broken ? other : info;
  }

  Result<source::VersionInfo> choose(const std::string& path, const VersionQuery& query) {
    const std::string current = selected(path).value_or("");
    const resolve::VersionFinder finder(opened_.source(), dialect(), manifest(), resolve::NoticeRule::kWhereKnown);
    auto version = finder.find(path, query, current);
    if (!version && version.error().code == Code::kUnknownVersion) {
      version.error().message = "no matching versions for query " + quote(query.text);
    }
    if (!version) return fail(std::move(version.error()));
    MODTOOL_TRY(auto info, opened_.source().stat(path, *version));
    info.origin.clear();  // a list of a proxy has none, and so the choice has none
    return info;
  }

  Result<void> bring_all() {
    return context_.pool.for_each(downloads_.modules.size(), [&](std::size_t i) -> Result<void> {
      auto& download = downloads_.modules[i];
      if (download.parts.error) return {};
      download.parts = cache().bring(download.module);
      auto& error = download.parts.error;
      if (error && ends_run(error->code)) return fail(*error);
      if (error) *error = named(std::move(*error), to_string(download.module));
      if (!error) check_language(download);
      return {};
    });
  }

  void check_language(ModDownload& download) const {
    const auto text = context_.files.read(download.parts.go_mod).or_nothing();
    const auto summary = dialect().summarise(text.value_or(""), {.shown = std::string(dialect().manifest_name())});
    if (!summary) return;
    auto good = dialect().check_language(summary->language, to_string(download.module));
    if (good) return;
    download.parts.directory.clear();
    download.parts.error = std::move(good.error());
  }

  bool has_failed() const {
    return std::ranges::any_of(downloads_.modules,
                               [](const auto& download) { return download.parts.error.has_value(); });
  }

  // The lines that a resolution or a build of the main module may ask for: the manifests that the graph was made of,
  // and all of the build list.
  std::set<ModuleVersion> kept_keys() const {
    std::set<ModuleVersion> keys;
    for (const auto& module : graph_ ? graph_->build_list() : roots().modules) {
      const ModuleVersion stand_in = opened_.replacements().stand_in(module);
      keys.insert({stand_in, manifest::go_mod_key(stand_in)});
    }
    if (!graph_) return keys;
    for (const auto node : graph_->nodes()) {
      if (graph_->was_read(node))
        keys.insert(manifest::go_mod_key(opened_.replacements().stand_in(graph_->module(node))));
    }
    return keys;
  }

  Result<void> save() {
    if (project().is_none()) return {};
    MODTOOL_CHECK(update_.save(graph_ ? graph_->roots() : roots()));
    return save_checksums();
  }

  Result<void> save_checksums() {
    LearnedChecksums learned = cache().learned_checksums();
    const auto kept = kept_keys();
    std::erase_if(learned, [&](const auto& line) { return !kept.contains(line.first); });
    return add_checksums(context_, project(), learned);
  }

  const Context& context_;
  const ModDownloadOptions& options_;
  OpenProject& opened_;
  const RequirementUpdate update_;
  std::vector<std::string> arguments_;
  std::vector<Wanted> wanted_;
  std::optional<resolve::ModuleGraph> graph_;
  std::set<ModuleVersion> matched_;  // by patterns
  ModDownloads downloads_;
};

}  // namespace

Result<ModDownloads> mod_download(const Context& context, const ModDownloadOptions& options) {
  MODTOOL_TRY(const auto opened, OpenProject::open(context, {.command = "mod download",
                                                             .manifest_file = options.manifest_file,
                                                             .checksums = ChecksumRule::kModMode,
                                                             .writable_cache = options.writable_cache,
                                                             .go_face = true,
                                                             .fills_cache = true,
                                                             .learns = true,
                                                             .needs_none = true}));
  MODTOOL_TRY(auto update, RequirementUpdate::of(context, *opened));
  return Downloader(context, options, *opened, std::move(update)).run();
}

}  // namespace modtool::engine
