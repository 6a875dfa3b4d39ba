// The text of provider.cmake.
#pragma once

#include <string_view>

namespace modtool::build {

std::string_view provider_text();

}  // namespace modtool::build
