// Small files of the module cache, written so that a running go never sees half of one: to a temporary name beside the
// file, in the form in which the go command finds and removes left-over ones, then renamed. Not synced, as a cache can
// be filled again; what a crash leaves half-written is noticed when it is read.
#pragma once

#include <string>
#include <string_view>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::goproxy {

// A fresh name `<path><digits>.tmp`.
std::string temporary_name(const std::string& path);

// Makes or replaces a file, and the directories above it.
Result<void> save_cache_file(io::FileSystem& files, const std::string& path, std::string_view bytes);

// Brings `@v/list` up to date with the .mod files of its directory, under the file's own lock as the go command does.
Result<void> save_version_list(io::FileSystem& files, const std::string& version_directory,
                               const Cancellation& cancellation);

}  // namespace modtool::goproxy
