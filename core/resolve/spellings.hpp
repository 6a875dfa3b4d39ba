// One module under two paths: with two spellings of its repository it would be in the build twice.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::resolve {

// Gives what is equal for two paths that lead to one place.
using IdentityOf = std::function<Result<std::string>(const std::string& path)>;

// Whether every module of the graph has one path. Code::kTwoSpellings shows a chain of requirements to each of the two.
// Modules that a directory stands in for are not looked at.
Result<void> check_one_spelling(const ModuleGraph& graph, const manifest::Modules& modules, const IdentityOf& identity);

}  // namespace modtool::resolve
