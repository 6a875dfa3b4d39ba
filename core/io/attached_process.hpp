// Programs that people watch: a build tool's output comes through as it is written, and a program can be given the
// terminal as a whole.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/network_wall.hpp"

namespace modtool::io {

struct Program {
  std::vector<std::string> command;      // the program by its full path, and its arguments; no shell
  std::vector<std::string> environment;  // "NAME=value", all of it
  std::string directory;                 // where it runs
  NetworkWall wall = NetworkWall::kNone;
};

enum class OutputStream { kOut, kError };
using OutputSink = std::function<void(OutputStream, std::string_view bytes)>;

// Runs a program with nothing on standard input and hands each piece of its output on as it comes; gives its exit
// status, 128 + signal where a signal ended it. Where this process writes to a terminal, the program does so too (one
// of its own, of the same size), and where both of this process's streams are one file, so are the program's: it prints
// what it would print without us. When the run is cancelled, its process group is sent the signal that it would have
// got from the terminal, is killed if it has not ended a few seconds later, and the cancellation's error is returned.
// Code::kChildFailed where it cannot be started.
Result<int> run_relayed(const Program& program, const OutputSink& sink, const Cancellation& cancellation);

// Runs a program in the place of this one: with its standard streams and in its process group, so that the terminal's
// signals reach it by themselves.
Result<int> run_in_place(const Program& program, const Cancellation& cancellation);

// The full path of a program as a shell finds it: `name` itself where it holds a slash, else the first executable file
// of that name in the directories of `search_path` ("/bin:/usr/bin"; empty and relative elements do not count). Empty
// where there is none.
std::string find_program(std::string_view name, std::string_view search_path);

}  // namespace modtool::io
