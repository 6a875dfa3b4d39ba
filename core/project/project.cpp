#include "core/project/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/base/text.hpp"
#include "core/git/git_file.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/project/dialects.hpp"
#include "core/project/input_error.hpp"

namespace modtool::project {
namespace {

// Whether a path names something other than a directory. The search upwards ends where that cannot be told: what is
// further up may be another project.
Result<bool> is_file(const io::FileReader& files, const std::string& path) {
  auto info = files.stat(path).if_there();
  if (!info) return fail(input_error(std::move(info).error()));
  return info->has_value() && (*info)->kind != io::FileKind::kDirectory;
}

// Those whose manifest is in a directory.
Result<std::vector<DialectRow>> rows_in(const io::FileReader& files, const std::string& directory,
                                        const std::vector<DialectRow>& rows) {
  std::vector<DialectRow> found;
  for (const auto& row : rows) {
    MODTOOL_TRY(const bool has_manifest, is_file(files, io::join_path(directory, row.dialect->manifest_name())));
    if (has_manifest) found.push_back(row);
  }
  return found;
}

bool is_meant(const DialectRow& row, const Which& which) {
  return !which.names_dialect() || row.dialect->name() == which.name();
}

std::unexpected<Error> not_found(const std::vector<DialectRow>& all, const Which& which) {
  const auto meant = std::ranges::find_if(all, [&](const DialectRow& row) { return is_meant(row, which); });
  const Fix init = Fix::modtool("init", {"example.com/name"});
  if (which.names_dialect())
    return fail(Error{.code = Code::kNoProject, .message = meant->not_found}.with(init.naming(which.name())));
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const auto& row : all) names.emplace_back(row.dialect->manifest_name());
  return fail(Error{
      .code = Code::kNoProject,
      .message = fmt::format("neither {} found in current directory or any parent directory", join(names, " nor "))}
                  .with(init));
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

std::string manifest_path_of(const Project& project, const ProjectOptions& options) {
  const std::string& file = options.manifest_file;
  if (file.empty()) return io::join_path(project.root, project.dialect->manifest_name());
  return io::is_absolute(file) ? file : io::join_path(options.directory, file);
}

// A lock that cannot be read becomes what it is in the last commit, where that one can be.
Fix restoring(const Project& project, const std::string& name) {
  const auto committed = git::read_git_file(project.lock_path, "HEAD");
  if (!committed || !project.dialect->parse_lock(*committed, name)) return {};
  return Fix::command({"git", "checkout", "HEAD", "--", name});
}

Error with_conflict_fix(Error error, std::string_view text, const std::string& name) {
  if (error.code == Code::kConflictMarker) error.fix = manifest::conflict_fix(text, name);
  return error;
}

Result<void> load_manifest(const io::FileReader& files, const ProjectOptions& options, Project& project) {
  const bool is_given = !options.manifest_file.empty();
  auto look = is_given ? files.read_given(project.manifest_path) : files.read(project.manifest_path);
  auto text = std::move(look).required();
  const bool is_absent = !text && text.error().code == Code::kFileNotFound && is_given;
  if (is_absent) return fail(Code::kUnreadableInput, "open " + options.manifest_file + ": no such file or directory");
  if (!text) return fail(input_error(std::move(text).error()));
  project.manifest_text = std::move(*text);
  const manifest::FileName name{.shown = shown_path(files, options.directory, project.manifest_path),
                                .full = project.manifest_path};
  auto parsed = project.dialect->parse_manifest(project.manifest_text, name, options.fix_version);
  if (!parsed) return fail(with_conflict_fix(std::move(parsed).error(), project.manifest_text, name.shown));
  project.manifest = std::move(*parsed);
  return {};
}

Result<void> load_lock(const io::FileReader& files, const ProjectOptions& options, Project& project) {
  const auto look = files.read(project.lock_path).if_there();
  if (!look) return fail(input_error(look.error()));
  const auto& text = *look;
  project.has_lock = text.has_value();
  if (!text) return {};
  const std::string name =
      options.names_lock_in_full ? project.lock_path : shown_path(files, options.directory, project.lock_path);
  auto parsed = project.dialect->parse_lock(*text, name);
  if (!parsed) {
    Error error = with_conflict_fix(std::move(parsed).error(), *text, name);
    if (error.code != Code::kConflictMarker) error.fix = restoring(project, name);
    return fail(std::move(error));
  }
  project.lock = std::move(*parsed);
  return {};
}

// Which other dialects have a manifest in the root.
void note_neighbours(const ProjectRoot& root, Project& project) {
  bool is_met = false;
  for (const auto& row : root.rows) {
    const bool is_own = row.dialect->name() == project.dialect->name();
    is_met = is_met || is_own;
    if (is_own) continue;
    project.beside.emplace_back(row.dialect->manifest_name());
    project.comes_first = project.comes_first && is_met;
  }
}

}  // namespace

std::string Project::sums_name() const {
  return comes_first ? "modtool.sums" : io::join_path(io::directory_of(vendor_name()), "modtool.sums");
}

std::vector<DialectRow> dialects(const ToolVersions& versions) { return {go_row(versions), native_row(versions)}; }

Result<DialectRow> find_dialect(const std::vector<DialectRow>& rows, const std::string& name) {
  const auto named = [](const DialectRow& row) { return std::string(row.dialect->name()); };
  const auto found = std::ranges::find(rows, name, named);
  if (found != rows.end()) return *found;
  std::vector<std::string> names;
  std::ranges::transform(rows, std::back_inserter(names), named);
  return fail(Code::kUsage, fmt::format("{} is no dialect; there are {}", quote(name), join(names, " and ")));
}

Result<ProjectRoot> find_root(const io::FileReader& files, const SearchOptions& options, const ToolVersions& versions) {
  const auto all = dialects(versions);
  if (options.which.names_dialect()) MODTOOL_CHECK(find_dialect(all, options.which.name()));
  for (std::string directory = options.directory;; directory = io::directory_of(directory)) {
    MODTOOL_TRY(auto rows, rows_in(files, directory, all));
    const bool has_it = std::ranges::any_of(rows, [&](const DialectRow& row) { return is_meant(row, options.which); });
    if (has_it && directory != options.not_a_root) return ProjectRoot{directory, std::move(rows)};
    if (directory == "/" || directory == ".") break;
  }
  const auto row = std::ranges::find_if(all, [&](const DialectRow& each) {
    return is_meant(each, options.which) && options.stand_in.ends_with(extension_of(each.dialect->manifest_name()));
  });
  if (row == all.end()) return not_found(all, options.which);
  return ProjectRoot{.directory = io::directory_of(options.stand_in), .rows = {*row}};
}

Result<void> check_vendor_place(const Project& project) {
  const std::string name = project.vendor_name();
  const std::string top = name.substr(0, name.find('/'));
  const bool is_apart = top != name && top != "vendor";
  if (project.comes_first || is_apart) return {};
  return fail(Error{.code = Code::kManifestField,
                    .message = fmt::format("{} is here too, and both would write to the same places: say in {} where "
                                           "this one is vendored, a directory in another, as in "
                                           R"("vendor": {{"dir": "native/vendor"}})",
                                           project.beside.front(), project.dialect->manifest_name()),
                    .where = {.file = std::string(project.dialect->manifest_name())}});
}

Project no_project(const std::vector<DialectRow>& rows, const Which& which) {
  const auto row = std::ranges::find_if(rows, [&](const DialectRow& each) { return is_meant(each, which); });
  return {.dialect = row->dialect,
          .make_usage = row->make_usage,
          .make_supply = row->make_supply,
          .build_system = row->build_system,
          .can = row->can};
}

Result<Project> load_project(const io::FileReader& files, const ProjectRoot& root, const Which& which,
                             const ProjectOptions& options) {
  const auto row = std::ranges::find_if(root.rows, [&](const DialectRow& each) { return is_meant(each, which); });
  const manifest::Dialect& dialect = *row->dialect;
  MODTOOL_CHECK(check_manifest_file(options.manifest_file, dialect));
  Project project{.dialect = row->dialect,
                  .make_usage = row->make_usage,
                  .make_supply = row->make_supply,
                  .build_system = row->build_system,
                  .can = row->can,
                  .root = root.directory};
  note_neighbours(root, project);
  project.manifest_path = manifest_path_of(project, options);
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
  const auto info = files.stat(path).required();
  const bool is_readable = info || info.error().code == Code::kFileNotFound;
  return is_readable && relative.size() < path.size() ? relative : path;
}

Result<std::string> find_upwards(const io::FileReader& files, std::string directory, const std::string& name) {
  for (;; directory = io::directory_of(directory)) {
    std::string candidate = io::join_path(directory, name);
    MODTOOL_TRY(const bool is_there, is_file(files, candidate));
    if (is_there) return candidate;
    if (directory == "/" || directory == ".") return std::string();
  }
}

}  // namespace modtool::project
