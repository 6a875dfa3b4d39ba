#include "core/git/git_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <utility>

#include "core/base/text.hpp"
#include "core/git/git_library.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {
namespace {

constexpr std::string_view kNoFile = "/dev/null";  // the usual word for none
constexpr std::uint64_t kLargestFile = 16 << 20;   // bytes
constexpr std::string_view kRewriteStart = "url.";
constexpr std::string_view kRewriteEnd = ".insteadof";
constexpr std::string_view kHttpStart = "http.";
constexpr std::string_view kHelperStart = "credential.";
constexpr std::string_view kHelperEnd = ".helper";
constexpr const char* kPattern =
    "^(url\\..*\\.insteadof|http\\.(.*\\.)?(proxy|sslcainfo|sslcapath|sslverify|extraheader)|"
    "credential\\.(.*\\.)?helper)$";
constexpr std::string_view kHttpKeys[] = {"proxy", "sslcainfo", "sslcapath", "sslverify", "extraheader"};

// libgit2 knows the user's home from its own search path alone, which is empty but while a file is read here.
class HomeForIncludes {
 public:
  HomeForIncludes(const GitLibrary& git, const std::string& home) : git_(git), lock_(mutex()) { set(home); }
  ~HomeForIncludes() { set(""); }
  HomeForIncludes(const HomeForIncludes&) = delete;
  HomeForIncludes& operator=(const HomeForIncludes&) = delete;

 private:
  static std::mutex& mutex() {
    static std::mutex shared;
    return shared;
  }
  void set(const std::string& home) {
    git_.libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, home.c_str());
  }

  const GitLibrary& git_;
  std::lock_guard<std::mutex> lock_;
};

std::unexpected<Error> unusable(const GitLibrary& git, const std::string& file) {
  return fail(Code::kBadSetting, fmt::format("Git configuration {}: {}", file, git.last_error()));
}

// libgit2 would wait for whoever writes to a pipe, and read a file of any size.
Result<void> check_file(const std::string& file) {
  MODTOOL_TRY(const auto info, io::disk().stat(file).if_there());
  if (!info || file == kNoFile) return {};
  if (info->kind == io::FileKind::kOther) {
    return fail(Code::kBadSetting, fmt::format("Git configuration {}: not a regular file", file));
  }
  if (info->size <= kLargestFile) return {};
  return fail(Code::kBadSetting, fmt::format("Git configuration {}: more than {} bytes", file, kLargestFile));
}

Result<GitHandle<git_config>> open_config(const GitLibrary& git, const std::vector<std::string>& files) {
  git_config* made = nullptr;
  if (git.config_new(&made) != 0) return unusable(git, "in memory");
  GitHandle<git_config> config(made, git.config_free);
  int level = GIT_CONFIG_LEVEL_PROGRAMDATA;
  for (const auto& file : files) {
    if (level > GIT_CONFIG_LEVEL_APP) return fail(Code::kInternal, "more files of a Git configuration than levels");
    const auto place = static_cast<git_config_level_t>(level++);
    MODTOOL_CHECK(check_file(file));
    if (git.config_add_file_ondisk(made, file.c_str(), place, nullptr, 0) != 0) return unusable(git, file);
  }
  return config;
}

bool has_value(const GitLibrary& git, git_config* config, const std::string& key, const std::string& value) {
  git_buf found{};
  const bool is_equal =
      git.config_get_string_buf(&found, config, key.c_str()) == 0 && std::string_view(found.ptr, found.size) == value;
  git.buf_dispose(&found);
  return is_equal;
}

// Reads what git quotes for a shell: in single quotes, but for ' and !, which stand behind a backslash outside of them.
class ParameterReader {
 public:
  explicit ParameterReader(std::string_view text) : rest_(text) {}

  Result<std::vector<GitConfigEntry>> run() {
    std::vector<GitConfigEntry> entries;
    for (; !rest_.empty(); skip_blanks()) {
      auto entry = read_entry();
      if (!entry) return fail(Code::kBadSetting, "GIT_CONFIG_PARAMETERS: bogus format");
      entries.push_back(std::move(*entry));
    }
    return entries;
  }

