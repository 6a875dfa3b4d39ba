#include "core/git/git_network.hpp"

#include <signal.h>

#include <fmt/format.h>

#include <charconv>
#include <span>
#include <utility>

#include "core/base/child_reply.hpp"
#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/git/git_child.hpp"
#include "core/git/git_url.hpp"
#include "core/io/process.hpp"

namespace modtool::git {
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

constexpr std::string_view kProgress = "got ";

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::pair<std::string_view, std::string_view> split_line(std::string_view line) {
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return {line, {}};
  return {line.substr(0, space), line.substr(space + 1)};
}

bool read_seconds(std::string_view value, std::chrono::seconds& seconds) {
  int count = 0;
  if (std::from_chars(value.begin(), value.end(), count).ptr != value.end()) return false;
  seconds = std::chrono::seconds(count);
  return true;
}

// "<type> <base64>"
bool read_key(std::string_view value, std::vector<HostKey>& keys) {
  const auto [type, text] = split_line(value);
  const auto bytes = from_base64(text);
  if (bytes) keys.push_back({std::string(type), *bytes});
  return bytes.has_value();
}

// Where a field of plain text belongs; nullptr for others.
std::string* text_field(GitRequest& request, std::string_view name) {
  if (name == "url") return &request.url;
  if (name == "into") return &request.into;
  if (name == "ca") return &request.ca_file;
  if (name == "ca-directory") return &request.ca_directory;
  if (name == "proxy") return &request.proxy;
  if (name == "agent") return &request.ssh.agent;
  return nullptr;
}

bool read_field(GitRequest& request, std::string_view name, std::string_view value) {
  if (std::string* const text = text_field(request, name)) {
    *text = value;
  } else if (name == "refspec") {
    request.refspecs.emplace_back(value);
  } else if (name == "header") {
    request.headers.emplace_back(value);
  } else if (name == "key-file") {
    request.ssh.key_files.emplace_back(value);
  } else if (name == "whole") {
    request.whole_history = value == "1";
  } else if (name == "user") {
    request.login = {std::string(value), {}};
  } else if (name == "password" && request.login) {
    request.login->password = value;
  } else if (name == "patience") {
    return read_seconds(value, request.patience);
  } else if (name == "trusted") {
    return read_key(value, request.ssh.trusted);
  } else if (name == "revoked") {
    return read_key(value, request.ssh.revoked);
  } else {
    return false;
  }
  return true;
}

void add_ssh(const GitSsh& ssh, Lines& lines) {
  const auto add_key = [&](std::string_view name, const HostKey& key) {
    lines.add(name, key.type + " " + to_base64(bytes_of(key.bytes)));
  };
  for (const auto& key : ssh.trusted) add_key("trusted", key);
  for (const auto& key : ssh.revoked) add_key("revoked", key);
  for (const auto& file : ssh.key_files) lines.add("key-file", file);
  lines.add("agent", ssh.agent);
}

// What is not the child's progress.
std::string last_words(std::string_view text) {
  std::string words;
  for (const auto line : split_lines(text)) {
    if (!line.starts_with(kProgress)) words.append(line).append("\n");
  }
  return make_printable(trim(words));
}

// Hears the child's progress, in pieces that may end anywhere.
class ProgressReader {
 public:
  explicit ProgressReader(const GitProgress& progress) : progress_(progress) {}

  void hear(std::string_view piece) {
    pending_ += piece;
    for (std::size_t end = 0; (end = pending_.find('\n')) != std::string::npos; pending_.erase(0, end + 1)) {
      std::string_view line(pending_.data(), end);
      if (!line.starts_with(kProgress)) continue;
      line.remove_prefix(kProgress.size());
      std::uint64_t bytes = 0;
      if (std::from_chars(line.begin(), line.end(), bytes).ptr == line.end()) progress_(bytes);
    }
  }

 private:
  const GitProgress& progress_;
  std::string pending_;
};

// libgit2 and libssh2 look for these two themselves.
std::vector<std::string> environment_of(const GitSsh& ssh) {
  std::vector<std::string> variables = {"LC_ALL=C"};
  if (!ssh.home.empty()) variables.push_back("HOME=" + ssh.home);
  if (!ssh.agent.empty()) variables.push_back("SSH_AUTH_SOCK=" + ssh.agent);
  return variables;
}

Error child_error(const io::ChildResult& result, const GitRequest& request) {
  const auto url = parse_git_url(request.url, PlainUrls::kTaken);
  const std::string shown = url ? url->shown() : "";
  if (result.status == kSignalled + SIGALRM) {
    return {.code = Code::kUnreachable,
            .message = fmt::format("{}: nothing came from the server for {} seconds", shown, request.patience.count())};
  }
  return {.code = Code::kChildFailed,
          .message = fmt::format("{}: the process that fetched it ended with status {}: {}", shown, result.status,
                                 last_words(result.err))};
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
  lines.add("ca-directory", request.ca_directory);
  lines.add("proxy", request.proxy);
  for (const auto& header : request.headers) lines.add("header", header);
  add_ssh(request.ssh, lines);
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

std::string format_git_progress(std::uint64_t bytes) { return fmt::format("{}{}\n", kProgress, bytes); }

Result<GitListing> run_git_request(const GitRequest& request, const GitChild& child, const Cancellation& cancellation,
                                   const GitProgress& progress) {
  MODTOOL_TRY(const auto input, format_git_request(request));
  const io::ChildLimits limits{.memory = io::own_memory_limit(child.memory)};
  ProgressReader reader(progress);
  const auto hear = [&](std::string_view piece) {
    if (progress) reader.hear(piece);
  };
  MODTOOL_TRY(const auto result,
              io::run_child(child.command, environment_of(request.ssh), input, limits, cancellation, hear));
  if (result.status != 0) return fail(child_error(result, request));
  MODTOOL_CHECK(check_child_reply(result.out, Code::kBadReply));
  return parse_git_listing(result.out);
}

}  // namespace modtool::git
