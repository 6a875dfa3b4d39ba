#include "core/base/reader.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool {
namespace {

// Gives one byte at a time, then fails or ends.
class SlowReader final : public Reader {
 public:
  SlowReader(std::size_t bytes, bool fails) : left_(bytes), fails_(fails) {}
  Result<std::size_t> read(std::span<char> into) override {
    if (left_ == 0 && fails_) return fail(Code::kUnreachable, "reset by peer");
    if (left_ == 0) return 0;
    --left_;
    into[0] = 'x';
    return 1;
  }

 private:
  std::size_t left_;
  bool fails_;
};

}  // namespace

TEST_CASE("a reader over a string gives its bytes and then the end") {
  const auto reader = make_string_reader("abc");
  std::array<char, 2> buffer{};
  CHECK(REQUIRE_OK(reader->read(buffer)) == 2);
  CHECK(std::string_view(buffer.data(), 2) == "ab");
  CHECK(REQUIRE_OK(reader->read(buffer)) == 1);
  CHECK(REQUIRE_OK(reader->read(buffer)) == 0);
  CHECK(REQUIRE_OK(reader->read(buffer)) == 0);
}

TEST_CASE("everything is read, however it comes") {
  const std::string large(200'000, 'x');
  CHECK(REQUIRE_OK(read_all(*make_string_reader(large))) == large);
  CHECK(REQUIRE_OK(read_all(*make_string_reader(""))).empty());
  SlowReader slow(1000, false);
  CHECK(REQUIRE_OK(read_all(slow)) == std::string(1000, 'x'));
}

TEST_CASE("a limit on what is read holds to the byte") {
  CHECK(REQUIRE_OK(read_all(*make_string_reader("abc"), 3)) == "abc");
  CHECK_ERROR(read_all(*make_string_reader("abcd"), 3), Code::kTooLarge, "more than 3 bytes");
  CHECK_ERROR(read_all(*make_string_reader("a"), 0), Code::kTooLarge, "more than 0 bytes");
}

TEST_CASE("an error in the middle is passed on unchanged") {
  SlowReader broken(10, true);
  CHECK_ERROR(read_all(broken), Code::kUnreachable, "reset by peer");
}

}  // namespace modtool