 private:
  // Nothing where it is malformed.
  std::optional<GitConfigEntry> read_entry() {
    auto key = read_quoted();
    if (!key) return std::nullopt;
    if (at_end_of_word()) return split(*key);
    if (rest_.front() != '=' || key->empty()) return std::nullopt;
    rest_.remove_prefix(1);
    if (at_end_of_word()) return GitConfigEntry{std::move(*key), std::nullopt};
    auto value = read_quoted();
    if (!value || !at_end_of_word()) return std::nullopt;
    return GitConfigEntry{std::move(*key), std::move(value)};
  }

  static std::optional<GitConfigEntry> split(std::string_view parameter) {
    const auto equals = parameter.find('=');
    const auto key = parameter.substr(0, equals);
    if (key.empty()) return std::nullopt;
    if (equals == parameter.npos) return GitConfigEntry{key, std::nullopt};
    return GitConfigEntry{trim(key), std::string(parameter.substr(equals + 1))};
  }

  std::optional<std::string> read_quoted() {
    std::string text;
    if (!rest_.starts_with('\'')) return std::nullopt;
    for (;;) {
      const auto end = rest_.find('\'', 1);
      if (end == rest_.npos) return std::nullopt;
      text += rest_.substr(1, end - 1);
      rest_.remove_prefix(end + 1);
      const bool goes_on = rest_.starts_with("\\''") || rest_.starts_with("\\!'");
      if (!goes_on) return text;
      text += rest_[1];
      rest_.remove_prefix(2);
    }
  }

  bool at_end_of_word() const { return rest_.empty() || is_blank(rest_.front()); }
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  std::string_view rest_;
};

void take_entry(std::string_view name, const char* value, GitConfig& config) {
  if (name.starts_with(kHttpStart)) {
    name.remove_prefix(kHttpStart.size());
    const auto dot = name.rfind('.');
    const auto url = dot == std::string_view::npos ? "" : name.substr(0, dot);
    // A key without a value is a Boolean one.
    config.http.push_back({std::string(url), std::string(name.substr(dot + 1)), value != nullptr ? value : "true"});
    return;
  }
  if (name.starts_with(kHelperStart)) {
    name.remove_suffix(kHelperEnd.size());
    const auto url = name.substr(std::min(kHelperStart.size(), name.size()));
    config.helpers.push_back({std::string(url), value != nullptr ? value : ""});
    return;
  }
  name.remove_prefix(kRewriteStart.size());
  name.remove_suffix(kRewriteEnd.size());
  if (value != nullptr) config.rewrites.push_back({std::string(name), value});
}

// As libgit2 gives keys: in lower case but for what stands between the first dot and the last.
std::string normal_key(std::string_view key) {
  const auto first = key.find('.');
  const auto last = key.rfind('.');
  if (first == key.npos) return to_lower(key);
  return to_lower(key.substr(0, first)) + std::string(key.substr(first, last - first)) + to_lower(key.substr(last));
}

bool is_of_interest(std::string_view key) {
  if (key.starts_with(kRewriteStart))
    return key.size() > kRewriteStart.size() + kRewriteEnd.size() && key.ends_with(kRewriteEnd);
  if (key.starts_with(kHelperStart)) return key.ends_with(kHelperEnd);
  return key.starts_with(kHttpStart) &&
         std::ranges::find(kHttpKeys, key.substr(key.rfind('.') + 1)) != std::end(kHttpKeys);
}

bool fits_host(std::string_view pattern, std::string_view host) {
  if (!pattern.starts_with("*.")) return pattern == host;
  const auto dot = host.find('.');  // a star stands for one label
  return dot != std::string_view::npos && host.substr(dot) == pattern.substr(1);
}

// How well the URL of a setting fits: whether its host is spelt out, and how long its path is; nothing where it does
// not fit.
std::optional<std::pair<bool, std::size_t>> fit_of(std::string_view pattern, const GitUrl& url) {
  if (pattern.empty()) return std::pair(false, std::size_t{0});
  const std::string_view scheme = url.transport == GitTransport::kHttp ? "http://" : "https://";
  const bool is_http = url.transport == GitTransport::kHttp || url.transport == GitTransport::kHttps;
  if (!is_http || !pattern.starts_with(scheme)) return std::nullopt;
  pattern.remove_prefix(scheme.size());
  const auto slash = std::min(pattern.find('/'), pattern.size());
  auto place = pattern.substr(0, slash);
  auto path = pattern.substr(slash);
  place.remove_prefix(place.rfind('@') + 1);
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string with_port = fmt::format("{}:{}", url.host, url.effective_port());
  const bool has_port = place.rfind(':') != std::string_view::npos && !place.ends_with(']');
  if (!fits_host(place, has_port || url.port != 0 ? with_port : url.host)) return std::nullopt;
  if (!path.empty() && !has_path_prefix(url.path, path)) return std::nullopt;
  return std::pair(!place.starts_with('*'), path.size() + 1);
}

}  // namespace

