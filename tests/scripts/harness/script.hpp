// One script: its scratch directory, its environment, and the run of its steps.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/scripts/harness/proxy.hpp"
#include "tests/scripts/harness/run_program.hpp"
#include "tests/scripts/harness/step.hpp"
#include "tests/support/txtar.hpp"

namespace modtool::test {

// How a script ends early: a step that is not as it should be, and the two ways to stop that are no failure.
struct ScriptFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct ScriptSkip : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct ScriptStop {};

// What the commands of a script work on. The scratch directory holds `work` (where the script starts, and its files
// are), `home`, `gopath`, `proxy`, `bin` (modtool, and nothing else of ours) and `tmp`; it is removed at the end.
class Script {
 public:
  // `text` in txtar; `modtool` the program under test. Throws ScriptFailure.
  Script(Txtar archive, const std::filesystem::path& modtool);
  ~Script();
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  // Runs all steps. Throws ScriptFailure and ScriptSkip.
  void run();
  const std::string& log() const { return log_; }
  // The goldens that the run accepted: the names of sections, and their new text.
  const std::map<std::string, std::string>& accepted() const { return accepted_; }

  // For the commands.
  std::filesystem::path directory;  // the current one
  Environment environment;
  std::string input;                  // standard input of the next program
  std::optional<Outcome> last;        // of the last program
  std::vector<std::string> last_run;  // the last program's words
  std::vector<ProxyModule> modules;

  std::filesystem::path resolve(const std::string& path) const;
  // The bytes of a file; `stdout` and `stderr` are what the last program printed.
  std::string read(const std::string& path) const;
  std::string variable(std::string_view name) const;
  void run_and_log(std::vector<std::string> command);
  void note(const std::string& text);
  // Where goldens are accepted (MODTOOL_ACCEPT=1), takes `text` for the file's section and says true.
  bool accept(const std::string& path, const std::string& text);

 private:
  void make_scratch(const std::filesystem::path& modtool);
  void run_step(const Step& step);
  bool holds(const Condition& condition) const;

  Txtar archive_;
  std::map<std::string, std::string> accepted_;
  std::filesystem::path scratch_;
  std::string log_;
};

// What a command may see of its step.
struct CommandCall {
  Script& script;
  const std::vector<std::string>& arguments;
  bool must_fail;
};

// Runs a command of the table in commands.cpp. Throws ScriptFailure where it is unknown or not as it should be.
void run_command(Script& script, const Step& step);

// Whether a program can be found and is the one to compare with; "go" must be of the release line that modtool follows.
bool has_oracle(const Script& script, const std::string& name);

}  // namespace modtool::test
