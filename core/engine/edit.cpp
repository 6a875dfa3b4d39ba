#include "core/engine/edit.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/engine/manifest_change.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;

Result<EditReport> finish(ManifestChange& change, bool write) {
  MODTOOL_CHECK(change.manifest());
  EditReport report{.manifest_name = std::string(change.project().dialect->manifest_name()),
                    .text = change.document().text(),
                    .diff = change.diff(),
                    .changed = change.changes_manifest()};
  if (write) MODTOOL_CHECK(change.save());
  return report;
}

// The directory as the manifest writes it: from the project's root on.
Result<ModuleVersion> directory_of(const Context& context, const project::Project& project, const std::string& with) {
  const std::string full =
      io::is_absolute(with) ? io::clean_path(with) : io::join_path(context.settings.directory, with);
  MODTOOL_TRY(const auto info, context.files.stat(full).if_there());
  if (!info || info->kind != io::FileKind::kDirectory) {
    return fail(Code::kReplacementMissing, fmt::format("{} is no directory", quote(with)));
  }
  if (io::is_absolute(with)) return ModuleVersion{full, ""};
  const std::string relative = full == project.root ? "." : project::relative_path(project.root, full);
  return ModuleVersion{relative.starts_with('.') ? relative : "./" + relative, ""};
}

Result<ModuleVersion> stand_in(const Context& context, const project::Project& project, const std::string& with) {
  const auto at = with.find('@');
  if (at == with.npos) return directory_of(context, project, with);
  return ModuleVersion{with.substr(0, at), with.substr(at + 1)};
}

}  // namespace

Result<EditReport> edit_manifest(const Context& context, const EditOptions& options) {
  Fix by_go = Fix::command({"go", "mod", "edit"});
  for (const auto& flag : options.for_go) by_go = by_go.with(flag);
  MODTOOL_TRY(const auto change, ManifestChange::open(context, {.command = "edit", .relock = true}, by_go));
  for (const auto& edit : options.edits) MODTOOL_CHECK(edit(change->document()));
  return finish(*change, options.write);
}

Result<EditReport> replace_module(const Context& context, const ReplaceOptions& options) {
  const std::string flag = options.with.empty() ? fmt::format("-dropreplace={}", to_string(options.from))
                                                : fmt::format("-replace={}={}", to_string(options.from), options.with);
  MODTOOL_TRY(const auto change, ManifestChange::open(context, {.command = "replace", .relock = true},
                                                      Fix::command({"go", "mod", "edit", flag})));
  if (options.with.empty()) {
    MODTOOL_CHECK(change->document().drop_replacement(options.from));
  } else {
    MODTOOL_TRY(const auto to, stand_in(context, change->project(), options.with));
    MODTOOL_CHECK(change->document().set_replacement(options.from, to));
  }
  return finish(*change, !options.dry_run);
}

}  // namespace modtool::engine
