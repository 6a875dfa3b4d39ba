#include "tests/scripts/harness/script.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/base/text.hpp"
#include "tests/scripts/harness/tree.hpp"

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

std::string from_outside(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Nothing of the machine's own settings gets in but the PATH. What a sanitizer finds is a crash, which no step takes
// for a failure.
Environment clean_environment(const fs::path& scratch) {
  return {
      {"PATH", (scratch / "bin").string() + ":" + from_outside("PATH")},
      {"WORK", (scratch / "work").string()},
      {"HOME", (scratch / "home").string()},
      {"GOPATH", (scratch / "gopath").string()},
      {"GOCACHE", (scratch / "gocache").string()},
      {"GOENV", "off"},
      {"GOPROXY", "off"},
      {"HTTPS_PROXY", "http://127.0.0.1:9"},  // nobody: nothing leaves this machine
      {"HTTP_PROXY", "http://127.0.0.1:9"},
      {"NO_PROXY", "localhost,127.0.0.1"},
      {"GOSUMDB", "off"},
      {"GOTOOLCHAIN", "local"},
      {"GOTELEMETRY", "off"},
      {"TMPDIR", (scratch / "tmp").string()},
      {"LC_ALL", "C.UTF-8"},
      {"GIT_CONFIG_NOSYSTEM", "1"},
      {"GIT_AUTHOR_NAME", "script"},
      {"GIT_AUTHOR_EMAIL", "script@example.com"},
      {"GIT_COMMITTER_NAME", "script"},
      {"GIT_COMMITTER_EMAIL", "script@example.com"},
      {"ASAN_OPTIONS", "abort_on_error=1"},
      {"UBSAN_OPTIONS", "abort_on_error=1:print_stacktrace=1"},
  };
}

bool lies_in_a_project(const fs::path& directory) {
  for (auto at = directory;; at = at.parent_path()) {
    for (const auto* name : {"go.mod", "go.work", "modtool.json"}) {
      if (fs::exists(at / name)) return true;
    }
    if (at == at.root_path()) return false;
  }
}

// Where somebody left a go.mod in the directory for temporary files, all that lies below would be of its project.
fs::path place_outside_projects() {
  const auto usual = fs::canonical(fs::temp_directory_path());
  for (const auto& place : {usual, fs::path("/var/tmp"), fs::path("/dev/shm")}) {
    if (fs::is_directory(place) && !lies_in_a_project(place)) return place;
  }
  throw ScriptFailure("every directory for temporary files lies in a project: remove " + usual.string() + "/go.mod");
}

}  // namespace

Script::Script(Txtar archive, const fs::path& modtool) : archive_(std::move(archive)) {
  auto pattern = (place_outside_projects() / "modtool-script-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw ScriptFailure("no scratch directory");
  scratch_ = fs::canonical(pattern);
  make_scratch(modtool);
}

Script::~Script() {
  try {
    remove_tree(scratch_);
  } catch (const fs::filesystem_error&) {  // what is left is left in the directory for temporary files
  }
}

void Script::make_scratch(const fs::path& modtool) {
  for (const auto* name : {"work", "home", "gopath", "bin", "tmp"}) fs::create_directory(scratch_ / name);
  fs::create_symlink(modtool, scratch_ / "bin" / "modtool");
  environment = clean_environment(scratch_);
  directory = scratch_ / "work";
  modules = proxy_modules(archive_);
  if (!modules.empty()) {
    write_proxy(modules, scratch_ / "proxy");
    environment["GOPROXY"] = "file://" + (scratch_ / "proxy").string();
  }
  for (const auto& file : archive_.files) {
    if (file.name.starts_with(kProxySections)) continue;
    const auto target = directory / file.name;
    fs::create_directories(target.parent_path());
    std::ofstream(target, std::ios::binary) << file.text;
  }
}

void Script::run() {
  int number = 0;
  for (const auto line : split_lines(archive_.comment)) {
    ++number;
    try {
      auto step = parse_step(line, number, [this](std::string_view name) { return variable(name); });
      if (!step) throw ScriptFailure(step.error().message);
      if (!step->command.empty()) run_step(*step);
    } catch (const ScriptStop&) {
      return;
    } catch (const ScriptSkip&) {
      throw;
    } catch (const std::exception& failure) {
      throw ScriptFailure(std::to_string(number) + ": " + failure.what());
    }
  }
}

void Script::run_step(const Step& step) {
  for (const auto& condition : step.conditions) {
    if (holds(condition) != condition.wanted) return;
  }
  note("> " + step.text);
  run_command(*this, step);
}

bool Script::holds(const Condition& condition) const {
  if (condition.name == "root") return ::geteuid() == 0;
  if (condition.name == "go" || condition.name == "git") return has_oracle(*this, condition.name);
  if (condition.name.starts_with("exec:")) return has_oracle(*this, condition.name.substr(5));
  if (condition.name.starts_with("exists:")) return fs::exists(resolve(condition.name.substr(7)));
  throw ScriptFailure("unknown condition [" + condition.name + "]");
}

fs::path Script::resolve(const std::string& path) const { return directory / path; }

std::string Script::read(const std::string& path) const {
  if (path == "stdout" || path == "stderr") {
    if (!last) throw ScriptFailure("no program has run yet");
    return path == "stdout" ? last->out : last->err;
  }
  std::ifstream in(resolve(path), std::ios::binary);
  if (!in || fs::is_directory(resolve(path))) throw ScriptFailure("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Script::variable(std::string_view name) const {
  const auto entry = environment.find(std::string(name));
  return entry == environment.end() ? "" : entry->second;
}

void Script::run_and_log(std::vector<std::string> command) {
  last = run_program(command, directory.string(), environment, std::exchange(input, ""));
  last_run = std::move(command);
  if (!last->out.empty()) note("[stdout]\n" + last->out);
  if (!last->err.empty()) note("[stderr]\n" + last->err);
  if (last->status != 0) note("[exit status " + std::to_string(last->status) + "]");
}

void Script::note(const std::string& text) {
  log_ += text;
  if (!text.ends_with('\n')) log_ += '\n';
}

bool Script::accept(const std::string& path, const std::string& text) {
  if (from_outside("MODTOOL_ACCEPT") != "1") return false;
  const auto name = resolve(path).lexically_relative(scratch_ / "work").lexically_normal().generic_string();
  if (std::ranges::find(archive_.files, name, &TxtarFile::name) == archive_.files.end()) return false;
  accepted_[name] = text;
  return true;
}

}  // namespace modtool::test
