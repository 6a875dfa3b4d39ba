#include "core/git/git_failure.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/text.hpp"
#include "core/git/git_stream.hpp"
#include "core/git/git_url.hpp"

namespace modtool::git {
namespace {

struct Known {
  std::string_view part;
  Code code;
};

constexpr std::array kKnown = {
    Known{"status code: 404", Code::kNotFound},
    Known{"status code: 410", Code::kNotFound},
    Known{"not exported", Code::kNotFound},
    Known{"epository not found", Code::kNotFound},
    Known{"does not appear to be a git repository", Code::kNotFound},
    Known{"status code: 403", Code::kForbidden},
    Known{"status code: 407", Code::kForbidden},
    Known{"proxy authentication", Code::kForbidden},
    Known{"unexpected status: 407", Code::kForbidden},
    Known{"status code: 429", Code::kServerError},
    Known{"status code: 5", Code::kServerError},
    Known{"unexpected status: 5", Code::kServerError},
    Known{"cannot redirect", Code::kRedirected},
    Known{"refusing to connect", Code::kRedirected},
    Known{"failed to connect", Code::kUnreachable},
    Known{"failed to resolve address", Code::kUnreachable},
    Known{"onnection re", Code::kUnreachable},  // refused, reset
    Known{"timed out", Code::kUnreachable},
    Known{"EOF", Code::kUnreachable},
    Known{"unexpected disconnection", Code::kUnreachable},
    Known{"banner", Code::kUnreachable},
    Known{"socket", Code::kUnreachable},
};

Code code_of_words(int outcome, std::string_view message) {
  const auto known = std::ranges::find_if(kKnown, [&](const Known& each) { return message.contains(each.part); });
  if (known != kKnown.end()) return known->code;
  return outcome == GIT_EEOF ? Code::kUnreachable : Code::kBadReply;
}

Code code_of(const GitRequest& request, const GitUrl& url, int outcome, std::string_view message) {
  if (git_stream_was_refused()) return Code::kRedirected;
  if (outcome == GIT_ECERTIFICATE) return Code::kCertificate;
  // A server that has seen too many keys hangs up, which has no code of its own.
  if (url.transport == GitTransport::kSsh && message.contains("uthenticat")) return Code::kKeyRefused;
  if (outcome != GIT_EAUTH || message.contains("proxy")) return code_of_words(outcome, message);
  if (url.transport == GitTransport::kSsh) return Code::kKeyRefused;
  return request.login ? Code::kLoginRefused : Code::kLoginMissing;
}

// mbedTLS and OpenSSL word it in their own ways, both at length.
std::string certificate_words(std::string_view message) {
  struct Reason {
    std::string_view part;
    std::string_view words;
  };
  constexpr std::array kReasons = {
      Reason{"Common Name", "is for another name"},
      Reason{"hostname", "is for another name"},
      Reason{"expired", "has expired"},
      Reason{"starts in the future", "is not valid yet"},
      Reason{"not correctly signed", "is signed by nobody who is trusted here"},
  };
  std::vector<std::string> words;
  for (const auto& reason : kReasons) {
    if (message.contains(reason.part)) words.emplace_back(reason.words);
  }
  return words.empty() ? std::string(message) : "the server's certificate " + join(words, ", and ");
}

std::string words_of(Code code, const GitUrl& url, const std::string& message) {
  switch (code) {
    case Code::kLoginMissing:
      return "the server asks for a login";
    case Code::kLoginRefused:
      return "the server refuses the login";
    case Code::kKeyRefused:
      return "the server takes none of the keys";
    case Code::kCertificate:
      return certificate_words(message);
    case Code::kRedirected:
      return fmt::format("the server sends on to another place, where {} does not go: {}",
                         url.transport == GitTransport::kHttps ? "the login of this one" : "nobody", message);
    default:
      return message;
  }
}

}  // namespace

// Over ssh the message may be what the server wrote to its standard error: its first line is enough.
Error git_failure(const GitRequest& request, int outcome, const std::string& words) {
  const std::string message(trim(words.substr(0, words.find('\n'))));
  const auto url = parse_git_url(request.url, PlainUrls::kTaken).value_or(GitUrl());
  const Code code = code_of(request, url, outcome, message);
  return {.code = code, .message = fmt::format("{}: {}", url.shown(), make_printable(words_of(code, url, message)))};
}

}  // namespace modtool::git
