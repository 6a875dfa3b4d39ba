#include "greet.hpp"

#include <text.hpp>

std::string greet::greeting(const std::string& whom) { return "Hello, " + text::capital(whom) + "!"; }
