// What `edit` and `replace` print.
#pragma once

#include "cli/session.hpp"
#include "core/engine/edit.hpp"

namespace modtool::cli {

// Gives the exit status.
int render_edit(Session& session, const engine::EditReport& report, bool dry_run);

}  // namespace modtool::cli
