#include "text.hpp"

#include <cctype>

std::string text::upper(std::string word) {
  for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return word;
}

std::string text::capital(std::string word) { return word.empty() ? word : upper(word.substr(0, 1)) + word.substr(1); }
