// The ways by which a project's modules come here, for people who ask why one does not.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/base/observation.hpp"

namespace modtool::source {

// A server or directory, the modules that are asked of it, and what is known of the way there without asking anybody.
struct Route {
  Observation seen;
  std::string url = {};     // what an enquiry asks; empty: there is nobody to ask. May hold a login
  std::string module = {};  // one of those that are asked there; empty: none
  bool is_repository = false;
};

// What a server said.
struct Answer {
  Observation seen;
  std::optional<std::chrono::sys_seconds> date = {};  // by its clock
};

}  // namespace modtool::source
