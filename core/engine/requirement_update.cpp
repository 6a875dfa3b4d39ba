#include "core/engine/requirement_update.hpp"

#include <fmt/format.h>

#include <map>
#include <span>
#include <string_view>

namespace modtool::engine {

RequirementUpdate::RequirementUpdate(const Context& context, OpenProject& opened)
    : context_(context), opened_(opened), manifest_(opened.project().manifest), roots_(dialect().roots_of(manifest_)) {}

Result<RequirementUpdate> RequirementUpdate::of(const Context& context, OpenProject& opened) {
  RequirementUpdate update(context, opened);
  if (opened.project().is_none()) return update;
  if (update.manifest_.go.empty()) MODTOOL_CHECK(update.assume_language());
  if (update.roots_.prunes) update.drop_repeated();
  return update;
}

Result<void> RequirementUpdate::assume_language() {
  MODTOOL_TRY(const auto graph, opened_.load_graph());
  const auto list = graph.build_list();
  manifest_.require.clear();
  for (const auto& module : std::span(list).subspan(graph.mains().size())) {
    if (dialect().builtin(module)) continue;
    manifest_.require.push_back({.module = module, .indirect = !roots_.direct.contains(module.path), .where = {}});
  }
  manifest_.go = context_.settings.tools.go;
  roots_ = dialect().roots_of(manifest_);
  return {};
}

void RequirementUpdate::drop_repeated() {
  std::map<std::string_view, std::string_view> highest;
  for (const auto& root : roots_.modules) highest[root.path] = root.version;
  if (highest.size() == roots_.modules.size()) return;
  std::erase_if(manifest_.require, [&](const auto& each) {
    const auto found = highest.find(each.module.path);
    return found != highest.end() && found->second != each.module.version;
  });
  for (auto& each : manifest_.require) each.indirect = !roots_.direct.contains(each.module.path);
  roots_ = dialect().roots_of(manifest_);
  dropped_some_ = true;
}

Result<void> RequirementUpdate::save(const manifest::Roots& roots) const {
  const project::Project& project = opened_.project();
  MODTOOL_TRY(const auto text, dialect().with_roots(project.manifest_text, roots));
  if (!text) return {};
  MODTOOL_TRY(const auto held, context_.files.lock_if_possible(project.root, context_.cancellation));
  MODTOOL_TRY(const std::string now, context_.files.read(project.manifest_path).required());
  if (now != project.manifest_text) {
    return fail(Code::kGoModOutOfDate,
                fmt::format("updating {}: existing contents have changed since last read", dialect().manifest_name()));
  }
  return context_.files.write_atomic(project.manifest_path, *text);
}

}  // namespace modtool::engine
