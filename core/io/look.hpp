// What a look at a path tells, as a type: it is there, nothing is, or one cannot tell.
#pragma once

#include <optional>
#include <utility>

#include "core/base/result.hpp"

namespace modtool::io {

// Whether an error says that nothing is there. Every other one (EIO, EACCES, ELOOP …) says that it cannot be told.
inline bool is_absence(const Error& error) {
  return error.code == Code::kFileNotFound || error.code == Code::kNotADirectory;
}

// Whether an error says that something of another kind than a file is there: a link where none is followed, a
// directory, a device.
inline bool is_other_kind(const Error& error) {
  return error.code == Code::kSymbolicLink || error.code == Code::kIsADirectory || error.code == Code::kNotAFile;
}

// The answer to a look. It is no truth value, so that nobody takes "cannot tell" for "not there": whoever looks says
// which of those below is meant.
template <class T>
class [[nodiscard]] Look {
 public:
  Look(Result<T> outcome) : outcome_(std::move(outcome)) {}               // NOLINT(*-explicit-*)
  Look(T found) : outcome_(std::move(found)) {}                           // NOLINT(*-explicit-*)
  Look(std::unexpected<Error> failure) : outcome_(std::move(failure)) {}  // NOLINT(*-explicit-*)

  // For what has to be there: that nothing is, is an error like the others.
  Result<T> required() && { return std::move(outcome_); }

  // For what may be absent: nothing where there is none, an error where one cannot tell.
  Result<std::optional<T>> if_there() && {
    if (outcome_) return std::optional<T>(std::move(*outcome_));
    if (is_absence(outcome_.error())) return std::optional<T>();
    return std::unexpected(std::move(outcome_).error());
  }

  // The same where something of another kind counts as nothing, too: a directory in the place of a file, a link that is
  // not followed or leads in a circle.
  Result<std::optional<T>> if_such() && {
    if (!outcome_ && is_other_kind(outcome_.error())) return std::optional<T>();
    return std::move(*this).if_there();
  }

  // Only where no verdict and no change of a file hangs on it (words, programs on the PATH, left-overs): nothing, too,
  // where one cannot tell.
  std::optional<T> or_nothing() && { return outcome_ ? std::optional<T>(std::move(*outcome_)) : std::nullopt; }

 private:
  Result<T> outcome_;
};

}  // namespace modtool::io
