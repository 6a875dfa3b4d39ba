#include "core/engine/doctor.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/engine/doctor_checks.hpp"

namespace modtool::engine {
namespace {

struct Check {
  std::string_view name;
  std::vector<Observation> (*run)(Patient&);
  bool needs_network = false;
};

constexpr std::array kChecks = {
    Check{"settings", check_settings}, Check{"project", check_project},           Check{"modules", check_modules},
    Check{"logins", check_logins},     Check{"certificates", check_certificates}, Check{"caches", check_caches},
    Check{"clock", check_clock},       Check{"servers", check_servers, true},
};

// Two dialects may have the same to say. What comes from one variable is gone without it.
std::vector<Observation> finish(std::vector<Observation> seen, const Settings& settings) {
  std::vector<Observation> each;
  for (auto& observation : seen) {
    if (std::ranges::find(each, observation) != each.end()) continue;
    const bool is_mendable = observation.fix.empty() && !observation.setting.empty();
    if (is_mendable) observation.fix = unsetting(settings, observation.setting);
    each.push_back(std::move(observation));
  }
  return each;
}

}  // namespace

Result<std::vector<Examination>> examine(const Context& context, const DoctorOptions& options) {
  Patient patient{.context = context, .options = options};
  open_sides(patient);
  std::vector<Examination> examinations;
  for (const auto& [name, run, needs_network] : kChecks) {
    MODTOOL_CHECK(context.cancellation.check());
    if (needs_network && !options.online) continue;
    const Task task = context.reporter.begin({.verb = "looking at", .what = std::string(name)});
    examinations.push_back({.check = name, .seen = finish(run(patient), context.settings)});
  }
  MODTOOL_CHECK(context.cancellation.check());
  return examinations;
}

}  // namespace modtool::engine
