#include "cli/version.hpp"

#include <fmt/format.h>

#include "cli/settings.hpp"

namespace modtool::cli {

std::string version_number() { return MODTOOL_VERSION; }

std::string version_text() { return fmt::format("modtool {} (as go {})\n", MODTOOL_VERSION, kGoVersion); }

}  // namespace modtool::cli
