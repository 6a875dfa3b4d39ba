// From the settings of a run to those of the sources of modules.
#pragma once

#include "core/engine/settings.hpp"
#include "core/project/module_supply.hpp"
#include "core/source/checksum_verifier.hpp"

namespace modtool::engine {

// What the run itself adds; open_project.hpp says what each means.
struct SourceRequest {
  bool go_face = false;
  bool offline = false;
  bool writable_cache = false;
  bool fills_cache = false;
  bool learns = false;
  bool asks_once = false;
  source::ChecksumRule checksums = source::ChecksumRule::kOwnFace;
};

project::SourceSettings source_settings(const Settings& settings, const SourceRequest& request);

}  // namespace modtool::engine
