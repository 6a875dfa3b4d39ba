// The dialects that there are, a file each: what the table in project.cpp is made of. Nobody else names a dialect's
// folder.
#pragma once

#include "core/project/module_supply.hpp"
#include "core/project/project.hpp"

namespace modtool::project {

// Go's: go.mod and go.sum; modules from proxies, by way of Go's module cache; what is used is found by imports.
DialectRow go_row(const ToolVersions& versions);
// The native one: modtool.json and modtool.lock; modules from Git and archives; all of every module is used.
DialectRow native_row(const ToolVersions& versions);

}  // namespace modtool::project
