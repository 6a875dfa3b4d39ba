#include "cli/operations/build_sources.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "cli/dialect_flag.hpp"
#include "cli/operations/check_vendor.hpp"
#include "cli/operations/vendor_rules.hpp"
#include "cli/operations/verify_cache.hpp"
#include "cli/render_findings.hpp"
#include "core/base/text.hpp"
#include "core/module/executables.hpp"
#include "core/module/pruned_tree.hpp"
#include "core/resolve/chains.hpp"
#include "core/source/tree_store.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;

// A shortest chain to the selected version.
std::string chain_to(const resolve::ModuleGraph& graph, const ModuleVersion& module) {
  for (const auto& chain : resolve::shortest_chains(graph, module.path)) {
    if (chain.back() != module) continue;
    std::vector<std::string> names;
    names.reserve(chain.size());
    for (const auto& step : chain) names.push_back(to_string(step));
    return join(names, " -> ");
  }
  return {};
}

// Puts modules into the store.
class StoreFiller {
 public:
  StoreFiller(Session& session, OpenProject& project, const ProjectPatches& patches)
      : session_(session),
        project_(project),
        patches_(patches.by_anchor()),
        store_(session.files, session.pool, session.settings.tree_store),
        proving_(session.reporter.begin({.verb = "proving"})) {}

  // `nested` are the directories that other modules are in, as in a vendor directory.
  Result<std::string> directory_of(const ModuleVersion& actual, const std::vector<std::string>& nested) {
    const Task step = proving_.step(to_string(actual));
    auto placed = place(actual, nested);
    if (!placed) return fail_in(std::move(placed), to_string(actual));
    if (placed->was_changed) {
      session_.reporter.note(fmt::format("{}: its copy in the store was changed, and is made anew", to_string(actual)));
    }
    return placed->path;
  }

 private:
  using Tree = std::shared_ptr<const module::ModuleTree>;

  Result<source::StoredDirectory> place(const ModuleVersion& actual, const std::vector<std::string>& nested) {
    const auto* locked = project_.locked(actual);
    source::StoredTree wanted{.module = actual, .h1 = std::string(project_.project().lock.checksums.h1(actual))};
    if (locked == nullptr || wanted.h1.empty()) {
      return fail(
          Error{.code = Code::kChecksumMissing, .message = "the lock has no checksum of it"}.fix("modtool tidy"));
    }
    wanted.executables = locked->executables;
    const bool is_patched = patches_ && patches_(actual) != nullptr;
    if (!is_patched && nested.empty()) return store_.place(wanted, [&] { return project_.modules().tree(actual); });
    MODTOOL_TRY(Tree tree, patched_tree(actual, wanted.h1));
    tree = module::prune_tree(std::move(tree), nested);
    MODTOOL_TRY(const auto preimage, module::hash_tree(*tree, session_.pool));
    wanted.h1 = module::h1_of(preimage, to_string(actual));
    wanted.executables = module::hash_of_executables(module::executable_names(*tree));
    return store_.place(wanted, [&] { return tree; });
  }

  // The patches go onto proven bytes only.
  Result<Tree> patched_tree(const ModuleVersion& actual, const std::string& h1) {
    const auto open = [&](const ModuleVersion&) -> Result<Tree> {
      MODTOOL_TRY(Tree tree, project_.modules().tree(actual));
      MODTOOL_TRY(const auto preimage, module::hash_tree(*tree, session_.pool));
      if (module::h1_of(preimage, to_string(actual)) == h1) return tree;
      return fail(Code::kChecksumMismatch, "the files are not those of the lock");
    };
    const auto self = [](const ModuleVersion& module) { return module; };
    return patch::patching_opener(open, self, patches_)(actual);
  }

  Session& session_;
  OpenProject& project_;
  patch::PatchesOf patches_;
  source::TreeStore store_;
  Task proving_;
};

Result<void> check_store(const Session& session) {
  if (!session.settings.tree_store.empty()) return {};
  return fail(Error{.code = Code::kBadSetting,
                    .message = "there is no directory for a cache: neither HOME nor XDG_CACHE_HOME is set"}
                  .fix("modtool vendor"));
}

// A module as the build plan gets it, but for its directory.
build::ModuleInput describe(const project::Project& project, const resolve::ModuleGraph& graph,
                            const ModuleVersion& module) {
  build::ModuleInput input{.module = module, .chain = chain_to(graph, module)};
  const auto described = project.manifest.describe.find(module.path);
  if (described == project.manifest.describe.end()) return input;
  input.overlay = described->second.overlay;
  input.recipe = described->second.build;
  input.where = described->second.where;
  return input;
}

