#include <check.hpp>
#include <greet.hpp>

int main() { return check::equal(greet::greeting("you"), "Hello, You!"); }
