// The commands of the scripts; tests/scripts/README.md describes each.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>

#include "core/base/text.hpp"
#include "tests/scripts/harness/same.hpp"
#include "tests/scripts/harness/script.hpp"
#include "tests/scripts/harness/tree.hpp"

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

// Where a signal ends a program, it crashed: that is no failure that a script may ask for.
constexpr int kSignals = 128;

void require_arguments(const CommandCall& call, std::size_t least, std::size_t most) {
  if (call.arguments.size() < least || call.arguments.size() > most) throw ScriptFailure("wrong number of arguments");
}

void check_status(const CommandCall& call) {
  const auto status = call.script.last->status;
  if (status > kSignals) throw ScriptFailure("ended by signal " + std::to_string(status - kSignals));
  if (call.must_fail && status == 0) throw ScriptFailure("succeeded, and should have failed");
  if (!call.must_fail && status != 0) throw ScriptFailure("failed with status " + std::to_string(status));
}

void run_exec(const CommandCall& call) {
  require_arguments(call, 1, 1000);
  call.script.run_and_log(call.arguments);
  check_status(call);
}

void run_modtool(const CommandCall& call) {
  auto command = call.arguments;
  command.insert(command.begin(), "modtool");
  call.script.run_and_log(std::move(command));
  check_status(call);
}

void check_last_status(const CommandCall& call) {
  require_arguments(call, 1, 1);
  const auto status = std::to_string(call.script.last.value_or(Outcome{}).status);
  if (status != call.arguments[0]) throw ScriptFailure("the exit status is " + status);
}

// The first command that the last program suggested: what the group of a pattern matches in a line.
std::string suggested(const Script& script, const std::string& pattern) {
  const std::regex regex(pattern);
  const auto message = script.read("stderr") + script.read("stdout");
  for (const auto line : split_lines(message)) {
    std::match_results<std::string_view::const_iterator> match;
    if (std::regex_search(line.begin(), line.end(), match, regex) && match.size() > 1) return match.str(1);
  }
  throw ScriptFailure("the last error suggests no command");
}

// What changes the shell that people type it in, and so all that they type after it.
bool set_in_shell(Script& script, const std::string& command) {
  const auto words = split_fields(command);
  if (words.size() != 2) return false;
  const std::string word(words[1]);
  if (words[0] == "unset") return script.environment.erase(word) > 0;
  const auto equals = word.find('=');
  if (words[0] != "export" || equals == word.npos) return false;
  script.environment[word.substr(0, equals)] = word.substr(equals + 1);
  return true;
}

constexpr const char* kFixLine = "^ +fix: (.+)$";

// `fix [-instead|-next] [-like REGEX] [PLACE…]`: types the command that the last program suggested. Then what failed
// must succeed; with -next it, or the typed command, suggests another one; with -instead that was to be typed in its
// place. The places are those that make the fix; `lint fixes` reads them.
void run_fix(const CommandCall& call) {
  std::string kind;
  std::string pattern = kFixLine;
  for (auto word = call.arguments.begin(); word != call.arguments.end() && word->starts_with('-'); ++word) {
    if (*word == "-like" && word + 1 != call.arguments.end()) {
      pattern = *++word;
    } else {
      kind = *word;
    }
  }
  const auto failed = call.script.last_run;
  const std::string command = suggested(call.script, pattern);
  call.script.note("> " + command);
  if (set_in_shell(call.script, command)) {
    call.script.run_and_log({"true"});
  } else {
    call.script.run_and_log({"/bin/sh", "-c", command});
  }
  const bool leads_on = kind == "-next";
  if (!leads_on || call.script.last->status == 0) {
    check_status({call.script, call.arguments, false});
    if (kind == "-instead") return;
    call.script.run_and_log(failed);
  }
  check_status({call.script, call.arguments, leads_on});
  if (leads_on && suggested(call.script, kFixLine) == command) throw ScriptFailure("the fix led nowhere: " + command);
}

