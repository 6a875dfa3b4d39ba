// What `edit` and `replace` print.
#pragma once

#include "cli/operations/edit.hpp"
#include "cli/session.hpp"

namespace modtool::cli {

// Gives the exit status.
int render_edit(Session& session, const EditReport& report, bool dry_run);

}  // namespace modtool::cli
