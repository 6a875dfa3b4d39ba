#include "core/goproxy/proxy_source.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/goproxy/version_list.hpp"
#include "core/module/path.hpp"
#include "core/module/zip_rules.hpp"

namespace modtool::goproxy {

using module::ModuleVersion;

namespace {

constexpr std::uint64_t kMaxInfo = 1ULL << 20;   // bytes of .info and @latest
constexpr std::uint64_t kMaxList = 16ULL << 20;  // bytes of @v/list

Result<std::string> version_file(const std::string& path, const std::string& version, std::string_view suffix) {
  MODTOOL_TRY(const std::string escaped_path, module::escape_path(path));
  MODTOOL_TRY(const std::string escaped_version, module::escape_version(version));
  return fmt::format("{}/@v/{}.{}", escaped_path, escaped_version, suffix);
}

Result<std::string> module_file(const ModuleVersion& module, std::string_view suffix) {
  MODTOOL_CHECK(check_canonical(module.version));
  return version_file(module.path, module.version, suffix);
}

// Whether a query is the one version that the answer must be about.
bool is_exact(const std::string& path, const std::string& query) {
  return check_canonical(query).has_value() && module::check({.path = path, .version = query}).has_value();
}

}  // namespace

Result<std::string> ProxySource::get_list(const std::string& path) {
  MODTOOL_TRY(const std::string escaped, module::escape_path(path));
  return transport_->get(escaped + "/@v/list", kMaxList);
}

Result<source::VersionInfo> ProxySource::get_info(const std::string& name) {
  MODTOOL_TRY(const std::string text, transport_->get(name, kMaxInfo));
  auto info = source::parse_version_info(text);
  if (!info) return fail_in(std::move(info), "invalid response from proxy " + quote(shown_));
  return info;
}

Result<std::vector<std::string>> ProxySource::fetch_versions(const std::string& path) {
  MODTOOL_TRY(const std::string text, get_list(path));
  return parse_version_list(text);
}

Result<source::VersionInfo> ProxySource::fetch_info(const std::string& path, const std::string& query) {
  MODTOOL_TRY(const std::string name, version_file(path, query, "info"));
  MODTOOL_TRY(source::VersionInfo info, get_info(name));
  if (info.version != query && is_exact(path, query)) {
    return fail(Code::kBadReply,
                fmt::format("proxy returned info for version {} instead of requested version", info.version));
  }
  return info;
}

Result<source::VersionInfo> ProxySource::fetch_latest(const std::string& path) {
  MODTOOL_TRY(const std::string escaped, module::escape_path(path));
  auto info = get_info(escaped + "/@latest");
  if (info || info.error().code != Code::kNotFound) return info;
  MODTOOL_TRY(const std::string list, get_list(path));
  const std::string newest = newest_listed_version(list);
  if (newest.empty()) return fail(Code::kNotFound, "no commits");
  return fetch_info(path, newest);
}

Result<std::string> ProxySource::fetch_mod(const ModuleVersion& module) {
  MODTOOL_TRY(const std::string name, module_file(module, "mod"));
  return transport_->get(name, module::kMaxGoMod);
}

Result<void> ProxySource::fetch_zip(const ModuleVersion& module, const std::string& destination) {
  MODTOOL_TRY(const std::string name, module_file(module, "zip"));
  return transport_->save(name, module::kMaxZipFile, destination);
}

}  // namespace modtool::goproxy
