#include "vendor_tool/sums/sums_place.hpp"

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::vendor_tool {
namespace {

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

}  // namespace
}  // namespace modtool::vendor_tool
