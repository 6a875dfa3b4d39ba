// The words of modtool.sums, shared by its writer and its parser.
#pragma once

#include <string_view>

namespace modtool::vendor_tool {

inline constexpr std::string_view kFormatName = "modtool.sums ";
inline constexpr std::string_view kFormatLine = "modtool.sums 1";
inline constexpr std::string_view kFormatLine2 = "modtool.sums 2";  // with choices of the project's
inline constexpr std::string_view kWithKeyword = "with ";
inline constexpr std::string_view kModuleKeyword = "module ";
inline constexpr std::string_view kDirectoryKeyword = "directory ";
inline constexpr std::string_view kManifestKeyword = "manifest";
inline constexpr std::string_view kFilesKeyword = "files";
inline constexpr std::string_view kExecutableKeyword = "executable ";
inline constexpr std::string_view kLeftOutKeyword = "left-out ";
inline constexpr std::string_view kKeepKeyword = "keep ";

}  // namespace modtool::vendor_tool
