// What is the matter with the machine, the settings and the project, as far as modules have to come here: a list of
// checks, each a function from what is to be looked at to what it saw. A further one is a row of the table in
// doctor.cpp.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/observation.hpp"
#include "core/base/result.hpp"
#include "core/engine/context.hpp"

namespace modtool::engine {

struct DoctorOptions {
  bool online = false;           // servers are asked, once each, and programs with logins run for it
  std::chrono::sys_seconds now;  // by the clock of this machine
};

// What one check saw.
struct Examination {
  std::string_view check;  // "settings", "caches": lives as long as the program
  std::vector<Observation> seen;
};

// Without `online` nothing is written, nobody asked and no program run. What is wrong is an observation; an error is
// the end of the run alone.
Result<std::vector<Examination>> examine(const Context& context, const DoctorOptions& options);

}  // namespace modtool::engine
