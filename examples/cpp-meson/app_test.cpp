#include <check.hpp>

#include "count.hpp"

int main() { return check::equal(count_words(""), 0) + check::equal(count_words(" two  words "), 2); }
