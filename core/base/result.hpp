// `Result<T>` is how every function of modtool that can fail returns; no exception crosses one of our functions.
#pragma once

#include <expected>
#include <utility>

#include "core/base/error.hpp"

namespace modtool {

template <class T>
using Result = std::expected<T, Error>;

// Makes the failing side of a Result: `return fail(Code::kBadVersion, "…")`, or `return fail(std::move(error))`.
inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }
inline std::unexpected<Error> fail(Code code, std::string message) {
  return std::unexpected<Error>(Error{.code = code, .message = std::move(message)});
}

// A failed result with one more frame of context.
template <class T>
std::unexpected<Error> fail_in(Result<T>&& result, std::string frame) {
  return std::unexpected<Error>(std::move(result.error()).in(std::move(frame)));
}

}  // namespace modtool

#define MODTOOL_CONCAT_INNER(a, b) a##b
#define MODTOOL_CONCAT(a, b) MODTOOL_CONCAT_INNER(a, b)

// MODTOOL_TRY(auto x, expression): x is the value of the Result, or its error is returned.
#define MODTOOL_TRY(declaration, ...)                                                     \
  auto MODTOOL_CONCAT(modtool_result_, __LINE__) = (__VA_ARGS__);                         \
  if (!MODTOOL_CONCAT(modtool_result_, __LINE__))                                         \
    return std::unexpected(std::move(MODTOOL_CONCAT(modtool_result_, __LINE__)).error()); \
  declaration = std::move(*MODTOOL_CONCAT(modtool_result_, __LINE__))

// MODTOOL_CHECK(expression): returns the error of a Result whose value is not wanted.
#define MODTOOL_CHECK(...) \
  if (auto modtool_check_ = (__VA_ARGS__); !modtool_check_) return std::unexpected(std::move(modtool_check_).error())
