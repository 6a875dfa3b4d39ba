#include "tests/process/git_project.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/files.hpp"

namespace modtool::test {
namespace {

namespace fs = std::filesystem;

std::string prepared(const std::string& path) {
  fs::create_directories(fs::path(path).parent_path());
  return path;
}

}  // namespace

GitProject::GitProject() : repository_(prepared(base() + "/owner/repo")) {
  environment = {{"HOME", home()}, {"PATH", "/usr/bin:/bin"}, {"GIT_CONFIG_NOSYSTEM", "1"}};
  fs::create_directories(home());
  repository_.tag("v1.0.0", repository_.commit({{"a.c", {"int a;\n"}}, {"run.sh", executable("#!/bin/sh\n")}}));
  write_file(root() + "/modtool.json",
             "{\"schema\": 1, \"module\": \"example.com/m\", \"require\": {\"example.com/owner/repo\": \"v1.0.0\"}}\n");
}

void GitProject::lead_to(const std::string& url, const std::string& more) const {
  write_home(".gitconfig", "[url \"" + url + "\"]\n\tinsteadOf = https://example.com/\n" + more);
}

void GitProject::write_home(const std::string& name, const std::string& text, int mode) const {
  write_file(home() + "/" + name, text);
  fs::permissions(home() + "/" + name, static_cast<fs::perms>(mode));
}

std::string GitProject::read_home(const std::string& name) const { return read_file(home() + "/" + name); }

Start GitProject::start(const std::vector<std::string>& words) const {
  std::vector<std::string> command = {MODTOOL_PROGRAM};
  command.insert(command.end(), words.begin(), words.end());
  return {.command = std::move(command), .directory = root(), .environment = environment};
}

Outcome GitProject::run(const std::vector<std::string>& words) const { return RunningProgram(start(words)).wait(); }

void GitProject::forget() const {
  fs::remove_all(home() + "/.cache");
  fs::remove(root() + "/modtool.lock");
}

std::string GitProject::lock() const { return read_file(root() + "/modtool.lock"); }

std::string GitProject::local_lock() const {
  const std::string before = read_home(".gitconfig");
  lead_to("file://" + base() + "/");
  const auto outcome = run({"tidy"});
  REQUIRE_MESSAGE(outcome.status == 0, outcome.err);
  const std::string made = lock();
  write_home(".gitconfig", before);
  forget();
  return made;
}

std::vector<std::string> GitProject::unfinished() const {
  std::vector<std::string> names;
  const std::string cache = home() + "/.cache";
  if (!fs::exists(cache)) return names;
  for (const auto& entry : fs::recursive_directory_iterator(cache)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("pack_git2_") || name.ends_with(".lock.lock") || name.contains(".tmp")) names.push_back(name);
  }
  return names;
}

}  // namespace modtool::test
