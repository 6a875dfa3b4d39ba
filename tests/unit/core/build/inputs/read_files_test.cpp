#include "core/build/inputs/read_files.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>

#include "tests/support/check.hpp"

namespace modtool::build {
namespace {

std::string words(std::initializer_list<std::uint32_t> values) {
  std::string bytes;
  for (const auto value : values) bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  return bytes;
}

std::string path_record(std::string path) {
  path.resize((path.size() + 3) / 4 * 4);
  return words({static_cast<std::uint32_t>(path.size() + 4)}) + path + words({0});
}

std::string made_record(std::initializer_list<std::uint32_t> values) {
  return words({static_cast<std::uint32_t>(values.size() * 4) | 1U << 31U}) + words(values);
}

std::string log(std::uint32_t version, const std::string& records) {
  return "# ninjadeps\n" + words({version}) + records;
}

std::string told(const std::vector<ReadFile>& files) {
  std::string text;
  for (const auto& [file, made] : files) text += file + " by " + made + "\n";
  return text;
}

}  // namespace

TEST_CASE("ninja's log tells each file that was read once, by the last record of what was made of it") {
  const std::string paths =
      path_record("a.o") + path_record("/usr/include/a.h") + path_record("b.h") + path_record("b.o");
  const std::string made = made_record({0, 7, 7, 1}) + made_record({3, 7, 7, 1, 2}) + made_record({0, 8, 8, 2});
  CHECK(told(*read_ninja_log(log(4, paths + made))) == "b.h by a.o\n/usr/include/a.h by b.o\n");
  CHECK(told(*read_ninja_log(log(3, paths + made_record({0, 7, 1})))) == "/usr/include/a.h by a.o\n");
  CHECK(read_ninja_log(log(4, ""))->empty());
}

TEST_CASE("a log of ninja that is cut off, hostile or of another version is refused") {
  const std::string good = log(4, path_record("a.o") + path_record("b.h") + made_record({0, 7, 7, 1}));
  REQUIRE_OK(read_ninja_log(good));
  for (std::size_t size = 0; size < good.size(); ++size) {
    const auto cut = read_ninja_log(std::string_view(good).substr(0, size));
    if (cut) CHECK(cut->empty());  // between two records
  }
  for (const std::string& hostile :
       {std::string("# ninjadeps\n"), log(2, ""), log(5, ""), log(4, made_record({0, 7, 7})),
        log(4, words({0x7fffffff})), log(4, path_record("a.o") + made_record({0, 7, 7, 1})),
        log(4, path_record("a.o") + made_record({9, 7, 7, 0})), log(4, words({6}) + "abcdef"), log(4, words({4, 0})),
        log(4, path_record("a.o") + made_record({0}))}) {
    CHECK_ERROR(read_ninja_log(hostile), Code::kBuildFailed, "ninja's log of what was read");
  }
}

TEST_CASE("a compiler's rule tells what was read, its escapes undone") {
  CHECK(told(read_depfile("a.o: a.c \\\n /usr/include/a.h b\\ c.h \\\r\n d\\#e.h $$f.h\n")) ==
        "a.c by a.o\n/usr/include/a.h by a.o\nb c.h by a.o\nd#e.h by a.o\n$f.h by a.o\n");
  CHECK(told(read_depfile("a.o: a.h\n\na.h:\nb.o: b.h")) == "a.h by a.o\nb.h by b.o\n");
  for (const auto* nothing : {"", "\n", "a.h b.h\n", ":", "\\", "a.o:", "$"}) {
    CAPTURE(nothing);
    CHECK(read_depfile(nothing).size() <= 1);
  }
}

}  // namespace modtool::build
