#include "core/engine/sourced_modules.hpp"

#include <fmt/format.h>

#include "core/goproxy/cache_layout.hpp"
#include "core/module/windows_names.hpp"
#include "core/project/input_error.hpp"
#include "core/project/module_graph.hpp"
#include "core/project/replacement.hpp"

namespace modtool::engine {

using manifest::StandIn;
using manifest::Tree;
using module::ModuleVersion;

SourcedModules::SourcedModules(const Context& context, const SourcedInputs& inputs)
    : Modules(inputs.replacements),
      context_(context),
      inputs_(inputs),
      summaries_({.dialect = *inputs.project.dialect,
                  .root = inputs.project.manifest,
                  .checksums = inputs.project.lock.checksums,
                  .index = inputs.index,
                  .index_use = inputs.go_face ? resolve::IndexUse::kParsing : resolve::IndexUse::kReading,
                  .lock = inputs.lock}) {}

Result<manifest::Summary> SourcedModules::summary(const ModuleVersion& module) {
  const StandIn what = stand_in(module);
  return summaries_.read(*this, module, what, what.is_directory() ? manifest_name(what) : manifest::FileName());
}

Result<std::string> SourcedModules::manifest(const ModuleVersion& module) {
  const StandIn what = stand_in(module);
  if (what.is_directory()) return directory_manifest(what, module.path);
  if (inputs_.lock == nullptr) return inputs_.source.manifest(what);
  return fail(Error{.code = Code::kLockStale,
                    .message = fmt::format("{} has no entry for it", inputs_.project.dialect->lock_name())}
                  .with(project::relocking()));
}

Result<std::string> SourcedModules::directory_manifest(const StandIn& directory, const std::string& path) const {
  const auto& dialect = *inputs_.project.dialect;
  const std::string root = inputs_.project.path_of(directory.path);
  auto text = context_.files.read(io::join_path(root, dialect.manifest_name())).required();
  if (text) return text;
  if (text.error().code != Code::kFileNotFound) return fail(project::input_error(std::move(text).error()));
  MODTOOL_TRY(const auto there, context_.files.stat(root).if_there());
  if (there && dialect.manifest_is_optional()) return dialect.synthesise_manifest(path);
  text.error().code = Code::kReplacementMissing;
  return text;
}

manifest::FileName SourcedModules::manifest_name(const StandIn& directory) const {
  const auto& project = inputs_.project;
  std::string full = io::join_path(project.path_of(directory.path), project.dialect->manifest_name());
  std::string shown = project::shown_path(context_.files, context_.settings.directory, full);
  return {.shown = std::move(shown), .full = std::move(full)};
}

Result<Tree> SourcedModules::tree(const ModuleVersion& module) {
  const StandIn what = stand_in(module);
  if (what.is_directory()) return directory_tree(module, what);
  auto tree = inputs_.source.tree(what);
  if (!tree) return fail_in(std::move(tree), to_string(what));
  if (inputs_.go_face) return tree;  // go lets names pass that Windows takes for others
  if (auto good = module::check_names_on_windows((*tree)->list()); !good) {
    return fail(std::move(good.error()).in(to_string(what)));
  }
  return tree;
}

Result<Tree> SourcedModules::directory_tree(const ModuleVersion& module, const StandIn& directory) const {
  auto tree = project::open_replacement(context_.files, inputs_.project, directory.path);
  if (tree || tree.error().code != Code::kFileNotFound) return tree;
  return fail(
      Error{.code = Code::kReplacementMissing, .message = "replacement directory " + directory.path + " does not exist"}
          .in(to_string(module)));
}

Result<std::vector<ModuleVersion>> SourcedModules::build_list() {
  const std::lock_guard lock(mutex_);
  if (!build_list_) {
    MODTOOL_TRY(build_list_, project::load_build_list(inputs_.project, inputs_.lock, *this, context_.pool));
  }
  return *build_list_;
}

// The go command's messages tell where a module's files are.
std::string SourcedModules::place(const ModuleVersion& module) const {
  if (!inputs_.go_face) return {};
  const StandIn what = stand_in(module);
  if (what.is_directory()) return inputs_.project.path_of(what.path);
  const auto layout = goproxy::CacheLayout::create(context_.settings.module_cache);
  const auto tree = layout ? layout->tree(what) : Result<std::string>(fail(layout.error()));
  return tree ? *tree : to_string(what);
}

}  // namespace modtool::engine