Result<GitConfig> load_git_config(const GitConfigFiles& files) {
  if (!files.problem.empty()) return fail(Code::kBadSetting, files.problem);
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  const HomeForIncludes home(*git, files.home);
  MODTOOL_TRY(const auto config, open_config(*git, files.files));
  git_config_iterator* made = nullptr;
  if (git->config_iterator_glob_new(&made, config.get(), kPattern) != 0) return unusable(*git, "its keys");
  const GitHandle<git_config_iterator> iterator(made, git->config_iterator_free);
  GitConfig loaded;
  for (git_config_entry* entry = nullptr; git->config_next(&entry, made) == 0;) {
    take_entry(entry->name, entry->value, loaded);
  }
  for (const auto& [key, value] : files.entries) {
    const std::string name = normal_key(key);
    if (is_of_interest(name)) take_entry(name, value ? value->c_str() : nullptr, loaded);
  }
  return loaded;
}

Result<std::vector<GitConfigEntry>> parse_git_parameters(std::string_view text) { return ParameterReader(text).run(); }

Result<bool> set_git_config(const std::string& file, const std::string& home, const std::string& key,
                            const std::string& value) {
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  const HomeForIncludes expanded(*git, home);
  MODTOOL_TRY(const auto config, open_config(*git, {file}));
  if (has_value(*git, config.get(), key, value)) return false;
  if (git->config_set_string(config.get(), key.c_str(), value.c_str()) != 0) return unusable(*git, file);
  return true;
}

Result<const GitConfig*> LazyGitConfig::get() const {
  std::call_once(once_, [this] { loaded_ = load_git_config(files_); });
  if (!*loaded_) return fail(loaded_->error());
  return &**loaded_;
}

std::optional<std::string> http_setting(const GitConfig& config, std::string_view key, const GitUrl& url) {
  const GitHttpSetting* best = nullptr;
  std::pair<bool, std::size_t> best_fit{false, 0};
  for (const auto& setting : config.http) {
    const auto fit = setting.key == key ? fit_of(setting.url, url) : std::nullopt;
    if (!fit || *fit < best_fit) continue;
    best = &setting;
    best_fit = *fit;
  }
  return best != nullptr ? std::optional(best->value) : std::nullopt;
}

std::string shown_helper(const std::string& command) {
  if (command.starts_with('!')) return "a command for the shell";
  const auto words = split_fields(command);
  if (words.empty()) return "";
  return std::string(words[0]) + (words.size() > 1 ? " …" : "");
}

std::vector<std::string> helper_names(const GitConfig& config, const GitUrl& url) {
  std::vector<std::string> names;
  for (const auto& [place, command] : config.helpers) {
    if (!fit_of(place, url)) continue;
    if (command.empty()) {
      names.clear();
    } else {
      names.push_back(shown_helper(command));
    }
  }
  return names;
}

std::vector<std::string> extra_headers(const GitConfig& config, const GitUrl& url) {
  std::vector<std::string> headers;
  std::pair<bool, std::size_t> best_fit{false, 0};
  for (const auto& setting : config.http) {
    const auto fit = setting.key == "extraheader" ? fit_of(setting.url, url) : std::nullopt;
    if (!fit || *fit < best_fit) continue;
    best_fit = *fit;
    if (setting.value.empty()) {
      headers.clear();
    } else {
      headers.push_back(setting.value);
    }
  }
  return headers;
}

std::string apply_rewrites(const GitConfig& config, std::string_view url) {
  const GitRewrite* longest = nullptr;
  for (const auto& rewrite : config.rewrites) {
    const bool fits = !rewrite.prefix.empty() && url.starts_with(rewrite.prefix);
    if (fits && (longest == nullptr || rewrite.prefix.size() > longest->prefix.size())) longest = &rewrite;
  }
  if (longest == nullptr) return std::string(url);
  return longest->base + std::string(url.substr(longest->prefix.size()));
}

}  // namespace modtool::git
