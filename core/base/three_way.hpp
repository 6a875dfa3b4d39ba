// The rule that every three-way merge rests on: what both sides agree on, or only one of them changed, needs no
// decision.
#pragma once

#include <optional>

namespace modtool {

// What became of a value of `base` on two sides; nullptr where both changed it, to different values.
template <class T>
const T* merge_value(const T& base, const T& ours, const T& theirs) {
  if (ours == theirs || theirs == base) return &ours;
  return ours == base ? &theirs : nullptr;
}

// What base and both sides have under one name; nothing where they do not have it.
template <class T>
struct Three {
  std::optional<T> base;
  std::optional<T> ours;
  std::optional<T> theirs;

  // A side that has it; there must be one.
  const T& either() const { return ours ? *ours : *theirs; }
};

// The same for a thing that may be absent: that it is absent is a value, too.
template <class T>
const std::optional<T>* merge_value(const Three<T>& three) {
  return merge_value(three.base, three.ours, three.theirs);
}

}  // namespace modtool