// The build list, each module behind those that it requires (as far as they do not require each other).
class DependencyOrder {
 public:
  explicit DependencyOrder(const resolve::ModuleGraph& graph) : graph_(graph) {
    for (const auto node : graph.nodes()) nodes_.emplace(graph.module(node), node);
  }

  std::vector<ModuleVersion> list() {
    for (const auto& module : graph_.build_list()) visit(module);
    return std::move(order_);
  }

 private:
  void visit(const ModuleVersion& module) {
    if (!seen_.insert(module).second) return;
    if (const auto node = nodes_.find(module); node != nodes_.end()) {
      for (const auto required : graph_.required_by(node->second)) {
        if (const auto* selected = graph_.selected(graph_.module(required).path)) visit(*selected);
      }
    }
    order_.push_back(module);
  }

  const resolve::ModuleGraph& graph_;
  std::map<ModuleVersion, mvs::NodeId> nodes_;
  std::set<ModuleVersion> seen_;
  std::vector<ModuleVersion> order_;
};

}  // namespace

Result<build::Sources> choose_sources(const Session& session, const project::Project& project, const std::string& mod) {
  if (mod == "vendor") return build::Sources::kVendor;
  if (mod == "readonly") return build::Sources::kCache;
  if (mod == "mod") return build::Sources::kUpdated;
  if (!mod.empty()) return fail(Code::kUsage, fmt::format("`--mod` is vendor, readonly or mod, and not `{}`", mod));
  const bool is_vendored = session.files.lstat(project.vendor_directory()).has_value();
  return is_vendored ? build::Sources::kVendor : build::Sources::kCache;
}

Result<void> prove_vendor(Session& session, const std::string& dialect) {
  MODTOOL_TRY(auto report, check_project_vendor(session, {.dialect = dialect}));
  if (report.passed()) return {};
  for (auto& finding : report.findings) finding.hint = with_dialect(finding.hint, dialect);
  const bool all = session.console.options().verbosity == Verbosity::kVerbose;
  session.console.say(trim(render_findings_text(report.findings, all)));
  const bool is_unproven = report.has_unproven();
  return fail(Error{.code = is_unproven ? Code::kUnproven : Code::kVendorStale,
                    .message = is_unproven ? "the vendored sources cannot be proven; nothing was built"
                                           : "the vendored sources are out of date; nothing was built"}
                  .fix(with_dialect("modtool vendor", dialect)));
}

Result<void> prove_cache(Session& session, const project::Project& project) {
  const auto& cache = session.settings.module_cache;
  if (cache.empty() || !session.files.exists(cache)) return {};
  MODTOOL_TRY(const auto found,
              hash_cached_modules(session, listed_modules(project.lock.checksums), &project.lock.checksums, "proving"));
  Error error{.code = Code::kCacheModified, .message = "modules of the cache were changed; nothing was built"};
  for (const auto& module : found)
    error.problems.insert(error.problems.end(), module.problems.begin(), module.problems.end());
  if (error.problems.empty()) return {};
  return fail(std::move(error).fix("go clean -modcache"));
}

Result<build::Sources> prove_sources(Session& session, OpenProject& opened, const std::string& mod,
                                     const std::string& dialect) {
  const auto& project = opened.project();
  MODTOOL_TRY(const auto sources, choose_sources(session, project, mod));
  if (sources == build::Sources::kVendor) {
    MODTOOL_CHECK(prove_vendor(session, dialect));
  } else if (opened.locking() == nullptr) {
    MODTOOL_CHECK(prove_cache(session, project));
  }
  return sources;
}

Result<std::vector<build::ModuleInput>> locate_modules(Session& session, OpenProject& opened, build::Sources sources) {
  const auto& project = opened.project();
  MODTOOL_TRY(const auto graph, opened.load_graph());
  MODTOOL_TRY(const auto patches, ProjectPatches::load(session.files, project));
  StoreFiller store(session, opened, patches);
  std::vector<build::ModuleInput> inputs;
  const auto build_list = graph.build_list();
  for (const auto& module : DependencyOrder(graph).list()) {
    if (module.version.empty() || project.dialect->builtin(module)) continue;
    auto input = describe(project, graph, module);
    const ModuleVersion actual = opened.summaries().actual(module);
    if (sources == build::Sources::kVendor) {
      input.directory = project.vendor_name() + "/" + module.path;
    } else if (actual.version.empty()) {
      input.directory = actual.path;
    } else {
      MODTOOL_CHECK(check_store(session));
      MODTOOL_TRY(input.directory, store.directory_of(actual, module::nested_modules(module.path, build_list)));
    }
    inputs.push_back(std::move(input));
  }
  return inputs;
}

}  // namespace modtool::cli
