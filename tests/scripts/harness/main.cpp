// run_script MODTOOL FILE.txtar [STEPS.txtar]: runs a script, or the steps of another on its files, against a modtool.
// Exits 0 where all is as it should be, 1 where not, and 77 where the script was skipped, or took new goldens
// (MODTOOL_ACCEPT=1): an update never looks like a pass.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "tests/scripts/harness/script.hpp"

namespace {

using namespace modtool::test;

constexpr int kSkipped = 77;

Txtar read_archive(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return parse_txtar(std::string(std::istreambuf_iterator<char>(in), {}));
}

int run_file(const std::filesystem::path& modtool, const std::filesystem::path& file,
             const std::filesystem::path& steps) {
  auto archive = read_archive(file);
  if (!steps.empty()) archive.comment = read_archive(steps).comment;
  Script script(std::move(archive), modtool);
  try {
    script.run();
  } catch (const ScriptSkip& skip) {
    std::printf("skipped: %s\n", skip.what());
    return kSkipped;
  } catch (const ScriptFailure& failure) {
    std::printf("%s%s:%s\n", script.log().c_str(), file.c_str(), failure.what());
    return 1;
  }
  if (!script.accepted()) return 0;
  std::ofstream(file, std::ios::binary | std::ios::trunc) << format_txtar(*script.accepted());
  std::printf("skipped: new goldens were written to %s\n", file.c_str());
  return kSkipped;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::fputs("usage: run_script MODTOOL FILE.txtar [STEPS.txtar]\n", stderr);
    return 2;
  }
  try {
    return run_file(std::filesystem::absolute(argv[1]), argv[2], argc == 4 ? argv[3] : "");
  } catch (const std::exception& failure) {
    std::printf("%s: %s\n", argv[2], failure.what());
    return 1;
  }
}
