#include "core/goproxy/auth_methods.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace modtool::goproxy {
namespace {

using Kind = AuthMethod::Kind;

std::unexpected<Error> refuse(std::string message) { return fail(Code::kBadSetting, std::move(message)); }

std::string shown_text(std::string_view text) {
  const auto words = split_fields(text);
  const bool is_program = words.size() > 1 && words[0] != "git" && words[0] != "netrc" && words[0] != "off";
  return is_program ? std::string(words[0]) + " …" : std::string(trim(text));
}

std::string shown_list(std::string_view list) {
  std::vector<std::string> parts;
  for (const auto part : split(list, ';')) parts.push_back(shown_text(part));
  return join(parts, ";");
}

Result<AuthMethod> parse_git(std::string_view text, const std::vector<std::string_view>& words,
                             const io::FileReader& files) {
  const std::string needs = "GOAUTH=git dir method requires an absolute path to the git working directory";
  if (words.size() != 2) return refuse(needs);
  std::string directory(words[1]);
  if (!io::is_absolute(directory)) return refuse(needs + ", dir is not absolute");
  const auto info = files.stat(directory).required();
  if (!info) {
    return refuse(fmt::format("GOAUTH=git encountered an error; cannot stat {}: {}", directory, to_line(info.error())));
  }
  if (info->kind != io::FileKind::kDirectory) return refuse(needs + ", dir is not a directory");
  return AuthMethod{.kind = Kind::kGit, .text = std::string(text), .directory = std::move(directory)};
}

Result<AuthMethod> parse_method(std::string_view text, std::string_view list, const io::FileReader& files) {
  const auto words = split_fields(text);
  if (words.empty()) {
    return refuse(fmt::format("GOAUTH encountered an empty command (GOAUTH={})", shown_list(list)));
  }
  if (words[0] == "off") {
    return refuse(
        fmt::format("GOAUTH=off cannot be combined with other authentication commands (GOAUTH={})", shown_list(list)));
  }
  if (words[0] == "netrc") return AuthMethod{.kind = Kind::kNetrc, .text = std::string(text)};
  if (words[0] == "git") return parse_git(text, words, files);
  return AuthMethod{.kind = Kind::kCommand, .text = std::string(text)};
}

}  // namespace

Result<std::vector<AuthMethod>> parse_auth_methods(std::string_view list, const io::FileReader& files) {
  auto parts = split(list, ';');
  std::vector<AuthMethod> methods;
  const auto words = split_fields(parts[0]);
  if (parts.size() == 1 && !words.empty() && words[0] == "off") return methods;
  // From the last to the first, as go looks at them.
  std::ranges::reverse(parts);
  for (const auto part : parts) {
    MODTOOL_TRY(AuthMethod method, parse_method(trim(part), list, files));
    methods.push_back(std::move(method));
  }
  std::ranges::reverse(methods);
  return methods;
}

std::string shown_method(const AuthMethod& method) { return "GOAUTH=" + shown_text(method.text); }

}  // namespace modtool::goproxy
