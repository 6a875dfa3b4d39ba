#pragma once
#include <iostream>

namespace check {
template <class A, class B>
int equal(const A& actual, const B& expected) {
  if (actual == expected) return 0;
  std::cerr << "is " << actual << ", should be " << expected << "\n";
  return 1;
}
}  // namespace check
