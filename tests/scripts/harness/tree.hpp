// Directories of a script: removing them, and their differences as a failing script shows them.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

namespace modtool::test {

// The lines that only one of two texts has: `-` of the first, `+` of the second, in order. Empty where they are equal.
std::string line_difference(std::string_view first, std::string_view second);

// What differs between two directories, a line an entry: names, kinds, bytes, targets of links. Empty where they are
// equal.
std::string tree_difference(const std::filesystem::path& first, const std::filesystem::path& second);

// The same with the permissions of everything; entries with the names that are left out do not count.
std::string strict_tree_difference(const std::filesystem::path& first, const std::filesystem::path& second,
                                   const std::set<std::string>& left_out);

// Removes a directory, read-only ones in it included (module caches are). Does nothing where there is none.
void remove_tree(const std::filesystem::path& top);

}  // namespace modtool::test
