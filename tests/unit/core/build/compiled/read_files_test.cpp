#include "core/build/compiled/read_files.hpp"

#include <doctest/doctest.h>

#include <random>

#include "core/build/compiled/elf_needed.hpp"
#include "tests/support/check.hpp"

namespace modtool::build {
namespace {

std::string word(std::uint32_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

class LogWriter {
 public:
  explicit LogWriter(std::uint32_t version = 4) : version_(version), text_("# ninjadeps\n" + word(version)) {}
  LogWriter& path(std::string name) {
    while (name.size() % 4 != 0) name += '\0';
    text_ += word(static_cast<std::uint32_t>(name.size() + 4)) + name + word(~number_++);
    return *this;
  }
  LogWriter& dependencies(std::uint32_t output, const std::vector<std::uint32_t>& inputs) {
    std::string record = word(output) + word(1) + (version_ > 3 ? word(2) : "");
    for (const auto input : inputs) record += word(input);
    text_ += word(static_cast<std::uint32_t>(record.size()) | 0x80000000U) + record;
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  std::uint32_t version_;
  std::uint32_t number_ = 0;
  std::string text_;
};

std::string sample() {
  return LogWriter().path("a.o").path("a.c").path("/usr/include/z.h").dependencies(0, {1, 2}).text();
}

std::vector<std::string> inputs_of(const ReadFiles& read, std::size_t object = 0) {
  std::vector<std::string> names;
  for (const auto input : read.objects[object].inputs) names.push_back(read.paths[input]);
  return names;
}

}  // namespace

TEST_CASE("ninja's log tells what each object was compiled from") {
  const auto read = REQUIRE_OK(parse_ninja_deps(sample()));
  REQUIRE(read.objects.size() == 1);
  CHECK(read.paths[read.objects[0].output] == "a.o");
  CHECK(inputs_of(read) == std::vector<std::string>{"a.c", "/usr/include/z.h"});
}

TEST_CASE("of an object the last record counts, and an older log is read too") {
  const auto text =
      LogWriter(3).path("a.o").path("a.c").path("b.h").dependencies(0, {1, 2}).dependencies(0, {1}).text();
  const auto read = REQUIRE_OK(parse_ninja_deps(text));
  REQUIRE(read.objects.size() == 1);
  CHECK(inputs_of(read) == std::vector<std::string>{"a.c"});
}

TEST_CASE("a log that is not whole is not read") {
  const std::string whole = sample();
  const std::size_t head = std::string("# ninjadeps\n").size() + 4;
  std::size_t read = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (parse_ninja_deps(whole.substr(0, size))) ++read;
  }
  CHECK(read == 4);  // between records: behind the head, and behind each of three paths
  CHECK_FALSE(parse_ninja_deps(whole.substr(0, head - 1)));
  CHECK_ERROR(parse_ninja_deps("# ninjadeps\n" + word(5)), Code::kBuildFailed, "another version");
  CHECK_ERROR(parse_ninja_deps("ninja"), Code::kBuildFailed, "no log of ninja's");
  CHECK_ERROR(parse_ninja_deps(LogWriter().path("a").dependencies(0, {7}).text()), Code::kBuildFailed, "damaged");
  CHECK_ERROR(parse_ninja_deps(LogWriter().path("a").dependencies(9, {0}).text()), Code::kBuildFailed, "damaged");
  CHECK_ERROR(parse_ninja_deps(LogWriter().text() + word(0x7FFFFFFF)), Code::kBuildFailed, "ends within");
}

TEST_CASE("whatever is in a log, reading it ends with an answer") {
  std::mt19937 chance(1);  // NOLINT(cert-msc51-cpp): the same each time
  for (int round = 0; round < 20000; ++round) {
    std::string text = sample();
    for (int change = 0; change < 3; ++change) text[chance() % text.size()] = static_cast<char>(chance());
    const auto read = parse_ninja_deps(text);
    if (!read) continue;
    for (const auto& object : read->objects) CHECK(object.output < read->paths.size());
  }
}

TEST_CASE("rules for make are read with their escapes") {
  MakeDependencies dependencies;
  REQUIRE_OK(dependencies.add("a.o: a.c \\\n b\\ c.h \\\r\n d$$.h e\\#.h\nb.h:\nx.h:\n"));
  REQUIRE_OK(dependencies.add("b.o : a.c"));
  const auto read = dependencies.take();
  REQUIRE(read.objects.size() == 2);
  CHECK(read.paths[read.objects[0].output] == "a.o");
  CHECK(inputs_of(read) == std::vector<std::string>{"a.c", "b c.h", "d$.h", "e#.h"});
  CHECK(inputs_of(read, 1) == std::vector<std::string>{"a.c"});
}

TEST_CASE("what is no rule for make is none") {
  MakeDependencies dependencies;
  for (const auto* text : {"", "\n", "a.o", "a.o b.o", ":", "\\\n\\\n"}) CHECK_FALSE(dependencies.add(text));
}

TEST_CASE("a file that is no whole ELF file needs nothing") {
  CHECK(elf_needed("").empty());
  CHECK(elf_needed("\x7f"
                   "ELF")
            .empty());
  std::string text = std::string(
                         "\x7f"
                         "ELF\2\1",
                         6) +
                     std::string(200, '\xFF');
  CHECK(elf_needed(text).empty());
}

}  // namespace modtool::build
