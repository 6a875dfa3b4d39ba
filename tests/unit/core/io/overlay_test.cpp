#include "core/io/overlay.hpp"

#include <map>
#include <string>

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

using namespace modtool;
using namespace modtool::io;
using modtool::test::MemoryFileSystem;

namespace {

std::string names(const FileReader& files, const std::string& directory) {
  std::string text;
  for (const auto& entry : REQUIRE_OK(files.list(directory))) {
    text += entry.name + (entry.kind == FileKind::kDirectory ? "/ " : " ");
  }
  return text;
}

}  // namespace

TEST_CASE("an overlay shows, hides and adds files, and leaves the others") {
  MemoryFileSystem disk;
  disk.add("/m/go.mod", "old");
  disk.add("/m/hidden.go", "hidden");
  disk.add("/m/kept.go", "kept");
  disk.add("/elsewhere/go.mod", "new");
  auto overlay = REQUIRE_OK(Overlay::create(
      {{"/m/go.mod", "/elsewhere/go.mod"}, {"/m/hidden.go", ""}, {"/m/deep/er/new.go", "/elsewhere/go.mod"}}));
  const auto files = make_overlay_file_system(disk, std::move(overlay));
  CHECK(REQUIRE_OK(files->read("/m/go.mod")) == "new");
  CHECK(REQUIRE_OK(files->read("/m/x/../go.mod")) == "new");
  CHECK(REQUIRE_OK(files->read("/m/kept.go")) == "kept");
  CHECK_ERROR(files->read("/m/hidden.go"), Code::kFileNotFound, "/m/hidden.go");
  CHECK_ERROR(files->stat("/m/hidden.go"), Code::kFileNotFound, "/m/hidden.go");
  CHECK(REQUIRE_OK(files->stat("/m/deep")).kind == FileKind::kDirectory);
  CHECK(names(*files, "/m") == "deep/ go.mod kept.go ");
  CHECK(names(*files, "/m/deep") == "er/ ");
  CHECK(names(*files, "/m/deep/er") == "new.go ");
}

TEST_CASE("nothing lies below a file that an overlay shows or hides") {
  MemoryFileSystem disk;
  disk.add("/m/was/directory.go", "x");
  disk.add("/m/gone/directory.go", "x");
  auto overlay = REQUIRE_OK(Overlay::create({{"/m/was", "/m/was/directory.go"}, {"/m/gone", ""}}));
  const auto files = make_overlay_file_system(disk, std::move(overlay));
  CHECK_FALSE(test::is_there(*files, "/m/was/directory.go"));
  CHECK_FALSE(test::is_there(*files, "/m/gone/directory.go"));
  CHECK_ERROR(files->list("/m/gone"), Code::kFileNotFound, "/m/gone");
  CHECK(REQUIRE_OK(files->read("/m/was")) == "x");
}

TEST_CASE("a shown file below another one is refused, below a hidden one it makes a directory") {
  CHECK_ERROR(Overlay::create({{"/x", "/a"}, {"/x/y", "/b"}}), Code::kBadSetting,
              "inconsistent files /x and /x/y in overlay map");
  MemoryFileSystem disk;
  disk.add("/b", "bytes");
  const auto files = make_overlay_file_system(disk, REQUIRE_OK(Overlay::create({{"/x", ""}, {"/x/y", "/b"}})));
  CHECK(REQUIRE_OK(files->read("/x/y")) == "bytes");
}

TEST_CASE("what is written past an overlay goes to the file system below") {
  MemoryFileSystem disk;
  const auto files = make_overlay_file_system(disk, REQUIRE_OK(Overlay::create({{"/x", "/a"}})));
  REQUIRE_OK(files->write_atomic("/y", "written"));
  CHECK(REQUIRE_OK(disk.read("/y")) == "written");
}