// `untyped PLACE WHY`: a fix that no test can type.
void leave_untyped(const CommandCall& call) {
  require_arguments(call, 2, 1000);
  suggested(call.script, kFixLine);
}

// `row NAME`: done before the steps of the row (main.cpp), which begin with the files as they stand in the script.
void begin_row(const CommandCall& call) { require_arguments(call, 1, 1000); }

std::size_t count_matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::size_t count = 0;
  for (const auto line : split_lines(text)) {
    count += static_cast<std::size_t>(
        std::distance(std::regex_iterator<std::string_view::const_iterator>(line.begin(), line.end(), regex), {}));
  }
  return count;
}

// `[-count=N] 'regex'` against a text, line by line.
void match_text(const CommandCall& call, std::span<const std::string> words, const std::string& text) {
  const std::string flag = "-count=";
  const bool counted = words.front().starts_with(flag);
  if (words.size() != (counted ? 2U : 1U)) throw ScriptFailure("wrong number of arguments");
  const auto found = count_matches(text, words.back());
  if (counted && std::to_string(found) != words.front().substr(flag.size())) {
    throw ScriptFailure("`" + words.back() + "` matches " + std::to_string(found) + " times");
  }
  if (call.must_fail && found > 0) throw ScriptFailure("`" + words.back() + "` matches");
  if (!counted && !call.must_fail && found == 0) throw ScriptFailure("`" + words.back() + "` does not match");
}

void match_stdout(const CommandCall& call) {
  require_arguments(call, 1, 2);
  match_text(call, call.arguments, call.script.read("stdout"));
}

void match_stderr(const CommandCall& call) {
  require_arguments(call, 1, 2);
  match_text(call, call.arguments, call.script.read("stderr"));
}

void match_file(const CommandCall& call) {
  require_arguments(call, 2, 3);
  match_text(call, std::span(call.arguments).first(call.arguments.size() - 1), call.script.read(call.arguments.back()));
}

void compare(const CommandCall& call, const std::string& expected) {
  const auto& [actual_name, expected_name] = std::tie(call.arguments[0], call.arguments[1]);
  const auto actual = call.script.read(actual_name);
  if (call.must_fail && actual == expected) throw ScriptFailure(actual_name + " and " + expected_name + " are equal");
  if (call.must_fail || actual == expected) return;
  if (call.script.accept(expected_name, actual)) return;
  throw ScriptFailure(actual_name + " and " + expected_name + " differ:\n" + line_difference(expected, actual));
}

void compare_files(const CommandCall& call) {
  require_arguments(call, 2, 2);
  compare(call, call.script.read(call.arguments[1]));
}

void compare_expanded(const CommandCall& call) {
  require_arguments(call, 2, 2);
  const auto lookup = [&](std::string_view name) { return call.script.variable(name); };
  compare(call, expand(call.script.read(call.arguments[1]), lookup));
}

void compare_trees(const CommandCall& call) {
  require_arguments(call, 2, 2);
  const auto difference =
      tree_difference(call.script.resolve(call.arguments[0]), call.script.resolve(call.arguments[1]));
  if (call.must_fail && difference.empty()) throw ScriptFailure("the trees are equal");
  if (!call.must_fail && !difference.empty()) throw ScriptFailure("the trees differ:\n" + difference);
}

void check_exists(const CommandCall& call) {
  require_arguments(call, 1, 1000);
  for (const auto& name : call.arguments) {
    const bool there = fs::exists(fs::symlink_status(call.script.resolve(name)));
    if (there == call.must_fail) throw ScriptFailure(name + (there ? " exists" : " does not exist"));
  }
}

void set_variables(const CommandCall& call) {
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const auto& word = call.arguments[i];
    if (word == "-u" && i + 1 < call.arguments.size()) {
      call.script.environment.erase(call.arguments[++i]);
      continue;
    }
    const auto equals = word.find('=');
    if (equals == std::string::npos) throw ScriptFailure("not NAME=VALUE: " + word);
    call.script.environment[word.substr(0, equals)] = word.substr(equals + 1);
  }
}

