// Follows a tar file block by block, beside the library that unpacks it, and refuses what another reader would take
// otherwise: files behind the end, headers that rename all entries, bytes of what is no file. The formats: POSIX ustar
// and pax (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html), GNU's and star's of old.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::io {

class TarLayout {
 public:
  static constexpr std::size_t kBlock = 512;

  // The next block, all of its bytes; the last one may be shorter. Code::kBadArchive.
  Result<void> take(std::string_view block);

 private:
  enum class Records { kNone, kOfNext, kOfAll };  // pax records that are being collected

  Result<void> take_header(std::string_view block);
  Result<void> take_records();

  bool is_lost_ = false;    // a header that cannot be read: the library says what is wrong
  bool has_ended_ = false;  // a block of zeros
  bool in_sparse_ = false;  // more of an old sparse map follows
  std::uint64_t left_ = 0;  // bytes of the entry still to come
  Records records_ = Records::kNone;
  std::string collected_;
  std::optional<std::uint64_t> next_size_;  // of the next entry, where a record says it
};

}  // namespace modtool::io
