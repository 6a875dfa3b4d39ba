#include "core/project/project.hpp"

#include "core/gomod/go_dialect.hpp"

namespace modtool::project {
namespace {

struct Found {
  std::shared_ptr<const manifest::Dialect> dialect;
  std::string root;
};

Result<Found> find_root(const io::FileReader& files, const ProjectOptions& options, const std::string& go_version) {
  for (std::string directory = options.directory;; directory = io::directory_of(directory)) {
    for (const auto& dialect : dialects(go_version)) {
      const auto info = files.stat(io::join_path(directory, dialect->manifest_name()));
      if (info && info->kind != io::FileKind::kDirectory && directory != options.not_a_root)
        return Found{dialect, directory};
    }
    if (directory == "/" || directory == ".") break;
  }
  return fail(Code::kNoProject,
              "go.mod file not found in current directory or any parent directory; see 'go help modules'");
}

// A manifest as messages call it: short inside the directory of the run.
std::string shown_name(const std::string& path, const std::string& directory) {
  const std::string prefix = directory + "/";
  return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
}

// "x/go.mod" → "x/go.sum".
std::string checksum_path_of(const std::string& manifest_path, const manifest::Dialect& dialect) {
  const std::string name(dialect.checksum_file_name());
  const auto extension = name.substr(name.rfind('.'));
  return manifest_path.substr(0, manifest_path.rfind('.')) + extension;
}

}  // namespace

std::vector<std::shared_ptr<const manifest::Dialect>> dialects(const std::string& go_version) {
  return {gomod::make_go_dialect(go_version)};
}

Result<Project> load_project(const io::FileReader& files, const ProjectOptions& options,
                             const std::string& go_version) {
  MODTOOL_TRY(auto found, find_root(files, options, go_version));
  Project project{.dialect = found.dialect, .root = found.root};
  project.manifest_path = options.manifest_file.empty() ? io::join_path(found.root, found.dialect->manifest_name())
                                                        : io::join_path(options.directory, options.manifest_file);
  if (io::is_absolute(options.manifest_file)) project.manifest_path = options.manifest_file;
  project.checksum_path = checksum_path_of(project.manifest_path, *found.dialect);

  MODTOOL_TRY(project.manifest_text, files.read(project.manifest_path));
  MODTOOL_TRY(project.manifest, found.dialect->parse_manifest(project.manifest_text,
                                                              shown_name(project.manifest_path, options.directory)));
  auto checksums = files.read(project.checksum_path);
  project.has_checksums = checksums.has_value();
  if (!checksums && checksums.error().code != Code::kFileNotFound) return fail(std::move(checksums).error());
  if (checksums) {
    MODTOOL_TRY(project.checksums,
                found.dialect->parse_checksums(*checksums, shown_name(project.checksum_path, options.directory)));
  }
  return project;
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
