#include "core/native/value_readers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"
#include "core/module/version_control.hpp"
#include "core/native/manifest_file.hpp"

namespace modtool::native {
namespace {

bool leads_outside(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != path.npos) return true;
  for (const auto element : split(path, '/')) {
    if (element == "..") return true;
  }
  return false;
}

bool leads_into_git(std::string_view path) { return std::ranges::any_of(split(path, '/'), module::is_git_directory); }

std::string read_required_version(FieldReader& fields, const Field& field) {
  if (!field.value.is_object()) return read_version(fields, field);
  std::string version;
  const auto refuse = [&](const Field& f) { fields.refuse_reserved(f); };
  fields.object(field, {{"version", [&](const Field& f) { version = read_version(fields, f); }, true},
                        {"features", refuse},
                        {"when", refuse},
                        {"optional", refuse}});
  return version;
}

}  // namespace

Result<void> check_canonical(std::string_view version) {
  if (module::is_valid_version(version) && module::canonical_version(version) == version) return {};
  const std::string canonical =
      module::canonical_version(version.starts_with('v') ? std::string(version) : "v" + std::string(version));
  const std::string advice = canonical.empty() ? "" : fmt::format("; did you mean {}?", quote(canonical));
  return fail(Code::kBadVersion, fmt::format("{} is not a version vX.Y.Z{}", quote(version), advice));
}

void check_path_text(FieldReader& fields, std::size_t offset, const FieldPath& field_path, const std::string& path) {
  if (const auto checked = module::check_path(path); !checked) {
    fields.problem(offset, field_path, checked.error().code, to_line(checked.error()));
  }
}

void check_version_text(FieldReader& fields, std::size_t offset, const FieldPath& field_path,
                        const std::string& version) {
  if (const auto checked = check_canonical(version); !checked) {
    fields.problem(offset, field_path, checked.error().code, checked.error().message);
  }
}

std::string read_path(FieldReader& fields, const Field& field) {
  const std::string path = fields.string(field);
  if (field.value.is_string()) check_path_text(fields, field.value.begin, field.path, path);
  return path;
}

std::string read_version(FieldReader& fields, const Field& field) {
  const std::string version = fields.string(field);
  if (field.value.is_string()) check_version_text(fields, field.value.begin, field.path, version);
  return version;
}

std::string read_directory(FieldReader& fields, const Field& field) {
  const std::string path = fields.string(field);
  if (field.value.is_string() && path.empty()) fields.problem(field, Code::kManifestField, "must not be empty");
  const bool is_local =
      path.starts_with("./") || path.starts_with("../") || path.starts_with('/') || path == "." || path == "..";
  return is_local || path.empty() ? path : "./" + path;
}

std::string read_inside(FieldReader& fields, const Field& field) {
  const std::string path = fields.string(field);
  if (field.value.is_string() && leads_outside(path)) {
    fields.problem(field, Code::kManifestField, fmt::format("{} is not a path below the project", quote(path)));
  } else if (leads_into_git(path)) {
    fields.problem(field, Code::kManifestField, fmt::format("{} leads into a repository's own files", quote(path)));
  }
  return path;
}

std::vector<Required> read_required(FieldReader& fields, const Field& field) {
  std::vector<Required> required;
  fields.entries(field, [&](const std::string& path, std::size_t key_at, const Field& entry) {
    check_path_text(fields, key_at, entry.path, path);
    required.push_back({{path, read_required_version(fields, entry)}, fields.where(key_at)});
  });
  return required;
}

}  // namespace modtool::native
