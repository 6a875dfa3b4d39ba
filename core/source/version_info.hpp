// What is known of a version: the `.info` files of the GOPROXY protocol and of Go's module cache
// (go.dev/ref/mod#goproxy-protocol), JSON objects with `Version`, `Time` and `Origin`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::source {

struct VersionInfo {
  std::string version;  // canonical where it came with a canonical version
  std::string time;     // of the commit, RFC 3339 in Go's shortest form; may be empty
  std::string origin;   // the JSON object `Origin`, its known members in Go's order; may be empty

  bool operator==(const VersionInfo&) const = default;
};

// Code::kBadReply where the text is not such an object.
Result<VersionInfo> parse_version_info(std::string_view json);

// The bytes that the go command writes into its cache: what cannot matter once the version is known is left out.
std::string format_version_info(const VersionInfo& info);

// An RFC 3339 time in the form in which Go prints it: no zeros at the end of the fraction, `Z` for an offset of zero.
// Empty where the text is no such time.
std::string canonical_time(std::string_view time);

// An RFC 3339 time in seconds from the beginning of 1970 in UTC, fractions left out. Nothing where the text is no such
// time, or the one that stands for none (the first second of the year 1).
std::optional<std::int64_t> seconds_of(std::string_view time);

// The day of an RFC 3339 time in UTC, counted from 1970; 0 where the text is no such time.
std::int64_t day_of(std::string_view time);

}  // namespace modtool::source
