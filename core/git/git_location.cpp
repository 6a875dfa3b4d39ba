#include "core/git/git_location.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/module/path.hpp"

namespace modtool::git {
namespace {

constexpr std::size_t kRepositoryElements = 3;  // host, owner, repository
constexpr std::size_t kMaxRevision = 1024;      // bytes

bool is_version_control(std::string_view element) {
  constexpr std::array<std::string_view, 5> kNames = {".git", ".hg", ".svn", ".bzr", ".fossil"};
  const std::string folded = module::fold_case(element);
  return std::ranges::any_of(kNames, [&](std::string_view name) { return folded == name; });
}

Result<void> check_subdirectory(const std::string& subdirectory) {
  if (subdirectory.empty()) return {};
  MODTOOL_CHECK(module::check_file_path(subdirectory));
  const auto elements = split(subdirectory, '/');
  if (std::ranges::none_of(elements, is_version_control)) return {};
  return fail(Code::kBadModulePath, fmt::format("{} leads into a repository's own files", quote(subdirectory)));
}

// The parts of a path: its repository, and what follows.
struct PathParts {
  std::string repository;
  std::string rest;
  bool complete = false;  // it has host, owner and repository
};

PathParts split_module_path(const std::string& path) {
  std::size_t end = 0;
  for (std::size_t element = 0; element < kRepositoryElements; ++element) {
    const auto slash = path.find('/', end == 0 ? 0 : end + 1);
    if (slash == std::string::npos) return {path, "", element + 1 == kRepositoryElements};
    end = slash;
  }
  return {path.substr(0, end), path.substr(end + 1), true};
}

}  // namespace

Result<GitLocation> locate_git_module(const std::string& path, const manifest::Description* description,
                                      const GitConfig& config, const std::string& directory) {
  MODTOOL_CHECK(module::check_import_path(path));
  const PathParts parts = split_module_path(path);
  const bool is_described = description != nullptr && !description->git.empty();
  if (!is_described && !parts.complete) {
    return fail(Code::kBadModulePath,
                fmt::format("{} names no repository: it has no host/owner/repository in front", quote(path)));
  }
  const std::string url = is_described ? description->git : "https://" + parts.repository;
  GitLocation location;
  MODTOOL_TRY(location.declared, parse_git_url(url));
  MODTOOL_TRY(location.url, rewrite_git_url(location.declared, config, directory));
  const bool has_own = description != nullptr && description->subdirectory.has_value();
  location.subdirectory = has_own ? *description->subdirectory : parts.rest;
  MODTOOL_CHECK(check_subdirectory(location.subdirectory));
  return location;
}

Result<GitUrl> rewrite_git_url(const GitUrl& declared, const GitConfig& config, const std::string& directory) {
  const std::string rewritten = apply_rewrites(config, declared.text);
  const auto plain = rewritten == declared.text ? PlainUrls::kRefused : PlainUrls::kTaken;
  MODTOOL_TRY(auto url, parse_git_url(rewritten, plain));
  if (url.transport == GitTransport::kLocal && !io::is_absolute(url.path))
    url.path = io::join_path(directory, url.path);
  return url;
}

// git-scm.com/docs/git-check-ref-format
Result<void> check_git_revision(std::string_view revision) {
  const auto is_bad = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || std::string_view("\x7f~^:?*[\\").contains(c);
  };
  const bool fine = !revision.empty() && revision.size() <= kMaxRevision && !revision.starts_with('-') &&
                    !revision.starts_with('/') && revision.find("..") == std::string_view::npos &&
                    revision.find("@{") == std::string_view::npos && std::ranges::none_of(revision, is_bad);
  if (fine) return {};
  return fail(Code::kBadVersion, fmt::format("{} can be no version, branch, tag or commit", quote(revision)));
}

}  // namespace modtool::git
