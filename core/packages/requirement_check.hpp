// Whether go.mod lists what the packages need. The go command adds what is missing in some modes; modtool never edits
// go.mod on the way, so here it is an error, as with `-mod=readonly`.
#pragma once

#include "core/packages/package_graph.hpp"
#include "core/packages/package_request.hpp"
#include "core/packages/selected_versions.hpp"

namespace modtool::packages {

// Notes a problem for each package of the main module that imports from a module which is no root
// (Code::kGoModOutOfDate), and sets `out_of_date` where the roots are not complete or not the selected versions of
// their modules.
void check_requirements(const PackageRequest& request, manifest::Modules& modules, SelectedVersions& versions,
                        PackageGraph& graph);

// What a module's own manifest requires, exclusions applied.
Result<std::vector<module::ModuleVersion>> required_by(const PackageRequest& request, manifest::Modules& modules,
                                                       const module::ModuleVersion& module);

}  // namespace modtool::packages
