#include "core/project/project.hpp"

#include "core/gomod/go_dialect.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/native/native_dialect.hpp"

namespace modtool::project {
namespace {

struct Found {
  DialectRow row;
  std::string root;
};

Result<Found> find_root(const io::FileReader& files, const ProjectOptions& options, const ToolVersions& versions) {
  auto candidates = dialects(versions);
  std::erase_if(candidates, [&](const DialectRow& row) {
    return !options.dialect.empty() && row.dialect->name() != options.dialect;
  });
  for (std::string directory = options.directory;; directory = io::directory_of(directory)) {
    for (const auto& row : candidates) {
      const auto info = files.stat(io::join_path(directory, row.dialect->manifest_name()));
      if (info && info->kind != io::FileKind::kDirectory && directory != options.not_a_root)
        return Found{row, directory};
    }
    if (directory == "/" || directory == ".") break;
  }
  if (candidates.size() > 1) {
    return fail(Error{.code = Code::kNoProject,
                      .message = "neither go.mod nor modtool.json found in current directory or any parent directory"}
                    .fix("modtool init example.com/name"));
  }
  return fail(
      Error{.code = Code::kNoProject,
            .message = "go.mod file not found in current directory or any parent directory; see 'go help modules'"});
}

// ".mod" of "go.mod".
std::string extension_of(std::string_view name) { return std::string(name.substr(name.rfind('.'))); }

// Another file in the place of the manifest: its name says where its checksums are.
Result<void> check_manifest_file(const std::string& file, const manifest::Dialect& dialect) {
  const std::string extension = extension_of(dialect.manifest_name());
  if (file.empty() || file.ends_with(extension)) return {};
  return fail(Code::kBadSetting, "-modfile=" + file + ": file does not have " + extension + " extension");
}

// "x/go.mod" → "x/go.sum".
std::string lock_path_of(const std::string& manifest_path, const manifest::Dialect& dialect) {
  return manifest_path.substr(0, manifest_path.rfind('.')) + extension_of(dialect.lock_name());
}

std::string manifest_path_of(const Found& found, const ProjectOptions& options) {
  const std::string& file = options.manifest_file;
  if (file.empty()) return io::join_path(found.root, found.row.dialect->manifest_name());
  return io::is_absolute(file) ? file : io::join_path(options.directory, file);
}

Error with_conflict_fix(Error error, std::string_view text, const std::string& name) {
  if (error.code == Code::kConflictMarker) error.hint = manifest::conflict_fix(text, name);
  return error;
}

Result<void> load_manifest(const io::FileReader& files, const ProjectOptions& options, Project& project) {
  auto text = files.read(project.manifest_path);
  const bool is_absent = !text && text.error().code == Code::kFileNotFound && !options.manifest_file.empty();
  if (is_absent) return fail(Code::kFileNotFound, "open " + options.manifest_file + ": no such file or directory");
  if (!text) return fail(std::move(text).error());
  project.manifest_text = std::move(*text);
  const manifest::FileName name{.shown = shown_path(files, options.directory, project.manifest_path),
                                .full = project.manifest_path};
  auto parsed = project.dialect->parse_manifest(project.manifest_text, name, options.fix_version);
  if (!parsed) return fail(with_conflict_fix(std::move(parsed).error(), project.manifest_text, name.shown));
  project.manifest = std::move(*parsed);
  return {};
}

Result<void> load_lock(const io::FileReader& files, const ProjectOptions& options, Project& project) {
  const auto text = files.read(project.lock_path);
  project.has_lock = text.has_value();
  if (!text && text.error().code == Code::kFileNotFound) return {};
  if (!text) return fail(text.error());
  const std::string name =
      options.names_lock_in_full ? project.lock_path : shown_path(files, options.directory, project.lock_path);
  auto parsed = project.dialect->parse_lock(*text, name);
  if (!parsed) return fail(with_conflict_fix(std::move(parsed).error(), *text, name));
  project.lock = std::move(*parsed);
  return {};
}

}  // namespace

std::vector<DialectRow> dialects(const ToolVersions& versions) {
  return {{gomod::make_go_dialect(versions.go), make_usage_by_imports, "go"},
          {native::make_native_dialect(versions.modtool), make_usage_by_mode, "cmake"}};
}

Result<Project> load_project(const io::FileReader& files, const ProjectOptions& options, const ToolVersions& versions) {
  MODTOOL_TRY(auto found, find_root(files, options, versions));
  const manifest::Dialect& dialect = *found.row.dialect;
  MODTOOL_CHECK(check_manifest_file(options.manifest_file, dialect));
  Project project{.dialect = found.row.dialect,
                  .make_usage = found.row.make_usage,
                  .build_system = found.row.build_system,
                  .root = found.root};
  project.manifest_path = manifest_path_of(found, options);
  project.lock_path = lock_path_of(project.manifest_path, dialect);
  MODTOOL_CHECK(load_manifest(files, options, project));
  MODTOOL_CHECK(load_lock(files, options, project));
  return project;
}

std::string relative_path(std::string_view from, std::string_view to) {
  const auto is_above = [&](std::string_view directory) {
    return directory == "/" || (to.starts_with(directory) && to.substr(directory.size()).starts_with('/'));
  };
  std::string up;
  std::string above(from);
  for (; !is_above(above); above = io::directory_of(above)) up += "../";
  return up + std::string(to.substr(above == "/" ? 1 : above.size() + 1));
}

std::string shown_path(const io::FileReader& files, const std::string& directory, const std::string& path) {
  std::string relative = relative_path(directory, path);
  const auto info = files.stat(path);
  const bool is_readable = info || info.error().code == Code::kFileNotFound;
  return is_readable && relative.size() < path.size() ? relative : path;
}

std::string find_upwards(const io::FileReader& files, std::string directory, const std::string& name) {
  for (;; directory = io::directory_of(directory)) {
    std::string candidate = io::join_path(directory, name);
    const auto info = files.stat(candidate);
    if (info && info->kind != io::FileKind::kDirectory) return candidate;
    if (directory == "/" || directory == ".") return {};
  }
}

}  // namespace modtool::project
