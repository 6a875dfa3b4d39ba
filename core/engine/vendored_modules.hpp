// A view of modules that reads sources out of the vendor directory where they are not on the machine otherwise. Nothing
// there is proven by that: it is for looking around, not for building or vendoring.
#pragma once

#include <map>
#include <string>

#include "core/manifest/modules.hpp"
#include "core/manifest/modules_txt.hpp"
#include "core/project/project.hpp"

namespace modtool::engine {

class VendoredModules final : public manifest::ModulesDecorator {
 public:
  // A directory that is not there, or whose index cannot be read, has nothing. All of it outlives the view.
  VendoredModules(manifest::Modules& inner, const io::FileReader& files, const project::Project& project);

  // Of what is not at hand (Code::kOffline), and vendored in the same version: what its line of the index says.
  Result<manifest::Summary> summary(const module::ModuleVersion& module) override;
  // The same for the files: those of the packages that are vendored.
  Result<manifest::Tree> tree(const module::ModuleVersion& module) override;

 private:
  const manifest::VendoredModule* vendored(const module::ModuleVersion& module) const;
  Result<manifest::Tree> vendored_tree(const manifest::VendoredModule& vendored) const;

  const io::FileReader& files_;
  std::string directory_;
  manifest::ModulesTxt index_;
};

}  // namespace modtool::engine
