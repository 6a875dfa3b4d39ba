#include <greet.hpp>
#include <iostream>
#include <text.hpp>

int main() { std::cout << text::upper(greet::greeting("modtool")) << "\n"; }
