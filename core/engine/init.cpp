#include "core/engine/init.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/engine/manifest_change.hpp"
#include "core/git/git_url.hpp"
#include "core/module/path.hpp"

namespace modtool::engine {
namespace {

using DialectPtr = std::shared_ptr<const manifest::Dialect>;

// Whether something in a directory says that it is a project of a dialect: a manifest, or a source.
Result<bool> is_claimed(const io::FileReader& files, const std::string& directory, const manifest::Dialect& dialect) {
  MODTOOL_TRY(const auto entries, files.list(directory).required());
  return std::ranges::any_of(entries, [&](const io::DirectoryEntry& entry) {
    return entry.name == dialect.manifest_name() || dialect.claims_source(entry.name);
  });
}

// A path that might do.
std::string some_path(const Context& context) { return "example.com/" + io::base_name(context.settings.directory); }

Fix init_as(std::string_view dialect, const std::string& path) {
  return Fix::modtool("init", {path}).naming(std::string(dialect));
}

// The first that starts a project, unless the files speak for another.
Result<DialectPtr> choose_dialect(const Context& context, const InitOptions& options) {
  const auto all = project::dialects(context.settings.tools);
  if (context.settings.which.names_dialect()) {
    MODTOOL_TRY(const auto row, project::find_dialect(all, context.settings.which.name()));
    return row.dialect;
  }
  for (const auto& row : all) {
    const auto& dialect = row.dialect;
    MODTOOL_TRY(const bool claimed, is_claimed(context.files, context.settings.directory, *dialect));
    const bool starts = dialect->new_manifest("example.com/name").has_value();
    if (claimed && !starts) {
      return fail(
          Error{.code = Code::kUsage,
                .message = fmt::format("this directory may be meant for {}: say which project it is to be",
                                       dialect->manifest_name())}
              .with(init_as(all.back().dialect->name(), options.path.empty() ? some_path(context) : options.path)));
    }
    if (starts) return dialect;
  }
  return all.back().dialect;
}

// "host/owner/repository" of the origin in .git/config; empty where there is none.
Result<std::string> path_of_origin(const io::FileReader& files, const std::string& directory) {
  MODTOOL_TRY(const auto config, files.read(io::join_path(directory, ".git/config")).if_there());
  if (!config) return std::string();
  bool in_origin = false;
  for (const auto line : split_lines(*config)) {
    const auto text = trim(line);
    if (text.starts_with('[')) in_origin = text == R"([remote "origin"])";
    const auto equals = text.find('=');
    if (!in_origin || equals == text.npos || trim(text.substr(0, equals)) != "url") continue;
    const auto url = git::parse_git_url(trim(text.substr(equals + 1)));
    return url && url->transport != git::GitTransport::kLocal ? url->identity() : std::string();
  }
  return std::string();
}

Result<std::string> choose_path(const Context& context, const InitOptions& options) {
  std::string path = options.path;
  if (path.empty()) {
    MODTOOL_TRY(path, path_of_origin(context.files, context.settings.directory));
  }
  if (path.empty()) {
    return fail(Error{.code = Code::kUsage, .message = "the module's path is missing, and no Git origin tells it"}.with(
        Fix::modtool("init", {some_path(context)})));
  }
  MODTOOL_CHECK(module::check_path(path));
  return path;
}

}  // namespace

Result<InitReport> start_project(const Context& context, const InitOptions& options) {
  MODTOOL_TRY(const auto dialect, choose_dialect(context, options));
  MODTOOL_TRY(const std::string path, choose_path(context, options));
  MODTOOL_TRY(const std::string text, dialect->new_manifest(path));
  InitReport report{.manifest_name = std::string(dialect->manifest_name()), .path = path};
  const std::string file = io::join_path(context.settings.directory, report.manifest_name);
  MODTOOL_TRY(const auto there, context.files.lstat(file).if_there());
  if (there) return fail(Code::kFileExists, report.manifest_name + " is there already");
  MODTOOL_CHECK(check_may_write(context, report.manifest_name));
  MODTOOL_CHECK(context.files.write_atomic(file, text));
  return report;
}

}  // namespace modtool::engine
