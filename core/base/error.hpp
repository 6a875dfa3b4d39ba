// Errors as values.
//
// Every failure of modtool is an `Error`: what went wrong, where, the chain of what was being done (added frame by
// frame on the way up) and what mends it. Only `cli` renders errors and maps their codes to exit statuses.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error_code.hpp"
#include "core/base/fix.hpp"

namespace modtool {

// A place in a text file. Lines and columns count from 1, columns in bytes; 0 is "not known".
struct Where {
  std::string file;
  int line = 0;
  int column = 0;

  bool known() const { return !file.empty(); }
  bool operator==(const Where&) const = default;
};

struct Error {
  Code code = Code::kInternal;
  std::string message;  // lower case, no final period, names in backquotes; Go's words in Go's dialect
  Where where = {};     // the place in the user's input, where there is one
  std::vector<std::string> context = {};  // what was being done, innermost first: "reading go.mod of x@v1"
  Fix fix = {};                           // what clears the error; empty where nothing does
  std::vector<Error> problems = {};       // all the problems of a file, where one error stands for several
  std::vector<Error> attempts = {};       // of a chain of sources: each attempt's error, where there were several
  std::vector<std::string> notes = {};    // lines that help people to understand it; the drop-in face leaves them out

  // Adds a frame of context; for use on the way up: `return unexpected(std::move(e).in("verifying a@v1"))`.
  Error&& in(std::string frame) && {
    context.push_back(std::move(frame));
    return std::move(*this);
  }
  Error&& at(Where place) && {
    where = std::move(place);
    return std::move(*this);
  }
  Error&& noting(std::string line) && {
    notes.push_back(std::move(line));
    return std::move(*this);
  }
  Error&& with(Fix what) && {
    fix = std::move(what);
    return std::move(*this);
  }
};

// The error as one line without code and fix: frames outermost first, then the place, then the message. This is how
// the go command words its errors, less the `go: ` in front.
std::string to_line(const Error& error);

// The place as `file:line:column`, leaving out what is not known.
std::string to_string(const Where& where);

}  // namespace modtool
