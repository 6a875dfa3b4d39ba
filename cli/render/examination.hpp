// What `modtool doctor` saw, as people and machines read it.
#pragma once

#include <string>
#include <vector>

#include "core/engine/doctor.hpp"

namespace modtool::cli {

// A heading a check, a line an observation, with what belongs to it below. The first few modules of each, or all.
std::string render_examinations(const std::vector<engine::Examination>& examinations, bool all);
// {"schema": 1, "healthy": …, "checks": [{"name": …, "observations": […]}]}
std::string render_examinations_json(const std::vector<engine::Examination>& examinations);

// "2 problems, 1 warning"
std::string summarise(const std::vector<engine::Examination>& examinations);
bool is_healthy(const std::vector<engine::Examination>& examinations);

}  // namespace modtool::cli
