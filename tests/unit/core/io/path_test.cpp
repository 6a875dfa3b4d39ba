#include <doctest/doctest.h>

#include <string>

#include "core/io/file_system.hpp"

namespace modtool::io {

TEST_CASE("a path is cleaned as Go's path.Clean does it") {
  struct {
    std::string path;
    std::string cleaned;
  } const rows[] = {
      {"", "."},
      {".", "."},
      {"/", "/"},
      {"//", "/"},
      {"a", "a"},
      {"a/", "a"},
      {"a//b", "a/b"},
      {"./a", "a"},
      {"a/./b", "a/b"},
      {"a/../b", "b"},
      {"..", ".."},
      {"../..", "../.."},
      {"../a", "../a"},
      {"a/../..", ".."},
      {"a/../../b", "../b"},
      {"/..", "/"},
      {"/../a", "/a"},
      {"/a/../..", "/"},
      {"a/b/../../..", ".."},
      {"a/..", "."},
      {"/.", "/"},
      {"...", "..."},
      {"a/.../b", "a/.../b"},
      {"/a/b/", "/a/b"},
      {"a b/ c", "a b/ c"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CHECK(clean_path(row.path) == row.cleaned);
    CHECK(clean_path(row.cleaned) == row.cleaned);
  }
}

TEST_CASE("paths are joined as Go's filepath.Join does it") {
  struct {
    std::string directory;
    std::string name;
    std::string joined;
  } const rows[] = {
      {"a", "b", "a/b"},    {"a/", "b", "a/b"}, {"a", "/b", "a/b"}, {"", "b", "b"},   {"a", "", "a"},
      {"", "", ""},         {"", "/b", "/b"},   {"/", "b", "/b"},   {"a", "..", "."}, {"a", "../../b", "../b"},
      {"/a", "../..", "/"}, {".", "b", "b"},    {"", ".", "."},     {"a", ".", "a"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.directory);
    CAPTURE(row.name);
    CHECK(join_path(row.directory, row.name) == row.joined);
  }
}

TEST_CASE("a path is taken apart as Go's filepath.Dir and Base do it") {
  struct {
    std::string path;
    std::string directory;
    std::string base;
  } const rows[] = {
      {"", ".", "."},     {".", ".", "."},   {"/", "/", "/"},      {"//", "/", "/"},     {"a", ".", "a"},
      {"a/", "a", "a"},   {"a/b", "a", "b"}, {"a/b/", "a/b", "b"}, {"/a", "/", "a"},     {"/a/b", "/a", "b"},
      {"a//b", "a", "b"}, {"..", ".", ".."}, {"../a", "..", "a"},  {"a/../b", ".", "b"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CHECK(directory_of(row.path) == row.directory);
    CHECK(base_name(row.path) == row.base);
  }
}

TEST_CASE("a path is absolute if it begins at the root") {
  CHECK(is_absolute("/"));
  CHECK(is_absolute("/a"));
  CHECK(!is_absolute("a/b"));
  CHECK(!is_absolute(""));
}

}  // namespace modtool::io
