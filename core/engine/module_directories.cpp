#include "core/engine/module_directories.hpp"

#include "core/goproxy/cache_layout.hpp"
#include "core/manifest/dialect.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;

class Finder {
 public:
  Finder(const Context& context, const OpenProject& opened, bool is_vendored)
      : context_(context), opened_(opened), is_vendored_(is_vendored) {}

  // Empty where it has none.
  Result<std::string> find(const ModuleVersion& module) const {
    std::string directory = module.version.empty() ? project().root : place_of(module);
    if (directory.empty()) return directory;
    MODTOOL_TRY(const auto there, context_.files.stat(directory).if_there());
    return there ? directory : std::string();
  }

 private:
  const project::Project& project() const { return opened_.project(); }

  std::string place_of(const ModuleVersion& module) const {
    if (is_vendored_) return io::join_path(project().vendor_directory(), module.path);
    const manifest::StandIn stand_in = opened_.replacements().stand_in(module);
    if (stand_in.is_directory()) return project().path_of(stand_in.path);
    return project().can.has_module_cache ? extracted(stand_in) : std::string();
  }

  std::string extracted(const ModuleVersion& module) const {
    const auto layout = goproxy::CacheLayout::create(context_.settings.module_cache);
    const auto tree = layout ? layout->tree(module) : std::string();
    return tree ? *tree : std::string();
  }

  const Context& context_;
  const OpenProject& opened_;
  bool is_vendored_;
};

}  // namespace

Result<ModuleDirectories> directories_at_hand(const Context& context, const OpenProject& project,
                                              const resolve::ModuleGraph& graph) {
  MODTOOL_TRY(const auto vendored, context.files.stat(project.project().vendor_directory()).if_there());
  const Finder finder(context, project, vendored.has_value());
  ModuleDirectories directories;
  for (const auto& module : graph.build_list()) {
    MODTOOL_TRY(std::string directory, finder.find(module));
    if (!directory.empty()) directories[module.path] = std::move(directory);
  }
  return directories;
}

}  // namespace modtool::engine
