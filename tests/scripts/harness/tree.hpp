// Directories of a script: removing them, and their differences as a failing script shows them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace modtool::test {

// The lines that only one of two texts has: `-` of the first, `+` of the second, in order. Empty where they are equal.
std::string line_difference(std::string_view first, std::string_view second);

// What differs between two directories, a line an entry: names, kinds, bytes, targets of links. Empty where they are
// equal.
std::string tree_difference(const std::filesystem::path& first, const std::filesystem::path& second);

// Removes a directory, read-only ones in it included (module caches are). Does nothing where there is none.
void remove_tree(const std::filesystem::path& top);

}  // namespace modtool::test
