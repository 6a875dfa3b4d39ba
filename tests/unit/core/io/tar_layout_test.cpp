#include "core/io/tar_layout.hpp"

#include <fmt/format.h>

#include "tests/support/check.hpp"

using namespace modtool;
using io::TarLayout;

namespace {

std::string header(char type, const std::string& size) {
  std::string block(TarLayout::kBlock, '\0');
  block.replace(0, 1, "n");
  block.replace(124, size.size(), size);
  block[156] = type;
  return block;
}

std::string header(char type, std::size_t size) { return header(type, fmt::format("{:011o}", size)); }

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + TarLayout::kBlock - 1) / TarLayout::kBlock * TarLayout::kBlock);
  return bytes;
}

std::string record(const std::string& text) {
  std::size_t size = text.size() + 3;
  if (std::to_string(size).size() + text.size() + 2 != size) ++size;
  return fmt::format("{} {}\n", size, text);
}

std::string pax(char type, const std::string& records) { return header(type, records.size()) + padded(records); }

const std::string kEnd(2 * TarLayout::kBlock, '\0');

Result<void> follow(const std::string& tar) {
  TarLayout layout;
  for (std::size_t at = 0; at < tar.size(); at += TarLayout::kBlock) {
    MODTOOL_CHECK(layout.take(std::string_view(tar).substr(at, TarLayout::kBlock)));
  }
  return {};
}

}  // namespace

TEST_CASE("a tar file ends where it says so, and only zeros follow") {
  const std::string file = header('0', 3) + padded("abc");
  CHECK(follow(file + file + kEnd + kEnd).has_value());
  CHECK(follow(file).has_value());
  CHECK_ERROR(follow(file + kEnd + file), Code::kBadArchive, "something follows the end");
  CHECK_ERROR(follow(file + kEnd + kEnd + "x"), Code::kBadArchive, "something follows the end");
}

TEST_CASE("zeros in a file are no end") {
  CHECK(follow(header('0', 1500) + std::string(1536, '\0') + header('0', 0) + kEnd).has_value());
  const std::string large = std::string("\x80\0\0\0\0\0\0\0\0\0\x06\0", 12);
  CHECK(follow(header('0', large) + std::string(1536, '\0') + header('0', 0) + kEnd).has_value());
}

TEST_CASE("a pax record tells how long the next entry is, and a long name is none") {
  const std::string record_of_size = pax('x', record("size=1024"));
  CHECK(follow(record_of_size + header('0', 0) + std::string(1024, '\0') + header('0', 0) + kEnd).has_value());
  const std::string name = header('L', 600) + padded(std::string(600, 'n'));
  CHECK(follow(record_of_size + name + header('0', 0) + std::string(1024, '\0') + header('0', 0) + kEnd).has_value());
}

TEST_CASE("a header for all entries may not rename them") {
  CHECK(follow(pax('g', record("comment=0123") + record("mtime=1")) + header('0', 0) + kEnd).has_value());
  for (const auto* key : {"path", "linkpath", "size", "GNU.sparse.name", "hdrcharset"}) {
    CHECK_ERROR(follow(pax('g', record(fmt::format("{}=x", key)))), Code::kBadArchive,
                fmt::format("gives all entries one `{}`", key));
  }
}

TEST_CASE("what is no file has no bytes") {
  for (const char type : {'1', '2', '3', '4', '5', '6'}) {
    CHECK(follow(header(type, 0) + kEnd).has_value());
    CHECK_ERROR(follow(header(type, 5) + padded("12345") + kEnd), Code::kBadArchive, "no file has bytes");
  }
}

TEST_CASE("what cannot be followed is left to the library") {
  CHECK(follow(header('0', "not a size") + kEnd + header('0', 0)).has_value());
  CHECK(follow(pax('x', "no record") + kEnd + header('0', 0)).has_value());
}
