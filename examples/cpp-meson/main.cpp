#include <cstdio>

#include "count.hpp"

int main() { std::printf("%d words\n", count_words("proved before it is built")); }
