// run_script MODTOOL FILE.txtar: runs a script against a modtool. Exits 0 where all is as it should be, 1 where not,
// and 77 where the script was skipped, or took new goldens (MODTOOL_ACCEPT=1): an update never looks like a pass.
#include <grp.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/base/text.hpp"
#include "tests/scripts/harness/script.hpp"
#include "tests/support/files.hpp"

namespace {

using namespace modtool::test;

constexpr int kSkipped = 77;

Txtar read_archive(const std::filesystem::path& file) { return parse_txtar(read_file(file)); }

// `use NAME` in the steps adds the files of fixtures/NAME.txtar, beside the script.
void add_fixtures(Txtar& archive, const std::filesystem::path& folder) {
  for (const auto line : modtool::split_lines(archive.comment)) {
    if (!line.starts_with("use ")) continue;
    const auto name = std::string(modtool::trim(line.substr(4)));
    const auto fixture = read_archive(folder / "fixtures" / (name + ".txtar"));
    if (fixture.files.empty()) throw ScriptFailure("there is no fixture " + name);
    archive.files.insert(archive.files.begin(), fixture.files.begin(), fixture.files.end());
  }
}

// `as somebody` in the steps: permissions, which do not bind root, bind whoever runs this script.
void become_somebody(const Txtar& archive) {
  constexpr uid_t kNobody = 65534;
  bool is_asked = false;
  for (const auto line : modtool::split_lines(archive.comment))
    is_asked = is_asked || modtool::trim(line) == "as somebody";
  if (!is_asked || ::geteuid() != 0) return;
  const bool is_done = ::setgroups(0, nullptr) == 0 && ::setgid(kNobody) == 0 && ::setuid(kNobody) == 0;
  if (!is_done) throw ScriptFailure("root may not become somebody else");
}

// In CI nothing may be left out for want of something.
int skipped(const ScriptSkip& skip) {
  const char* const required = std::getenv("MODTOOL_REQUIRE_ORACLE");
  const bool is_failure = required != nullptr && std::string_view(required) == "1";
  std::printf("%s: %s\n", is_failure ? "must not be skipped" : "skipped", skip.what());
  return is_failure ? 1 : kSkipped;
}

int take_goldens(const Script& script, const std::filesystem::path& file) {
  auto archive = read_archive(file);
  for (auto& section : archive.files) {
    if (const auto golden = script.accepted().find(section.name); golden != script.accepted().end()) {
      section.text = golden->second;
    }
  }
  write_file(file, format_txtar(archive));
  std::printf("skipped: new goldens were written to %s\n", file.c_str());
  return kSkipped;
}

int run_steps(const Txtar& archive, const std::filesystem::path& modtool, const std::filesystem::path& file) {
  auto whole = archive;
  add_fixtures(whole, file.parent_path());
  Script script(std::move(whole), modtool);
  try {
    script.run();
  } catch (const ScriptSkip& skip) {
    return skipped(skip);
  } catch (const ScriptFailure& failure) {
    std::printf("%s%s:%s\n", script.log().c_str(), file.c_str(), failure.what());
    return 1;
  }
  return script.accepted().empty() ? 0 : take_goldens(script, file);
}

// All rows are run; one that failed counts more than one that was skipped.
int run_file(const std::filesystem::path& modtool, const std::filesystem::path& file) {
  const auto archive = read_archive(file);
  become_somebody(archive);
  int status = 0;
  for (auto& steps : split_rows(archive.comment)) {
    const int outcome = run_steps({.comment = std::move(steps), .files = archive.files}, modtool, file);
    if (status != 1 && outcome != 0) status = outcome;
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: run_script MODTOOL FILE.txtar\n", stderr);
    return 2;
  }
  try {
    return run_file(std::filesystem::absolute(argv[1]), argv[2]);
  } catch (const std::exception& failure) {
    std::printf("%s: %s\n", argv[2], failure.what());
    return 1;
  }
}
