#include "core/base/child_reply.hpp"

#include "tests/support/check.hpp"

using namespace modtool;

TEST_CASE("a child's error comes back with its code, its words and its fix") {
  const Error error = Error{.code = Code::kUnreachable, .message = "no such host"}.with(Fix::modtool("get", {"a b"}));
  const auto outcome = check_child_reply(format_child_error(error), Code::kBadReply);
  CHECK_ERROR(outcome, Code::kUnreachable, "no such host");
  CHECK(outcome.error().fix == error.fix);
}

TEST_CASE("an error of an unknown code has the one that is given, and its message may have several lines") {
  const std::string reply = format_child_error({.code = Code::kIo, .message = "a\nb"});
  CHECK_ERROR(check_child_reply("error\nMT7777" + reply.substr(reply.find('\n', 6)), Code::kBadReply), Code::kBadReply,
              "a\nb");
}

TEST_CASE("every other reply is none of its business") {
  for (const auto* reply : {"", "error", "error\nMT8008\n", "listing\n1\n2\n3\n", "error\nMT8008\nno fix\nx\n"}) {
    CHECK(check_child_reply(reply, Code::kBadReply).has_value());
  }
}
