#include "vendor_tool/sums/sums_place.hpp"

#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::vendor_tool {
namespace {

using modtool::test::Fault;
using modtool::test::FaultyFileSystem;
using modtool::test::MemoryFileSystem;

constexpr auto kPath = "/p/modtool.sums";

TEST_CASE("modtool.sums is absent only where nothing has its name") {
  MemoryFileSystem files;
  files.add_directory("/p");
  CHECK(!REQUIRE_OK(load_sums(files, kPath)).has_value());
  REQUIRE_OK(check_sums_place(files, kPath));
  files.add(kPath, "text");
  CHECK(REQUIRE_OK(load_sums(files, kPath)) == "text");
  REQUIRE_OK(check_sums_place(files, kPath));
}

TEST_CASE("a modtool.sums that is a link is neither read nor written, wherever it leads") {
  for (const std::string target : {"/p/genuine", "/p/nothing"}) {
    CAPTURE(target);
    MemoryFileSystem files;
    files.add("/p/genuine", "text");
    files.add_link(kPath, target);
    CHECK_ERROR(load_sums(files, kPath), Code::kUnproven, "`/p/modtool.sums` is a symbolic link");
    CHECK_ERROR(check_sums_place(files, kPath), Code::kSymbolicLink, "`/p/modtool.sums` is a symbolic link");
  }
}

TEST_CASE("a modtool.sums that is no file is not taken for absent") {
  MemoryFileSystem files;
  files.add_special(kPath);
  CHECK_ERROR(load_sums(files, kPath), Code::kUnproven, "is not a regular file");
  CHECK_ERROR(check_sums_place(files, kPath), Code::kFileExists, "is not a regular file");
}

TEST_CASE("a modtool.sums that cannot be looked at or read is not taken for absent") {
  for (const bool is_there : {true, false}) {
    for (std::size_t call = 0; call < 3; ++call) {
      CAPTURE(is_there);
      CAPTURE(call);
      MemoryFileSystem disk;
      disk.add_directory("/p");
      if (is_there) disk.add(kPath, "text");
      const FaultyFileSystem files(disk, {.call = call, .counted = Fault::Counted::kAll});
      const auto loaded = load_sums(files, kPath);
      if (files.has_failed()) CHECK(!loaded.has_value());
      if (call == 0) CHECK(files.has_failed());
    }
  }
}

}  // namespace
}  // namespace modtool::vendor_tool
