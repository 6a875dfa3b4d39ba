#pragma once
#include <string>

namespace text {
std::string upper(std::string word);
std::string capital(std::string word);
}
