#include "cli/module_progress.hpp"

namespace modtool::cli {

std::size_t ModuleProgress::note(const module::ModuleVersion& module) {
  const std::lock_guard lock(mutex_);
  return seen_.insert(module).second ? seen_.size() : 0;
}

void ModuleProgress::begin(const module::ModuleVersion& module) {
  const std::size_t count = note(module);
  if (count == 0) return;
  const std::string line = verb_ + " " + to_string(module);
  console_.say_verbose(line);
  console_.progress(line, count, 0);
}

void ModuleProgress::advance(const module::ModuleVersion& module, std::size_t done, std::size_t total) {
  const std::string line = verb_ + " " + to_string(module);
  if (note(module) != 0) console_.say_verbose(line);
  console_.progress(line, done, total);
}

}  // namespace modtool::cli
