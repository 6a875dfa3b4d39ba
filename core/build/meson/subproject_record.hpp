// What in a project's subprojects/ is modtool's own: only that is ever replaced or removed.
#pragma once

#include <set>
#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

inline constexpr std::string_view kIgnoreFile = ".gitignore";

// The names that `.modtool/subprojects` remembers, and those in a .gitignore of modtool's own, which is still there
// where .modtool/ was removed. `directory` is subprojects/, from the project's root.
Result<std::set<std::string>> known_subprojects(const io::FileReader& files, const std::string& root,
                                                const std::string& directory);

// Writes `.modtool/subprojects`, unless it says just that.
Result<void> remember_subprojects(io::FileSystem& files, const std::string& root, const std::set<std::string>& names);

// Whether all that is at a path could have been made by modtool: links, and files with its mark. True where nothing is.
Result<bool> is_made_here(const io::FileReader& files, const std::string& path);

// The text of a regular file, links followed; empty where there is none: a checkout may hold a link to what never ends.
Result<std::string> read_regular(const io::FileReader& files, const std::string& path);

}  // namespace modtool::build
