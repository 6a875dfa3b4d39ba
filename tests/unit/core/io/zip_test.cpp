#include "core/io/zip.hpp"

#include <doctest/doctest.h>

#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/support/zip_builder.hpp"

namespace modtool::io {
namespace {

using namespace std::string_literals;
using test::build_zip;
using test::ZipEnding;
using test::ZipMember;

// An entry's bytes; whole and as a stream they must be the same, or wrong in the same way.
Result<std::string> read_entry(ZipArchive& archive, std::size_t index) {
  auto bytes = archive.read(index);
  auto reader = archive.open(index);
  const auto streamed = reader ? read_all(**reader) : Result<std::string>(fail(reader.error()));
  REQUIRE(streamed.has_value() == bytes.has_value());
  if (bytes) CHECK(*streamed == *bytes);
  // A stream need not fear a size that is only claimed.
  if (!bytes && bytes.error().code != Code::kTooLarge) CHECK(streamed.error().code == bytes.error().code);
  return bytes;
}

// All the bytes of a zip, or the first error, be it at opening or at reading.
Result<std::string> read_everything(std::string_view zip) {
  MODTOOL_TRY(const auto archive, open_zip_bytes(zip));
  std::string all;
  for (std::size_t i = 0; i < archive->entries().size(); ++i) {
    MODTOOL_TRY(const std::string bytes, read_entry(*archive, i));
    all += bytes;
  }
  return all;
}

}  // namespace

TEST_CASE("entries come in the order of the directory, with their bytes") {
  const std::string long_text(100'000, 'x');
  const ZipMember members[] = {
      {.name = "m@v1/go.mod", .bytes = "module m\n"},
      {.name = "m@v1/stored", .bytes = "s", .deflated = false},
      {.name = "m@v1/empty", .bytes = ""},
      {.name = "a", .bytes = long_text},
      {.name = "m@v1/none", .bytes = "", .deflated = false},
      {.name = "zip64", .bytes = "z", .zip64 = true},
  };
  for (const bool zip64 : {false, true}) {
    const std::string zip = build_zip({std::begin(members), std::end(members)}, {.zip64 = zip64});
    const auto archive = REQUIRE_OK(open_zip_bytes(zip));
    REQUIRE(archive->entries().size() == std::size(members));
    for (std::size_t i = 0; i < std::size(members); ++i) {
      CHECK(archive->entries()[i].name == members[i].name);
      CHECK(archive->entries()[i].size == members[i].bytes.size());
      CHECK(archive->entries()[i].is_regular);
      CHECK(REQUIRE_OK(read_entry(*archive, i)) == members[i].bytes);
    }
  }
}

TEST_CASE("a zip is read from disk, whether small or large enough to be mapped") {
  const test::TempDirectory directory;
  for (const std::size_t size : {std::size_t{10}, std::size_t{1} << 20}) {
    const std::string path = directory / std::to_string(size);
    REQUIRE_OK(disk().write_new(path, build_zip({{.name = "a", .bytes = std::string(size, 'x'), .deflated = false}})));
    CHECK(REQUIRE_OK(REQUIRE_OK(open_zip(path))->read(0)) == std::string(size, 'x'));
  }
  CHECK_ERROR(open_zip(directory / "none"), Code::kFileNotFound, "no such file");
}

TEST_CASE("a zip may be empty, or end with a comment") {
  CHECK(REQUIRE_OK(open_zip_bytes(build_zip({})))->entries().empty());
  for (const std::string& comment : {"a comment"s, std::string(0xFFFF, 'c'), "PK\5\6 in a comment"s}) {
    const std::string zip = build_zip({{.name = "a", .bytes = "x"}}, {.comment = comment});
    CHECK(REQUIRE_OK(read_everything(zip)) == "x");
  }
}

TEST_CASE("the kind of an entry is known from its name and its Unix mode") {
  struct {
    ZipMember member;
    bool is_regular;
    bool is_directory;
  } const rows[] = {
      {{.name = "file", .unix_mode = 0100644}, true, false},
      {{.name = "file", .unix_mode = 0}, true, false},
      {{.name = "directory/", .unix_mode = 0040755}, false, true},
      {{.name = "directory/", .unix_mode = 0}, false, true},
      {{.name = "directory without a slash", .unix_mode = 0040755}, false, false},
      {{.name = "link", .unix_mode = 0120777}, false, false},
      {{.name = "link/", .unix_mode = 0120777}, false, false},
      {{.name = "character device", .unix_mode = 0020600}, false, false},
      {{.name = "block device", .unix_mode = 0060600}, false, false},
      {{.name = "pipe", .unix_mode = 0010600}, false, false},
      {{.name = "socket", .unix_mode = 0140600}, false, false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.member.name);
    const std::string zip = build_zip({row.member});
    const ZipEntry entry = REQUIRE_OK(open_zip_bytes(zip))->entries().at(0);
    CHECK(entry.is_regular == row.is_regular);
    CHECK(entry.is_directory == row.is_directory);
  }
}

TEST_CASE("names are given as they are, hostile ones included") {
  for (const std::string& name :
       {"../../etc/passwd"s, "/absolute"s, "C:\\x"s, "a\0b"s, "a\nb"s, "\xFF\xFE"s, ""s, "trailing "s, "go.mod."s}) {
    const std::string zip = build_zip({{.name = name, .bytes = "x"}});
    const auto archive = REQUIRE_OK(open_zip_bytes(zip));
    CHECK(archive->entries()[0].name == name);
    CHECK(REQUIRE_OK(archive->read(0)) == "x");
  }
}

TEST_CASE("an entry that lies about its bytes cannot be read") {
  const std::string text(1000, 'x');
  struct {
    ZipMember member;
    std::string part;
  } const rows[] = {
      {{.name = "crc", .bytes = text, .crc32 = 1}, "checksum error"},
      {{.name = "crc stored", .bytes = text, .deflated = false, .crc32 = 0}, "checksum error"},
      {{.name = "too small", .bytes = text, .size = 999}, "not of the size it claims"},
      {{.name = "too large", .bytes = text, .size = 1001}, "not of the size it claims"},
      {{.name = "nothing", .bytes = text, .size = 0}, "not of the size it claims"},
      {{.name = "bomb", .bytes = text, .zip64 = true, .size = 1ULL << 30}, "not of the size it claims"},
      {{.name = "stored too small", .bytes = text, .deflated = false, .size = 1}, "not of the size it claims"},
      {{.name = "cut off", .bytes = "some text", .compressed_size = 3}, ""},
      {{.name = "not deflated", .bytes = "\xFF\xFF\xFF\xFF", .deflated = false, .method = 8}, "damaged"},
      {{.name = "bytes left over", .bytes = "\x03\x00more"s, .deflated = false, .size = 0, .crc32 = 0, .method = 8},
       "not of the size it claims"},
      {{.name = "encrypted", .bytes = text, .flags = 1}, "encrypted"},
      {{.name = "method", .bytes = text, .deflated = false, .method = 14}, "unsupported compression algorithm"},
      {{.name = "two names", .bytes = text, .local_name = "another name"}, "two names"},
      {{.name = "long local name", .bytes = text, .local_name = std::string(60'000, 'n')}, "two names"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.member.name);
    CHECK_ERROR(read_everything(build_zip({row.member})), Code::kBadZip, row.part);
  }
}

TEST_CASE("an entry that is too large for memory is not read") {
  const std::string zip = build_zip({{.name = "bomb", .bytes = "x", .zip64 = true, .size = 1ULL << 60}});
  CHECK_ERROR(read_everything(zip), Code::kTooLarge, "\"bomb\": too large for memory");
}

TEST_CASE("entries that share bytes are refused") {
  const std::string inner = build_zip({{.name = "b", .bytes = "inner", .deflated = false}});
  struct {
    std::string what;
    std::vector<ZipMember> members;
  } const rows[] = {
      {"the same place twice", {{.name = "a", .bytes = "x"}, {.name = "b", .bytes = "x", .offset = 0}}},
      {"one inside the other",
       {{.name = "a", .bytes = inner, .deflated = false},
        {.name = "b", .bytes = "inner", .deflated = false, .offset = 31}}},
      {"running into the next", {{.name = "a", .bytes = "x", .compressed_size = 20}, {.name = "b", .bytes = "y"}}},
      {"running into the directory", {{.name = "a", .bytes = "x", .compressed_size = 20}}},
      {"beyond the file", {{.name = "a", .bytes = "x", .compressed_size = 1 << 20}}},
      {"beyond all files", {{.name = "a", .bytes = "x", .zip64 = true, .compressed_size = UINT64_MAX}}},
      {"a header beyond the file", {{.name = "a", .bytes = "x", .zip64 = true, .offset = UINT64_MAX - 3}}},
      {"a header in the directory", {{.name = "a", .bytes = "x", .offset = 40}}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK_ERROR(read_everything(build_zip(row.members)), Code::kBadZip, "overlap");
  }
}

TEST_CASE("what is no zip file, or one that readers might see differently, is refused") {
  const std::vector<ZipMember> one = {{.name = "a", .bytes = "x"}};
  const std::string good = build_zip(one);
  struct {
    std::string what;
    std::string zip;
  } const rows[] = {
      {"empty", ""},
      {"text", "not a zip file, but long enough to be one"},
      {"end cut off", good.substr(0, good.size() - 1)},
      {"bytes after the end", good + "x"},
      {"bytes before the beginning", "#!/bin/sh\n" + good},
      {"two zip files", good + good},
      {"only the end", good.substr(good.size() - 22)},
      {"directory cut off", good.substr(40)},
      {"more entries than there are", build_zip(one, {.entries = 2})},
      {"fewer entries than there are", build_zip({one[0], {.name = "b"}}, {.entries = 1})},
      {"no entries", build_zip(one, {.entries = 0})},
      {"a gap before the end", build_zip(one, {.before_end = "gap"})},
      {"a directory elsewhere", build_zip(one, {.directory_offset = 0})},
      {"a directory far away", build_zip(one, {.directory_offset = 1 << 30})},
      {"zip64: more entries", build_zip(one, {.zip64 = true, .entries = 1ULL << 60})},
      {"zip64: a directory far away", build_zip(one, {.zip64 = true, .directory_offset = UINT64_MAX})},
      {"zip64: marked, but not there", build_zip(one, {.entries = 0xFFFF})},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK_ERROR(read_everything(row.zip), Code::kBadZip, "zip: ");
  }
}

TEST_CASE("a zip that is cut or damaged anywhere is never more than an error") {
  const std::string good = build_zip({{.name = "a", .bytes = "some text, some text"}, {.name = "b", .zip64 = true}},
                                     {.comment = "c", .zip64 = true});
  for (std::size_t at = 0; at < good.size(); ++at) {
    const auto cut = read_everything(good.substr(0, at));
    CHECK(!cut);
    for (const char damage : {'\0', '\x7F', '\xFF'}) {
      std::string zip = good;
      zip[at] = damage;
      if (const auto outcome = read_everything(zip)) CHECK(*outcome == "some text, some text");
    }
  }
}

TEST_CASE("an entry that does not exist is an error") {
  const std::string zip = build_zip({{.name = "a"}});
  CHECK_ERROR(REQUIRE_OK(open_zip_bytes(zip))->read(1), Code::kInternal, "no entry 1");
}

}  // namespace modtool::io
