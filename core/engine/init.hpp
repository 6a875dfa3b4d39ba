// `init`: the manifest of a project that starts.
#pragma once

#include <string>

#include "core/engine/context.hpp"

namespace modtool::engine {

struct InitOptions {
  std::string path;  // of the module; empty: where its Git repository has its origin
};

struct InitReport {
  std::string manifest_name;
  std::string path;
};

// Of the dialect that the context names, or else that the directory's files speak for.
// Code::kFileExists where the project has started; kUsage where the dialect or the path is not clear.
Result<InitReport> start_project(const Context& context, const InitOptions& options);

}  // namespace modtool::engine
