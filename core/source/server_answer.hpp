// What a server's reply, or its silence, says to who only wants to know whether it answers.
#pragma once

#include <cstdint>
#include <string>

#include "core/io/http.hpp"
#include "core/source/route.hpp"

namespace modtool::source {

inline constexpr std::uint64_t kMostOfAnswer = 16U << 20;  // bytes

// `shown` is the server, for people. 404 and 410 are a warning, a login that is missing or refused is a problem.
// Where the question was only whether somebody is there, any status below 500 will do.
enum class Question { kFile, kPresence };
Answer answer_of(const std::string& shown, const Result<io::HttpReply>& reply, Question question);

}  // namespace modtool::source
