// A zip file read from front to back, as archives are. For archive.cpp.
#pragma once

#include <memory>
#include <string_view>

#include "core/io/archive.hpp"

namespace modtool::io {

// Code::kBadZip where it is none, or is inconsistent. `bytes` outlive the reader.
Result<std::unique_ptr<ArchiveReader>> open_zip_archive(std::string_view bytes);

}  // namespace modtool::io
