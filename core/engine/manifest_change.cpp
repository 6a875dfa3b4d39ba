#include "core/engine/manifest_change.hpp"

#include "core/patch/diff_writer.hpp"
#include "core/project/save_project.hpp"

namespace modtool::engine {

Result<std::unique_ptr<ManifestChange>> ManifestChange::open(const Context& context, const ProjectRequest& request,
                                                             const Fix& otherwise) {
  std::unique_ptr<ManifestChange> change(new ManifestChange(context));
  MODTOOL_TRY(change->opened_, OpenProject::open(context, request));
  MODTOOL_TRY(change->held_, context.files.lock_if_possible(change->project().root, context.cancellation));
  context.files.remove_leftovers(change->project().root);
  // Another run may have changed it before this one held it.
  MODTOOL_TRY(const std::string now, context.files.read(change->project().manifest_path).required());
  if (now != change->project().manifest_text) {
    ProjectRequest again = request;
    again.is_held = true;
    MODTOOL_TRY(change->opened_, OpenProject::open(context, again));
  }
  const project::Project& project = change->project();
  auto document = project.dialect->open_document(project.manifest_text, std::string(project.dialect->manifest_name()));
  if (!document && document.error().code == Code::kNotSupported) document.error().fix = otherwise;
  if (!document) return fail(std::move(document).error());
  change->document_ = std::move(*document);
  return change;
}

Result<manifest::Manifest> ManifestChange::manifest() const {
  return project().dialect->parse_manifest(document_->text(),
                                           {.shown = std::string(project().dialect->manifest_name())}, {});
}

std::string ManifestChange::diff() const {
  return patch::unified_diff(project().dialect->manifest_name(), project().manifest_text, document_->text());
}

Result<void> ManifestChange::save() const {
  if (!changes_manifest()) return {};
  MODTOOL_CHECK(check_may_write(context_, std::string(project().dialect->manifest_name())));
  return context_.files.write_atomic(project().manifest_path, document_->text());
}

Result<void> ManifestChange::save(const std::string& lock) const {
  return project::save_project(context_.files, project(), document_->text(), lock);
}

Result<void> check_may_write(const Context& context, const std::string& what) {
  if (!context.settings.locked) return {};
  return fail(Error{.code = Code::kLockedRun, .message = what + " would be changed, and this run is locked"}.with(
      Fix::again("", {}, "--locked")));
}

}  // namespace modtool::engine
