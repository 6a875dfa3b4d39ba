// The streaming contract: bytes flow through readers stacked on readers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.hpp"

namespace modtool {

// A source of bytes that is read once, from front to back, by one thread.
class Reader {
 public:
  virtual ~Reader() = default;
  // Fills the front of `into` and returns how many bytes were written; 0 means the end, never "try again".
  // After an error the reader is spent. Readers on top of readers pass errors through unchanged.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
};

// Reads what is left, at most `limit` bytes; more is Code::kTooLarge.
Result<std::string> read_all(Reader& reader, std::uint64_t limit = UINT64_MAX);

// A reader over bytes it owns.
std::unique_ptr<Reader> make_string_reader(std::string bytes);

}  // namespace modtool
