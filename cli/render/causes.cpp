#include "cli/render/causes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/first_few.hpp"

namespace modtool::cli {
namespace {

bool has_cause(const Error& error, const Error& other) {
  return fails_to_fetch(error.code) && error.code == other.code && cause_of(error.message) == cause_of(other.message) &&
         error.attempts.size() == other.attempts.size();
}

std::string note_about(const std::vector<std::string>& names) {
  return fmt::format("the same for {} other{}: {}", names.size(), names.size() == 1 ? "" : "s", first_few(names));
}

struct Cause {
  Error error;
  std::vector<std::string> others;
};

}  // namespace

std::string_view cause_of(std::string_view message) {
  const auto colon = message.find(": ");
  const bool is_of_address = message.find("://") < colon && colon != std::string_view::npos;
  return is_of_address ? message.substr(colon + 2) : message;
}

std::vector<Error> one_for_each_cause(const std::vector<Error>& errors) {
  std::vector<Cause> causes;
  for (const auto& error : errors) {
    const auto known = std::ranges::find_if(causes, [&](const auto& cause) { return has_cause(cause.error, error); });
    if (known == causes.end()) {
      causes.push_back({.error = error, .others = {}});
    } else {
      known->others.push_back(error.context.empty() ? error.message : error.context.front());
    }
  }
  std::vector<Error> merged;
  for (auto& [error, others] : causes) {
    if (!others.empty()) error.notes.push_back(note_about(others));
    merged.push_back(std::move(error));
  }
  return merged;
}

}  // namespace modtool::cli
