#include <doctest/doctest.h>

#include <algorithm>

#include "cli/run.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::cli {
namespace {

// Runs a command in /m, which succeeds.
void run_in_memory(test::MemoryFileSystem& files, const std::vector<std::string>& arguments) {
  std::string out;
  Console console([&](std::string_view text) { return !out.append(text).empty(); },
                  [&](std::string_view text) { return !out.append(text).empty(); });
  Environment environment;
  environment.set("GOMODCACHE", "/cache");
  Cancellation cancellation;
  const int status = run({.arguments = arguments,
                          .directory = "/m",
                          .environment = environment,
                          .console = console,
                          .files = files,
                          .cancellation = cancellation,
                          .hooks = {}});
  INFO(out);
  CHECK(status == 0);
}

}  // namespace

TEST_CASE("verify reads the manifest and the checksums once") {
  test::MemoryFileSystem files;
  files.add("/m/go.mod",
            "module example.com/m\n\ngo 1.21\n\nrequire example.com/a v1.0.0\n\nreplace example.com/a => ./a\n");
  files.add("/m/go.sum", "");
  files.add("/m/m.go", "package m\n\nimport _ \"example.com/a\"\n");
  files.add("/m/a/go.mod", "module example.com/a\n\ngo 1.21\n");
  files.add("/m/a/a.go", "package a\n");
  run_in_memory(files, {"vendor"});
  const std::size_t before = files.read_paths().size();
  run_in_memory(files, {"verify"});
  auto paths = files.read_paths();
  paths.erase(paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(before));
  CHECK(std::ranges::count(paths, "/m/go.mod") == 1);
  CHECK(std::ranges::count(paths, "/m/go.sum") == 1);
}

}  // namespace modtool::cli
