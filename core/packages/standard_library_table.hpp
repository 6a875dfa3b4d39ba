// The names of the standard library's packages, as data.
#pragma once

#include <span>
#include <string_view>

namespace modtool::packages {

// Ascending. Those of the go command itself ("cmd/…") and vendored ones ("vendor/…") are among them.
std::span<const std::string_view> standard_packages();

}  // namespace modtool::packages
