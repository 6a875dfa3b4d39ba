// What a fuzz target is made of. Built with clang (preset fuzz) it is a libFuzzer program; everywhere else its seeds
// are a unit test, so that it cannot rot and what it once found stays found.
//
//     MODTOOL_FUZZ_TARGET(go_sum) { must(…, "what must be"); }      // the bytes are `input`
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#ifndef MODTOOL_FUZZ
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "tests/support/files.hpp"
#endif

namespace modtool::fuzz {

// Ends the program where something that holds for all input does not hold.
inline void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// The bytes up to the first NUL, and those behind it: two inputs in one.
struct InputPair {
  std::string_view first;
  std::string_view second;
};
inline InputPair split_input(std::string_view input) {
  const auto end = input.find('\0');
  return {input.substr(0, end), end == std::string_view::npos ? std::string_view() : input.substr(end + 1)};
}

#ifdef MODTOOL_FUZZ
#define MODTOOL_FUZZ_TARGET(name)                                                     \
  static void fuzz_##name(std::string_view input);                                    \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    fuzz_##name({reinterpret_cast<const char*>(data), size});                         \
    return 0;                                                                         \
  }                                                                                   \
  static void fuzz_##name(std::string_view input)
#else
inline void replay_seeds(const std::string& name, void (*target)(std::string_view)) {
  for (const auto& seed : std::filesystem::directory_iterator(MODTOOL_SOURCE_DIR "/tests/fuzz/corpus/" + name)) {
    CAPTURE(seed.path());
    target(modtool::test::read_file(seed.path()));
  }
}

#define MODTOOL_FUZZ_TARGET(name)                                       \
  static void fuzz_##name(std::string_view input);                      \
  TEST_CASE("what holds for all input holds for the seeds of " #name) { \
    ::modtool::fuzz::replay_seeds(#name, fuzz_##name);                  \
  }                                                                     \
  static void fuzz_##name(std::string_view input)
#endif

}  // namespace modtool::fuzz
