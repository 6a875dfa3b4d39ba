// How far a work is that goes module by module: a bar on a terminal, a line for each module with -v.
#pragma once

#include <cstddef>
#include <mutex>
#include <set>
#include <string>

#include "cli/console.hpp"
#include "core/module/module_version.hpp"

namespace modtool::cli {

// May be used from several threads at once. The console outlives the object.
class ModuleProgress {
 public:
  // `verb` begins each line: "reading".
  ModuleProgress(Console& console, std::string verb) : console_(console), verb_(std::move(verb)) {}

  // A module is being worked on. Told once, however often it comes.
  void begin(const module::ModuleVersion& module);
  // The same where it is known how much there is to do, in any unit.
  void advance(const module::ModuleVersion& module, std::size_t done, std::size_t total);

 private:
  // How many modules came so far, this one included; 0 where it came before.
  std::size_t note(const module::ModuleVersion& module);

  Console& console_;
  std::string verb_;
  std::mutex mutex_;
  std::set<module::ModuleVersion> seen_;
};

}  // namespace modtool::cli
