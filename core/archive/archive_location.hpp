// Where the archive of a module version is.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace modtool::archive {

struct ArchiveLocation {
  std::string url;   // as the description has it, its placeholders filled in; for locks and messages
  std::string path;  // of this machine, absolute; empty where it is fetched over https
};

// Fills in a URL template ("{version}" without its "v"; {major}, {minor}, {patch}, {pre}) and looks at what comes out:
// https:// without a name or password in it, file://, or a path of this machine, a relative one below `directory`.
// Code::kBadArchiveUrl; kUnsupportedScheme for http://, which proves nothing of who answers.
Result<ArchiveLocation> locate_archive(const std::string& url_template, const std::string& version,
                                       const std::string& directory);

}  // namespace modtool::archive
