// What clears an error or a finding, as data: commands, put into words only where they are shown.
//
//     Fix::modtool("vendor", {"--sums-only"})                    modtool vendor --sums-only
//     Fix::command({"rm", "-r", "my vendor"}).then(…)            rm -r 'my vendor' && …
//     Fix::command({"go", "mod", "download"}).with("a@v1.0.0")   go mod download a@v1.0.0
//
// Below cli nobody knows how commands are shown, or which of several projects in a directory they will be about.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modtool {

// One command. Words are plain; what a shell would take for more than a letter is quoted where they are shown.
struct FixCommand {
  std::vector<std::string> environment = {};  // in front of it: "GOWORK=off"
  std::string verb = {};  // of modtool, as its help lists it: "vendor", "mod graph"; empty: another program
  std::vector<std::string> words = {};  // the arguments of the verb, or the other program and its arguments
  std::string output = {};              // a file that what it prints is added to; "~/" is the home; empty: none
  // The command that was typed, corrected: it keeps what else was typed. The argument that the words stand in place of;
  // empty: none. Not set: another command.
  std::optional<std::string> again = {};

  bool operator==(const FixCommand&) const = default;
};

// Commands to be typed one after the other, each if the one before it went well; without commands there is no fix. What
// changes a fix gives a new one, so that one may stand for several ("go mod download", in front of any module).
struct Fix {
  std::vector<FixCommand> commands = {};
  std::string dialect = {};    // of the project that modtool's commands are about, among several; empty: not said
  std::string directory = {};  // where the commands are to be run, from where they are typed; empty: there

  static Fix modtool(std::string verb, std::vector<std::string> arguments = {});
  static Fix command(std::vector<std::string> words);
  // The command that was typed, with these arguments in place of one that it had.
  static Fix again(std::string verb, std::vector<std::string> arguments, std::string in_place_of = {});

  bool empty() const { return commands.empty(); }

  // One more argument, a setting in front, or a file for the output of the last command. There is one.
  Fix with(std::string argument) const;
  Fix under(std::string setting) const;
  Fix appending_to(std::string file) const;
  // And then the other, whose dialect counts where this one names none.
  Fix then(const Fix& other) const;
  // For the project of that dialect, unless the fix names one already; as it is for "".
  Fix naming(const std::string& name) const;
  // For another directory, unless the fix names one already; as it is for "".
  Fix inside(const std::string& place) const;

  bool operator==(const Fix&) const = default;
};

// The line for a POSIX shell; empty where there is no fix. The dialect is a flag behind each verb of modtool's that has
// it: those of the drop-in face do not, being about one dialect. An argument may name one, too, which then counts.
std::string to_command(const Fix& fix);

// The fix as one line of JSON, to be sent to another process of this program, and read again: nullopt for whatever
// format_fix does not write. Words are UTF-8. A directory is left out: it is named where the fix is shown.
std::string format_fix(const Fix& fix);
std::optional<Fix> parse_fix(std::string_view line);

}  // namespace modtool
