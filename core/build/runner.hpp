// Runs the programs of a build, whose output people see as it comes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/attached_process.hpp"

namespace modtool::build {

// A program to run.
struct Step {
  std::string program;                        // "cmake": looked for in the search path, unless it holds a slash
  std::vector<std::string> arguments;         // without the program
  std::string directory;                      // where it runs
  std::vector<std::string> environment = {};  // "NAME=value": what differs from the user's
};

struct RunnerInputs {
  std::vector<std::string> environment;              // the user's
  std::function<void(const std::string&)> announce;  // gets each command line before it runs; may be null
  std::function<void(const std::string&)> note;      // gets what users should know, a line each; may be null
  io::OutputSink sink;                               // gets the programs' output
  io::NetworkWall wall = io::NetworkWall::kNone;     // around the programs
  const Cancellation& cancellation;
};

class Runner {
 public:
  explicit Runner(RunnerInputs inputs);

  // Runs it and gives its exit status. `watch` may look at the output too. Code::kToolMissing where there is no such
  // program.
  Result<int> run(const Step& step, const io::OutputSink& watch = nullptr) const;
  // The same with the standard streams and the terminal of this process.
  Result<int> run_in_place(const Step& step) const;
  // Tells the user something that is no error.
  void note(const std::string& line) const;
  // What it prints, when only that is of interest.
  Result<std::string> ask(const Step& step) const;

  // A variable of the user's environment; empty where it is not set.
  std::string variable(std::string_view name) const;
  bool has_program(std::string_view name) const;
  // Where a program is in the search path; empty where it is not.
  std::string find_program(std::string_view name) const;

 private:
  Result<io::Program> prepare(const Step& step) const;

  RunnerInputs inputs_;
};

// The wall around the programs of a build that must not reach the network: the strongest that is to be had. Of one that
// does not hold all of it is told.
io::NetworkWall find_offline_wall(const std::function<void(const std::string&)>& note);

// The command line, as a shell would take it.
std::string command_line(const Step& step);

}  // namespace modtool::build