void change_directory(const CommandCall& call) {
  require_arguments(call, 1, 1);
  call.script.directory = call.script.resolve(call.arguments[0]).lexically_normal();
  if (!fs::is_directory(call.script.directory)) throw ScriptFailure("not a directory: " + call.arguments[0]);
}

// `cp FROM… TO`, files and whole directories, `stdout` and `stderr` too.
void copy_files(const CommandCall& call) {
  require_arguments(call, 2, 1000);
  const auto target = call.script.resolve(call.arguments.back());
  for (const auto& name : std::span(call.arguments).first(call.arguments.size() - 1)) {
    const auto source = call.script.resolve(name);
    const auto to = fs::is_directory(target) ? target / source.filename() : target;
    if (fs::is_directory(source)) {
      fs::copy(source, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
      continue;
    }
    std::ofstream(to, std::ios::binary | std::ios::trunc) << call.script.read(name);
  }
}

void move_file(const CommandCall& call) {
  require_arguments(call, 2, 2);
  const auto target = call.script.resolve(call.arguments[1]);
  const auto source = call.script.resolve(call.arguments[0]);
  fs::rename(source, fs::is_directory(target) ? target / source.filename() : target);
}

void make_directories(const CommandCall& call) {
  for (const auto& name : call.arguments) fs::create_directories(call.script.resolve(name));
}

void remove_files(const CommandCall& call) {
  for (const auto& name : call.arguments) fs::remove_all(call.script.resolve(name));
}

void set_input(const CommandCall& call) {
  require_arguments(call, 1, 1);
  call.script.input = call.script.read(call.arguments[0]);
}

void change_mode(const CommandCall& call) {
  require_arguments(call, 2, 1000);
  const auto mode = static_cast<fs::perms>(std::stoul(call.arguments[0], nullptr, 8));
  for (const auto& name : std::span(call.arguments).subspan(1)) fs::permissions(call.script.resolve(name), mode);
}

// `symlink NAME -> TARGET`
void make_symlink(const CommandCall& call) {
  require_arguments(call, 3, 3);
  if (call.arguments[1] != "->") throw ScriptFailure("not NAME -> TARGET");
  fs::create_symlink(call.arguments[2], call.script.resolve(call.arguments[0]));
}

// `append FILE TEXT`, a line.
void append_line(const CommandCall& call) {
  require_arguments(call, 2, 2);
  std::ofstream(call.script.resolve(call.arguments[0]), std::ios::binary | std::ios::app) << call.arguments[1] << '\n';
}

// `replace OLD NEW FILE`: every place; at least one.
void replace_text(const CommandCall& call) {
  require_arguments(call, 3, 3);
  const auto& old_text = call.arguments[0];
  auto text = call.script.read(call.arguments[2]);
  auto at = text.find(old_text);
  if (at == std::string::npos) throw ScriptFailure("`" + old_text + "` is not in " + call.arguments[2]);
  for (; at != std::string::npos; at = text.find(old_text, at + call.arguments[1].size())) {
    text.replace(at, old_text.size(), call.arguments[1]);
  }
  std::ofstream(call.script.resolve(call.arguments[2]), std::ios::binary | std::ios::trunc) << text;
}

// `sums [FILE]`: go.sum with the lines of every module of the proxy.
void write_sums(const CommandCall& call) {
  require_arguments(call, 0, 1);
  const auto name = call.arguments.empty() ? "go.sum" : call.arguments[0];
  std::ofstream(call.script.resolve(name), std::ios::binary | std::ios::trunc) << format_go_sum(call.script.modules);
}

// `fill`: the module cache with every module of the proxy, as after `go mod download`, but nothing extracted.
void fill_cache(const CommandCall& call) {
  require_arguments(call, 0, 0);
  const fs::path gopath = call.script.variable("GOPATH");
  write_download_cache(call.script.modules, gopath / "pkg" / "mod" / "cache" / "download");
}

// `need go`: without it the script is skipped, or fails where oracles are required.
void need_oracle(const CommandCall& call) {
  for (const auto& name : call.arguments) {
    if (has_oracle(call.script, name)) continue;
    const char* required = std::getenv("MODTOOL_REQUIRE_ORACLE");
    if (required != nullptr && std::string_view(required) == "1") throw ScriptFailure("there is no " + name);
    throw ScriptSkip("there is no " + name);
  }
}

// `as somebody`: done before the script begins (main.cpp).
void as_somebody(const CommandCall& call) {
  require_arguments(call, 1, 1);
  if (call.arguments[0] != "somebody") throw ScriptFailure("it is `as somebody`");
}

// `same WORDS…`: go and modtool, each started on the same files and the same module cache, print the same, end the same
// and leave the same behind (not asked with `-output`; with `-cache` the cache is compared, too). Both must succeed;
// with `!`, both must fail.
void run_same(const CommandCall& call) {
  require_arguments(call, 1, 1000);
  const std::map<std::string, Compare> kinds = {{"-output", Compare::kOutput}, {"-cache", Compare::kCacheToo}};
  const auto kind = kinds.find(call.arguments[0]);
  const bool is_plain = kind == kinds.end();
  const std::vector<std::string> words(call.arguments.begin() + (is_plain ? 0 : 1), call.arguments.end());
  const auto difference = difference_from_go(call.script, words, is_plain ? Compare::kAll : kind->second);
  if (!difference.empty()) throw ScriptFailure("modtool is not like go:\n" + difference);
  check_status(call);
}

[[noreturn]] void skip(const CommandCall& call) { throw ScriptSkip(join(call.arguments, " ")); }

[[noreturn]] void stop(const CommandCall& /*call*/) { throw ScriptStop(); }

// `use NAME`: done before the first step (main.cpp), since a fixture may bring modules for the proxy.
void use_fixture(const CommandCall& call) { require_arguments(call, 1, 1); }

struct CommandRow {
  void (*run)(const CommandCall&);
  bool may_be_negated = false;
};

const std::map<std::string, CommandRow> kCommands = {
    {"append", {append_line}},
    {"cd", {change_directory}},
    {"chmod", {change_mode}},
    {"cmp", {compare_files, true}},
    {"cmpenv", {compare_expanded, true}},
    {"cmptree", {compare_trees, true}},
    {"cp", {copy_files}},
    {"env", {set_variables}},
    {"exec", {run_exec, true}},
    {"exists", {check_exists, true}},
    {"fill", {fill_cache}},
    {"fix", {run_fix}},
    {"grep", {match_file, true}},
    {"mkdir", {make_directories}},
    {"modtool", {run_modtool, true}},
    {"mv", {move_file}},
    {"need", {need_oracle}},
    {"replace", {replace_text}},
    {"rm", {remove_files}},
    {"row", {begin_row}},
    {"same", {run_same, true}},
    {"skip", {skip}},
    {"status", {check_last_status}},
    {"stderr", {match_stderr, true}},
    {"stdin", {set_input}},
    {"stdout", {match_stdout, true}},
    {"stop", {stop}},
    {"sums", {write_sums}},
    {"symlink", {make_symlink}},
    {"untyped", {leave_untyped}},
    {"use", {use_fixture}},
    {"as", {as_somebody}},
};

}  // namespace

void run_command(Script& script, const Step& step) {
  const auto row = kCommands.find(step.command);
  if (row == kCommands.end()) throw ScriptFailure("unknown command " + step.command);
  if (step.must_fail && !row->second.may_be_negated) throw ScriptFailure("`! " + step.command + "` means nothing");
  row->second.run({script, step.arguments, step.must_fail});
}

bool has_oracle(const Script& script, const std::string& name) {
  if (name == "go") {
    const auto outcome = run_program({"go", "env", "GOVERSION"}, "/", script.environment, "");
    return outcome.status == 0 && outcome.out.starts_with("go1.26");
  }
  if (name == "netns") return run_program({"unshare", "-n", "true"}, "/", script.environment, "").status == 0;
  return run_program({"/bin/sh", "-c", "command -v " + name}, "/", script.environment, "").status == 0;
}

}  // namespace modtool::test
