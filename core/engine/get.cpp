#include "core/engine/get.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/engine/get_request.hpp"
#include "core/engine/lock_builder.hpp"
#include "core/engine/manifest_change.hpp"
#include "core/engine/selection_change.hpp"
#include "core/resolve/group_map.hpp"
#include "core/resolve/lower_roots.hpp"
#include "core/resolve/near_path.hpp"
#include "core/resolve/version_finder.hpp"

namespace modtool::engine {
namespace {

using manifest::Manifest;
using module::ModuleVersion;
using resolve::ModuleGraph;

Versions without_main(std::vector<ModuleVersion> list) {
  list.erase(list.begin());
  return list;
}

class Getting {
 public:
  Getting(const Context& context, ManifestChange& change, const GetOptions& options)
      : context_(context),
        change_(change),
        options_(options),
        finder_(change.opened().source(), *change.project().dialect, change.project().manifest),
        manifest_(change.project().manifest) {}

  Result<GetReport> run() {
    MODTOOL_CHECK(look_at_what_is_there());
    for (const auto& text : options_.requests) MODTOOL_CHECK(get(text));
    if (options_.upgrade) MODTOOL_CHECK(upgrade_needed());
    MODTOOL_CHECK(make_room());
    return finish();
  }

 private:
  // A project that cannot be resolved is perhaps to be mended by this very command: then its lock is what was there.
  Result<void> look_at_what_is_there() {
    if (const auto graph = change_.opened().load_graph()) {
      before_ = without_main(graph->build_list());
      return {};
    }
    MODTOOL_CHECK(context_.cancellation.check());
    for (const auto& locked : change_.project().lock.modules) {
      if (!locked.sum.empty()) before_.push_back(locked.module);
    }
    return {};
  }

  Result<void> get(const std::string& text) {
    MODTOOL_TRY(const GetRequest request, parse_get_request(text, options_));
    note_near_paths(request.path);
    auto version = find(request);
    if (!version) return fail(with_right_spelling(std::move(version).error(), request).in("getting " + text));
    const auto known = std::ranges::find(wanted_, request.path, &ModuleVersion::path);
    if (known != wanted_.end() && known->version != *version) {
      return fail(Code::kUsage, fmt::format("{} is asked for at two versions", request.path));
    }
    // Out of one group it may stay in another.
    const bool stays = version->empty() && !options_.group.empty();
    if (known == wanted_.end() && !stays) wanted_.push_back({request.path, *version});
    const auto places = options_.group.empty() ? places_of(request.path, "") : std::set{options_.group};
    return require({request.path, *version}, places);
  }

  Result<std::string> find(const GetRequest& request) {
    const bool is_version = request.query.kind == resolve::VersionQuery::Kind::kVersion;
    const auto* replacement = change_.opened().replacements().find({request.path, request.query.version});
    if (is_version && replacement != nullptr) return request.query.version;  // nobody need have it
    MODTOOL_TRY(auto version, finder_.find(request.path, request.query, current(request.path)));
    if (!version.empty()) MODTOOL_CHECK(note_warnings({request.path, version}));
    return version;
  }

  // What was not found may be there under another spelling.
  Error with_right_spelling(Error error, const GetRequest& request) {
    for (const auto& spelling : other_spellings(request, options_)) {
      const auto found = finder_.find(spelling.path, spelling.query, current(spelling.path));
      if (found) return did_you_mean(std::move(error), request, spelling);
    }
    return error;
  }

  // What its authors say of a version that was chosen by name.
  Result<void> note_warnings(const ModuleVersion& module) {
    MODTOOL_TRY(const auto notices, finder_.notices(module.path));
    if (const auto* retraction = notices.retraction_of(module.version)) {
      const std::string why = retraction->rationale.empty() ? "" : ": " + make_printable_line(retraction->rationale);
      notes_.push_back(fmt::format("warning: {} is retracted by its authors{}", to_string(module), why));
    }
    if (!notices.deprecated.empty()) {
      notes_.push_back(
          fmt::format("warning: {} is deprecated: {}", module.path, make_printable_line(notices.deprecated)));
    }
    return {};
  }

