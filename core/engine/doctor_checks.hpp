// The checks of `examine`, and what they look at.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/engine/doctor.hpp"
#include "core/engine/open_project.hpp"
#include "core/project/module_supply.hpp"
#include "core/source/route.hpp"

namespace modtool::engine {

// A project, or a dialect where there is none: where its modules come from.
class Side {
 public:
  explicit Side(std::unique_ptr<OpenProject> opened);
  // Where there is no project of the dialect, or it cannot be loaded.
  Side(const Context& context, const project::DialectRow& row);

  // nullptr where there is none.
  const project::Project* project() const { return opened_ != nullptr ? &opened_->project() : nullptr; }
  project::ModuleSupply& supply() { return opened_ != nullptr ? opened_->supply() : *supply_; }
  // Those that are required or locked, replacements applied, sorted.
  std::vector<module::ModuleVersion> modules() const;

 private:
  std::unique_ptr<OpenProject> opened_;
  // Of no project; the supply refers to the others.
  std::unique_ptr<const project::Project> none_;
  std::unique_ptr<const resolve::LockIndex> lock_;
  std::unique_ptr<project::ModuleSupply> supply_;
};

struct Patient {
  const Context& context;
  const DoctorOptions& options;
  std::vector<Side> sides = {};
  std::vector<Observation> opening = {};                // what was seen when the projects were opened
  std::vector<std::vector<source::Route>> routes = {};  // of each side
};

// Finds and opens the projects, and looks up where their modules come from.
void open_sides(Patient& patient);

std::vector<Observation> check_settings(Patient& patient);
std::vector<Observation> check_project(Patient& patient);
std::vector<Observation> check_modules(Patient& patient);
std::vector<Observation> check_logins(Patient& patient);
std::vector<Observation> check_certificates(Patient& patient);
std::vector<Observation> check_caches(Patient& patient);
std::vector<Observation> check_clock(Patient& patient);
// Online alone.
std::vector<Observation> check_servers(Patient& patient);

// Says where the clock here and that of a server differ by more than a few minutes.
void add_drift(std::chrono::sys_seconds here, std::chrono::sys_seconds there, const std::string& whose,
               std::vector<Observation>& seen);

}  // namespace modtool::engine
