#include "core/source/git_config.hpp"

#include <fmt/format.h>

#include <mutex>

#include "core/source/git_library.hpp"

namespace modtool::source {
namespace {

constexpr std::string_view kRewriteStart = "url.";
constexpr std::string_view kRewriteEnd = ".insteadof";
constexpr const char* kRewritePattern = "^url\\..*\\.insteadof$";

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

Result<GitHandle<git_config>> open_config(const GitLibrary& git, const std::vector<std::string>& files) {
  git_config* made = nullptr;
  if (git.config_new(&made) != 0) return unusable(git, "in memory");
  GitHandle<git_config> config(made, git.config_free);
  int level = GIT_CONFIG_LEVEL_PROGRAMDATA;
  for (const auto& file : files) {
    if (level > GIT_CONFIG_LEVEL_APP) return fail(Code::kInternal, "more files of a Git configuration than levels");
    const auto place = static_cast<git_config_level_t>(level++);
    if (git.config_add_file_ondisk(made, file.c_str(), place, nullptr, 0) != 0) return unusable(git, file);
  }
  return config;
}

}  // namespace

Result<GitConfig> load_git_config(const GitConfigFiles& files) {
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  const HomeForIncludes home(*git, files.home);
  MODTOOL_TRY(const auto config, open_config(*git, files.files));
  git_config_iterator* made = nullptr;
  if (git->config_iterator_glob_new(&made, config.get(), kRewritePattern) != 0)
    return unusable(*git, "url.*.insteadOf");
  const GitHandle<git_config_iterator> iterator(made, git->config_iterator_free);
  GitConfig loaded;
  for (git_config_entry* entry = nullptr; git->config_next(&entry, made) == 0;) {
    std::string_view base = entry->name;
    base.remove_prefix(kRewriteStart.size());
    base.remove_suffix(kRewriteEnd.size());
    if (entry->value != nullptr) loaded.rewrites.push_back({std::string(base), entry->value});
  }
  return loaded;
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

}  // namespace modtool::source