  std::string current(const std::string& path) const {
    const auto selected = std::ranges::find(before_, path, &ModuleVersion::path);
    if (selected != before_.end()) return selected->version;
    const auto required = std::ranges::find(manifest_.require, path, [](const auto& r) { return r.module.path; });
    return required == manifest_.require.end() ? std::string() : required->module.version;
  }

  void note_near_paths(const std::string& path) {
    std::vector<std::string> known;
    for (const auto& module : before_) known.push_back(module.path);
    const std::string near = resolve::near_path(path, known);
    if (near.empty()) return;
    notes_.push_back(
        fmt::format("warning: {} is new here, and nearly {}, which is in use: is it the one you mean?", path, near));
  }

  // The groups that require a path already, or the one given where none does.
  std::set<std::string> places_of(const std::string& path, const std::string& otherwise) const {
    std::set<std::string> places;
    for (const auto& requirement : manifest_.require) {
      if (requirement.module.path == path) places.insert(requirement.group);
    }
    return places.empty() ? std::set{otherwise} : places;
  }

  // Without a version it is required there no more.
  Result<void> require(const ModuleVersion& module, const std::set<std::string>& places) {
    for (const auto& place : places) {
      MODTOOL_CHECK(module.version.empty() ? change_.document().drop_requirement(module.path, place)
                                           : change_.document().set_requirement(module, place));
    }
    MODTOOL_TRY(manifest_, change_.manifest());
    return {};
  }

  // Raises what the named modules lead to, again and again, as newer versions may need more.
  Result<void> upgrade_needed() {
    for (bool is_done = false; !is_done;) {
      MODTOOL_TRY(const ModuleGraph graph, change_.opened().load_graph_for(manifest_));
      const resolve::GroupMap groups(manifest_, graph);
      is_done = true;
      for (const auto node : needed(graph)) {
        const ModuleVersion& module = graph.module(node);
        auto version = newer(module);
        if (!version) return fail_in(std::move(version), "upgrading " + to_string(module));
        if (*version == module.version) continue;
        const auto in_groups = groups.groups_of(node);
        const std::string group = in_groups.empty() ? "" : in_groups.front();
        MODTOOL_CHECK(require({module.path, *version}, places_of(module.path, group)));
        is_done = false;
      }
    }
    return {};
  }

  // The selected modules below the named ones; below the main module, itself left out, where none is named.
  std::vector<mvs::NodeId> needed(const ModuleGraph& graph) const {
    std::map<std::string_view, mvs::NodeId> selected;
    for (const auto node : graph.nodes()) {
      if (*graph.selected(graph.module(node).path) == graph.module(node)) selected[graph.module(node).path] = node;
    }
    std::vector<mvs::NodeId> queue;
    for (const auto& module : wanted_) {
      if (selected.contains(module.path)) queue.push_back(selected.at(module.path));
    }
    if (options_.requests.empty()) queue.push_back(graph.main());
    std::set<mvs::NodeId> seen(queue.begin(), queue.end());
    const std::size_t named = queue.size();
    for (std::size_t next = 0; next < queue.size(); ++next) {
      for (const auto target : graph.required_by(queue[next])) {
        const auto node = selected.at(graph.module(target).path);
        if (seen.insert(node).second) queue.push_back(node);
      }
    }
    queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(named));
    return queue;
  }

  Result<std::string> newer(const ModuleVersion& module) {
    const bool is_main = module.version.empty();  // which others may require, too
    if (is_main || change_.opened().replacements().find(module) != nullptr) return module.version;
    MODTOOL_TRY(const auto query, resolve::parse_version_query(options_.patches ? "patch" : "upgrade"));
    return finder_.find(module.path, query, module.version);
  }

  Result<void> make_room() {
    MODTOOL_TRY(const ModuleGraph graph, change_.opened().load_graph_for(manifest_));
    if (is_as_wanted(graph)) return {};
    MODTOOL_TRY(const auto lowered, resolve::lower_roots(roots(), wanted_, lowering()));
    for (const auto& root : lowered) {
      MODTOOL_CHECK(require({root.module.path, root.version}, places_of(root.module.path, "")));
      notes_.push_back(fmt::format("{} requires {}: {}", to_string(root.module), to_string(root.asks),
                                   root.version.empty() ? "it is dropped" : "it is lowered to " + root.version));
    }
    MODTOOL_TRY(const ModuleGraph now, change_.opened().load_graph_for(manifest_));
    return check_as_wanted(now);
  }

