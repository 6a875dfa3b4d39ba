#include "core/source/git_network.hpp"

#include <signal.h>

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "core/base/text.hpp"
#include "core/io/process.hpp"
#include "core/source/git_child.hpp"
#include "core/source/git_url.hpp"

namespace modtool::source {
namespace {

constexpr int kSignalled = 128;  // added to the signal that ended a child

std::unexpected<Error> malformed() { return fail(Code::kBadReply, "malformed message between modtool and its child"); }

// "name value" on each line.
class Lines {
 public:
  void add(std::string_view name, std::string_view value) {
    if (value.find_first_of("\r\n") != std::string_view::npos) fine_ = false;
    text_.append(name).append(" ").append(value).append("\n");
  }

  Result<std::string> finish() && {
    if (fine_) return std::move(text_);
    return fail(Code::kForbidden, "a user name, password or file name with a line end in it");
  }

 private:
  std::string text_;
  bool fine_ = true;
};

std::pair<std::string_view, std::string_view> split_line(std::string_view line) {
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return {line, {}};
  return {line.substr(0, space), line.substr(space + 1)};
}

bool read_field(GitRequest& request, std::string_view name, std::string_view value) {
  if (name == "url") {
    request.url = value;
  } else if (name == "into") {
    request.into = value;
  } else if (name == "refspec") {
    request.refspecs.emplace_back(value);
  } else if (name == "whole") {
    request.whole_history = value == "1";
  } else if (name == "ca") {
    request.ca_file = value;
  } else if (name == "user") {
    request.login = {std::string(value), {}};
  } else if (name == "password" && request.login) {
    request.login->password = value;
  } else if (name == "patience") {
    int seconds = 0;
    if (std::from_chars(value.begin(), value.end(), seconds).ptr != value.end()) return false;
    request.patience = std::chrono::seconds(seconds);
  } else {
    return false;
  }
  return true;
}

Error child_error(const io::ChildResult& result, const GitRequest& request) {
  const auto url = parse_git_url(request.url);
  const std::string shown = url ? url->shown() : "";
  if (result.status == kSignalled + SIGALRM) {
    return {.code = Code::kUnreachable,
            .message = fmt::format("{}: nothing came from the server for {} seconds", shown, request.patience.count())};
  }
  return {.code = Code::kChildFailed,
          .message = fmt::format("{}: the process that fetched it ended with status {}: {}", shown, result.status,
                                 make_printable(trim(result.err)))};
}

}  // namespace

Result<std::string> format_git_request(const GitRequest& request) {
  Lines lines;
  lines.add("url", request.url);
  lines.add("into", request.into);
  for (const auto& refspec : request.refspecs) lines.add("refspec", refspec);
  lines.add("whole", request.whole_history ? "1" : "0");
  lines.add("patience", std::to_string(request.patience.count()));
  lines.add("ca", request.ca_file);
  if (request.login) {
    lines.add("user", request.login->user);
    lines.add("password", request.login->password);
  }
  return std::move(lines).finish();
}

Result<GitRequest> parse_git_request(std::string_view text) {
  GitRequest request;
  for (const auto line : split_lines(text)) {
    const auto [name, value] = split_line(line);
    if (!read_field(request, name, value)) return malformed();
  }
  return request;
}

// "ok", then "<commit> <name>" for each reference; the default branch first, as "<commit> head <name>".
std::string format_git_listing(const GitListing& listing) {
  std::string text = "ok\n";
  if (!listing.head.empty()) text += fmt::format("{} head {}\n", to_string(listing.head_commit), listing.head);
  for (const auto& ref : listing.refs) text += fmt::format("{} {}\n", to_string(ref.commit), ref.name);
  return text;
}

Result<GitListing> parse_git_listing(std::string_view text) {
  const auto lines = split_lines(text);
  if (lines.empty() || lines[0] != "ok") return malformed();
  GitListing listing;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto [digits, name] = split_line(lines[i]);
    const auto commit = parse_git_id(digits);
    if (!commit || name.empty()) return malformed();
    if (name.starts_with("head ")) {
      listing.head = name.substr(name.find(' ') + 1);
      listing.head_commit = *commit;
    } else {
      listing.refs.push_back({std::string(name), *commit});
    }
  }
  return listing;
}

Result<GitListing> run_git_request(const GitRequest& request, const GitChild& child, const Cancellation& cancellation) {
  MODTOOL_TRY(const auto input, format_git_request(request));
  const io::ChildLimits limits{.memory = io::own_memory_limit(child.memory)};
  MODTOOL_TRY(const auto result, io::run_child(child.command, {"LC_ALL=C"}, input, limits, cancellation));
  if (result.status != 0) return fail(child_error(result, request));
  MODTOOL_CHECK(check_git_child_reply(result.out));
  return parse_git_listing(result.out);
}

}  // namespace modtool::source
