// modtool.sums as it lies on the disk, in a checkout that is not trusted: a link would have other files read for it, or
// overwritten in its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

// The text of modtool.sums; nothing where nothing is there. Code::kUnproven where something is there that is no regular
// file or cannot be read: it must not be taken for absent.
// `name` is what people call it.
Result<std::optional<std::string>> load_sums(const io::FileReader& files, const std::string& path,
                                             std::string_view name = kSumsName);

// Whether modtool.sums may be written: absent or a regular file. Else Code::kSymbolicLink or kFileExists.
Result<void> check_sums_place(const io::FileReader& files, const std::string& path);

}  // namespace modtool::vendor_tool