  std::vector<ModuleVersion> roots() const {
    std::set<ModuleVersion> roots;
    for (const auto& requirement : manifest_.require) roots.insert(requirement.module);
    return {roots.begin(), roots.end()};
  }

  resolve::LoweringInputs lowering() const {
    const auto& dialect = *change_.project().dialect;
    return {.load =
                [this](const std::vector<ModuleVersion>& modules) {
                  Manifest alone = manifest_;
                  alone.require.clear();
                  for (const auto& module : modules) alone.require.push_back({.module = module});
                  return change_.opened().load_graph_for(alone);
                },
            .versions = [this](const std::string& path) { return versions_in_class(path); },
            .compare = [&dialect](auto path, auto a, auto b) { return dialect.compare(path, a, b); }};
  }

  Result<std::vector<std::string>> versions_in_class(const std::string& path) const {
    const auto& dialect = *change_.project().dialect;
    const auto class_of = [&](const std::string& v) { return dialect.compatibility_class(manifest_, path, v); };
    MODTOOL_TRY(auto versions, finder_.allowed_versions(path));
    const auto required = std::ranges::find(manifest_.require, path, [](const auto& r) { return r.module.path; });
    const std::string own = class_of(required->module.version);
    std::erase_if(versions, [&](const std::string& version) { return class_of(version) != own; });
    return versions;
  }

  static bool is_selected(const ModuleGraph& graph, const ModuleVersion& module) {
    const auto* selected = graph.selected(module.path);
    return module.version.empty() ? selected == nullptr : selected != nullptr && *selected == module;
  }

  bool is_as_wanted(const ModuleGraph& graph) const {
    return std::ranges::all_of(wanted_, [&](const ModuleVersion& module) { return is_selected(graph, module); });
  }

  Result<void> check_as_wanted(const ModuleGraph& graph) const {
    for (const auto& module : wanted_) {
      if (is_selected(graph, module)) continue;
      const auto* selected = graph.selected(module.path);
      return fail(Code::kRequestConflict,
                  fmt::format("{} is selected whatever is required: {} asks for it", to_string(*selected),
                              change_.project().dialect->manifest_name()));
    }
    return {};
  }

  Result<GetReport> finish() {
    const project::Project& project = change_.project();
    MODTOOL_TRY(const ModuleGraph graph, change_.opened().load_graph_for(manifest_));
    MODTOOL_TRY(auto built, build_lock(context_, change_.opened(), manifest_, graph));
    const std::string lock = project.dialect->format_lock(built.lock);
    MODTOOL_TRY(const auto old_lock, context_.files.read(project.lock_path).if_there());
    GetReport report{.changes = describe_changes(changes_between(before_, without_main(graph.build_list()))),
                     .notes = std::move(notes_),
                     .files = fmt::format("{} and {}", project.dialect->manifest_name(), project.dialect->lock_name()),
                     .diff = change_.diff(),
                     .changed = change_.changes_manifest() || !old_lock || *old_lock != lock};
    std::ranges::move(built.notes, std::back_inserter(report.notes));
    if (!report.changed || options_.dry_run) return report;
    MODTOOL_CHECK(check_may_write(context_, report.files));
    MODTOOL_CHECK(change_.save(lock));
    return report;
  }

  const Context& context_;
  ManifestChange& change_;
  const GetOptions& options_;
  resolve::VersionFinder finder_;
  Manifest manifest_;  // as the document says now
  Versions before_;    // what was selected
  Versions wanted_;    // what was asked for; without a version: not at all
  std::vector<std::string> notes_;
};

}  // namespace

Result<GetReport> get_modules(const Context& context, const GetOptions& options) {
  Fix by_go = Fix::command({"go", "get"});
  for (const auto& request : options.requests) by_go = by_go.with(request);
  MODTOOL_TRY(const auto change, ManifestChange::open(context, {.command = "get", .relock = true}, by_go));
  return Getting(context, *change, options).run();
}

}  // namespace modtool::engine
