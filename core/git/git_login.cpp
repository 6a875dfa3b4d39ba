#include "core/git/git_login.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/io/process.hpp"
#include "core/source/netrc.hpp"

namespace modtool::git {
namespace {

constexpr std::chrono::minutes kHelperPatience{5};  // it may open a browser

// Variables that would have git look into a repository, or ask on the terminal. Programs that ask (GIT_ASKPASS,
// core.askPass, SSH_ASKPASS) are run as git runs them: a pipeline answers by one.
constexpr std::array<std::string_view, 7> kDropped = {
    "PATH", "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_TERMINAL_PROMPT",
};

bool is_dropped(std::string_view pair) {
  return std::ranges::any_of(kDropped, [&](std::string_view name) {
    return pair.starts_with(name) && pair.substr(name.size()).starts_with('=');
  });
}

std::string absolute_part(std::string_view search_path) {
  std::vector<std::string> kept;
  for (const auto directory : split(search_path, ':')) {
    if (io::is_absolute(directory)) kept.emplace_back(directory);
  }
  return join(kept, ":");
}

std::vector<std::string> environment_of(const GitNetworkSettings& settings) {
  std::vector<std::string> kept;
  std::ranges::copy_if(settings.environment, std::back_inserter(kept),
                       [](const auto& pair) { return !is_dropped(pair); });
  kept.push_back("PATH=" + absolute_part(settings.search_path));
  kept.emplace_back("GIT_TERMINAL_PROMPT=0");
  return kept;
}

std::string user_of(const GitUrl& url) { return url.user.substr(0, url.user.find(':')); }

std::string place_of(const GitUrl& url) { return url.port == 0 ? url.host : fmt::format("{}:{}", url.host, url.port); }

// git-credential(1): the URL passed its gate, so no value holds a line end.
std::string question_about(const GitUrl& url) {
  const char* protocol = url.transport == GitTransport::kHttp ? "http" : "https";
  auto question = fmt::format("protocol={}\nhost={}\npath={}\n", protocol, place_of(url), url.path.substr(1));
  if (!url.user.empty()) question += fmt::format("username={}\n", user_of(url));
  return question + "\n";
}

std::optional<GitLogin> read_reply(std::string reply) {
  std::optional<std::string> user;
  std::optional<std::string> password;
  for (const auto line : split_lines(reply)) {
    if (line.starts_with("username=")) user = line.substr(line.find('=') + 1);
    if (line.starts_with("password=")) password = line.substr(line.find('=') + 1);
  }
  if (!user || !password) return std::nullopt;
  return GitLogin{.credential = {*user, *password}, .place = LoginPlace::kHelper, .reply = std::move(reply)};
}

}  // namespace

std::optional<GitLogin> login_of_url(const GitUrl& url) {
  const auto colon = url.user.find(':');
  if (colon == std::string::npos) return std::nullopt;
  return GitLogin{
      .credential = {url.user.substr(0, colon), url.user.substr(colon + 1)}, .place = LoginPlace::kUrl, .reply = {}};
}

Result<std::optional<GitLogin>> GitLogins::find(const GitUrl& url, LoginPlace place) {
  return place == LoginPlace::kNetrc ? find_in_netrc(url) : ask_helper(url);
}

Result<std::optional<GitLogin>> GitLogins::find_in_netrc(const GitUrl& url) const {
  MODTOOL_TRY(const auto found, source::load_netrc_login(files_, settings_.netrc,
                                                         {.host = url.host,
                                                          .port = std::to_string(url.effective_port()),
                                                          .user = user_of(url),
                                                          .takes_default = true}));
  if (!found) return std::optional<GitLogin>();
  return GitLogin{.credential = {found->user, found->password}, .place = LoginPlace::kNetrc, .reply = {}};
}

Result<std::optional<GitLogin>> GitLogins::ask_helper(const GitUrl& url) {
  const std::string git = find_program(files_, settings_.search_path, "git");
  if (git.empty()) return std::optional<GitLogin>();
  const std::lock_guard lock(asking_);
  MODTOOL_TRY(auto reply, run_git(git, "fill", question_about(url)));
  return read_reply(std::move(reply));
}

void GitLogins::report(const GitLogin& login, bool accepted) {
  if (login.place != LoginPlace::kHelper) return;
  const std::string git = find_program(files_, settings_.search_path, "git");
  const std::lock_guard lock(asking_);
  // A helper that cannot keep what it gave is no reason to stop.
  if (!git.empty()) static_cast<void>(run_git(git, accepted ? "approve" : "reject", login.reply + "\n"));
}

// In the root directory: no repository's own configuration has a say in which helper is run.
Result<std::string> GitLogins::run_git(const std::string& git, const std::string& verb,
                                       const std::string& input) const {
  const io::ChildLimits limits{.time = kHelperPatience, .output = 1U << 20, .spare_descendants = true};
  MODTOOL_TRY(const auto result, io::run_child({git, "-C", "/", "credential", verb}, environment_of(settings_), input,
                                               limits, cancellation_));
  return result.status == 0 ? result.out : std::string();
}

std::string GitLogins::describe(LoginPlace place) const {
  if (place == LoginPlace::kUrl) return "the URL";
  if (place == LoginPlace::kNetrc) return settings_.netrc.empty() ? "no netrc file" : settings_.netrc;
  const bool has_git = !find_program(files_, settings_.search_path, "git").empty();
  return has_git ? "`git credential`" : "no `git credential`, as git is not on the PATH";
}

std::string find_program(const io::FileReader& files, std::string_view search_path, const std::string& name) {
  constexpr std::uint32_t kExecutable = 0111;
  for (const auto directory : split(search_path, ':')) {
    if (!io::is_absolute(directory)) continue;
    std::string program = io::join_path(directory, name);
    const auto info = files.stat(program).or_nothing();
    if (info && info->kind == io::FileKind::kRegular && (info->mode & kExecutable) != 0) return program;
  }
  return {};
}

}  // namespace modtool::git
