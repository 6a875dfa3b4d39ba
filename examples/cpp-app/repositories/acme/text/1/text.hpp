#pragma once
#include <string>

namespace text {
std::string upper(std::string word);
}
