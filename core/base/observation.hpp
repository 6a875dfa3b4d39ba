// What a look at a setting, a place or a server came to: a line of what `modtool doctor` says.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace modtool {

enum class Grade {
  kFine,
  kWarning,  // works, but perhaps not as is meant
  kProblem,  // something cannot work
};

// Whoever makes one keeps secrets out of it.
struct Observation {
  Grade grade = Grade::kFine;
  std::string message;                    // lower case, no final period
  std::optional<Code> code = {};          // what a run would fail with, or warn of
  Where where = {};                       // the place in a file of the user's
  std::string setting = {};               // the variable that it comes from: unset, it is gone
  std::string server = {};                // whom it is about, without a secret: "https://host/path"
  std::vector<std::string> modules = {};  // paths, sorted: those that it is about
  std::vector<std::string> details = {};  // further lines
  Fix fix = {};

  bool operator==(const Observation&) const = default;

  Observation&& with(Fix what) && {
    fix = std::move(what);
    return std::move(*this);
  }
  Observation&& of(std::string variable) && {
    setting = std::move(variable);
    return std::move(*this);
  }
};

inline Observation fine(std::string message) { return {.message = std::move(message)}; }

// An error that a run would meet, or did.
Observation observe(Grade grade, Error error);
inline Observation problem(Error error) { return observe(Grade::kProblem, std::move(error)); }
inline Observation warning(Error error) { return observe(Grade::kWarning, std::move(error)); }
inline Observation problem(Code code, std::string message) {
  return problem(Error{.code = code, .message = std::move(message)});
}
inline Observation warning(Code code, std::string message) {
  return warning(Error{.code = code, .message = std::move(message)});
}

}  // namespace modtool
