#include "core/source/server_answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/io/http_date.hpp"
#include "core/source/server_response.hpp"

namespace modtool::source {
namespace {

constexpr int kOk = 200;
constexpr int kServerFails = 500;

Observation seen_of(const std::string& shown, const io::HttpReply& reply, Question question) {
  const std::string said = fmt::format("{} answers {} {}", shown, reply.status, reply.reason);
  const bool will_do = question == Question::kPresence && reply.status < kServerFails;
  if (reply.status == kOk || will_do) return fine(said);
  Error error{.code = code_of_status(reply.status), .message = said, .notes = reply.notes};
  return observe(error.code == Code::kNotFound ? Grade::kWarning : Grade::kProblem, std::move(error));
}

}  // namespace

Answer answer_of(const std::string& shown, const Result<io::HttpReply>& reply, Question question) {
  Answer answer{.seen = reply ? seen_of(shown, *reply, question) : problem(reply.error())};
  answer.seen.server = shown;
  if (!reply) return answer;
  const auto date =
      std::ranges::find_if(reply->headers, [](const auto& header) { return to_lower(header.name) == "date"; });
  if (date != reply->headers.end()) answer.date = io::parse_http_date(date->value);
  return answer;
}

}  // namespace modtool::source
