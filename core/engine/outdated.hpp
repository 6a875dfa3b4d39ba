// `outdated` and `list -u`: which selected modules have newer versions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/module/module_version.hpp"

namespace modtool::engine {

struct OutdatedModule {
  module::ModuleVersion module;  // as it is selected
  bool direct = false;           // the root's manifest requires it
  std::string wanted;            // the newest version that is compatible with it
  std::string latest;            // the newest of all
  std::int64_t days = 0;         // between the commits of the selected and the latest version
  bool retracted = false;        // the selected one was taken back by its authors
  std::string retraction;        // why
  std::string deprecated;        // what the authors say of the module

  bool is_outdated() const { return wanted != module.version || latest != module.version; }
  bool is_notable() const { return is_outdated() || retracted || !deprecated.empty(); }
};

// Every selected module that nothing replaces, the direct ones first, each part sorted by path, of the project in the
// directory that can be asked (choose_locking_project); with `needs_all` of all of them. Asks where the modules come
// from. Code::kNotSupported where that is not for the project's dialect.
Result<std::vector<OutdatedModule>> find_outdated(const Context& context, bool needs_all);

}  // namespace modtool::engine
