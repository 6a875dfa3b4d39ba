// go.work (go.dev/ref/mod#go-work-file). Nothing but tests uses it yet: it stays because workspaces stand on it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/gomod/syntax.hpp"
#include "core/manifest/manifest.hpp"

namespace modtool::gomod {

// A module of the workspace: its directory, as written.
struct Use {
  std::string directory;
  Where where;
};

struct GoWork {
  std::string go;         // empty where there is no go line
  std::string toolchain;  // likewise
  std::vector<Use> use;
  std::vector<manifest::Replacement> replace;
  std::vector<std::pair<std::string, std::string>> godebug;
  SyntaxTree syntax;
};

// As parse_go_mod with Strictness::kEdit; the error is "errors parsing go.work:".
Result<GoWork> parse_go_work(std::string_view text, const std::string& file);

}  // namespace modtool::gomod
