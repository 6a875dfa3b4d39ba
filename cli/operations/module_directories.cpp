#include "cli/operations/module_directories.hpp"

#include "cli/operations/build_sources.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/manifest/dialect.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;

class Finder {
 public:
  Finder(const Session& session, const OpenProject& opened)
      : session_(session), opened_(opened), is_vendored_(session.files.exists(opened.project().vendor_directory())) {}

  // Empty where it has none.
  std::string find(const ModuleVersion& module) const {
    const std::string directory = module.version.empty() ? project().root : place_of(module);
    return session_.files.exists(directory) ? directory : std::string();
  }

 private:
  const project::Project& project() const { return opened_.project(); }

  std::string place_of(const ModuleVersion& module) const {
    if (is_vendored_) return io::join_path(project().vendor_directory(), module.path);
    const auto* replacement = opened_.replacements().find(module);
    const ModuleVersion& actual = replacement != nullptr ? replacement->to : module;
    if (actual.version.empty()) return project().path_of(actual.path);
    return project().dialect->locks_graph() ? std::string() : extracted(actual);
  }

  std::string extracted(const ModuleVersion& module) const {
    const auto layout = goproxy::CacheLayout::create(session_.settings.module_cache);
    const auto tree = layout ? layout->tree(module) : std::string();
    return tree ? *tree : std::string();
  }

  const Session& session_;
  const OpenProject& opened_;
  bool is_vendored_;
};

}  // namespace

ModuleDirectories directories_at_hand(const Session& session, const OpenProject& project,
                                      const resolve::ModuleGraph& graph) {
  const Finder finder(session, project);
  ModuleDirectories directories;
  for (const auto& module : graph.build_list()) {
    if (auto directory = finder.find(module); !directory.empty()) directories[module.path] = std::move(directory);
  }
  return directories;
}

Result<ModuleDirectories> proven_directories(Session& session, OpenProject& project, const resolve::ModuleGraph& graph,
                                             const std::string& dialect) {
  MODTOOL_TRY(const auto sources, prove_sources(session, project, "", dialect));
  auto directories = directories_at_hand(session, project, graph);
  if (sources == build::Sources::kVendor || project.locking() == nullptr) return directories;
  MODTOOL_TRY(const auto modules, locate_modules(session, project, sources));
  for (const auto& input : modules) directories[input.module.path] = project.project().path_of(input.directory);
  return directories;
}

}  // namespace modtool::cli
