// The file of Go's -overlay: {"Replace": {"shown": "file with its bytes", "hidden": ""}}.
#pragma once

#include <string>

#include "core/io/overlay.hpp"

namespace modtool::cli {

// Relative paths, that of the file too, start at `directory`. Code::kBadSetting, or the error of reading the file, in
// Go's words.
Result<io::Overlay> load_overlay(const io::FileReader& files, const std::string& directory, const std::string& file);

}  // namespace modtool::cli
