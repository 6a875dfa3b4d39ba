// `init`: the manifest of a project that starts.
#pragma once

#include <string>

#include "cli/session.hpp"

namespace modtool::cli {

struct InitOptions {
  std::string path;     // of the module; empty: where its Git repository has its origin
  std::string dialect;  // "native"; empty: the one that the directory's files speak for
};

struct InitReport {
  std::string manifest_name;
  std::string path;
};

// Code::kFileExists where the project has started; kUsage where the dialect or the path is not clear.
Result<InitReport> start_project(Session& session, const InitOptions& options);

}  // namespace modtool::cli
