#include "core/native/manifest_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"
#include "core/native/description_reader.hpp"
#include "core/native/fields.hpp"
#include "core/native/value_readers.hpp"

namespace modtool::native {
namespace {

using manifest::Manifest;
using module::ModuleVersion;

// What modtool.json of this dialect is to say one day; so that nobody else gives the keys a meaning.
constexpr std::string_view kReserved[] = {"features", "index", "export", "policy"};

class ManifestReader {
 public:
  ManifestReader(FieldReader& fields, std::string_view text, std::string_view version)
      : fields_(fields), text_(text), version_(version) {}

  void read_root(const json::Value& document) {
    std::vector<KeyRule> rules = common_rules();
    rules.insert(
        rules.end(),
        {
            {"license", [this](const Field& f) { fields_.string(f); }},
            {"groups", [this](const Field& f) { read_groups(f); }},
            {"replace", [this](const Field& f) { read_replacements(f); }},
            {"exclude", [this](const Field& f) { read_exclusions(f); }},
            {"majors", [this](const Field& f) { read_majors(f); }},
            {"describe", [this](const Field& f) { manifest_.describe = read_descriptions(fields_, f, text_); }},
            {"vendor", [this](const Field& f) { read_vendor(f); }},
            {"build", [this](const Field& f) { read_build(f); }},
            {"cgo", [this](const Field& f) { read_cgo(f); }},
        });
    for (const auto key : kReserved) rules.push_back({key, [this](const Field& f) { fields_.refuse_reserved(f); }});
    fields_.object({document}, rules);
    check_named();
    check_spelling();
  }

  void read_dependency(const json::Value& document) {
    fields_.object({document}, common_rules());
    check_spelling();
  }

  Manifest take() { return std::move(manifest_); }

 private:
  std::vector<KeyRule> common_rules() {
    return {
        {"schema", [this](const Field& f) { check_schema(f); }, true},
        {"module", [this](const Field& f) { manifest_.path = read_path(fields_, f); }, true},
        {"modtool", [this](const Field& f) { check_modtool(f); }},
        {"deprecated", [this](const Field& f) { manifest_.deprecated = fields_.string(f); }},
        {"require", [this](const Field& f) { read_requirements(f, ""); }},
        {"retract", [this](const Field& f) { read_retractions(f); }},
    };
  }

  void check_schema(const Field& field) {
    if (field.value.kind == json::Kind::kNumber && field.value.text == "1") return;
    fields_.problem(field, Code::kManifestField, "this modtool reads schema 1");
  }

  void check_modtool(const Field& field) {
    const std::string wanted = "v" + fields_.string(field);
    if (!module::is_valid_version(wanted)) {
      fields_.problem(field, Code::kManifestField, R"(must be a version of modtool: "0.1")");
    } else if (module::compare_versions(wanted, "v" + std::string(version_)) > 0) {
      fields_.problem(field, Code::kNotSupported, fmt::format("needs modtool {} (this is {})", wanted, version_));
    }
  }

  void read_requirements(const Field& field, const std::string& group) {
    for (auto& [module, where] : read_required(fields_, field)) {
      manifest_.require.push_back({.module = std::move(module), .group = group, .where = std::move(where)});
    }
  }

  void read_groups(const Field& field) {
    fields_.entries(field,
                    [this](const std::string& group, std::size_t, const Field& f) { read_requirements(f, group); });
  }

  void read_replacements(const Field& field) {
    fields_.entries(field, [this](const std::string& key, std::size_t key_at, const Field& entry) {
      const auto at = key.find('@');
      ModuleVersion from{key.substr(0, at), at == key.npos ? "" : key.substr(at + 1)};
      check_path_text(fields_, key_at, entry.path, from.path);
      if (at != key.npos) check_version_text(fields_, key_at, entry.path, from.version);
      ModuleVersion to = read_replacement(from, entry);
      manifest_.replace.push_back({.from = std::move(from), .to = std::move(to), .where = fields_.where(key_at)});
    });
  }

  ModuleVersion read_replacement(const ModuleVersion& from, const Field& entry) {
    std::string directory;
    ModuleVersion to;
    fields_.object(entry, {{"dir", [&](const Field& f) { directory = read_directory(fields_, f); }},
                           {"module", [&](const Field& f) { to.path = read_path(fields_, f); }},
                           {"version", [&](const Field& f) { to.version = read_version(fields_, f); }}});
    const bool names_module = !to.path.empty() || !to.version.empty();
    if (directory.empty() != names_module) {
      fields_.problem(entry, Code::kManifestField, R"(must have either "dir", or "version" and perhaps "module")");
    }
    if (!directory.empty()) return {.path = directory, .version = ""};
    if (to.path.empty()) to.path = from.path;
    return to;
  }

  void read_exclusions(const Field& field) {
    fields_.entries(field, [this](const std::string& path, std::size_t key_at, const Field& entry) {
      check_path_text(fields_, key_at, entry.path, path);
      fields_.elements(entry, [&](const Field& f) { manifest_.exclude.push_back({path, read_version(fields_, f)}); });
    });
  }

  void read_majors(const Field& field) {
    fields_.entries(field, [this](const std::string& path, std::size_t key_at, const Field& entry) {
      check_path_text(fields_, key_at, entry.path, path);
      manifest_.majors[path] = read_version(fields_, entry);
    });
  }

  void read_retractions(const Field& field) {
    fields_.elements(field, [this](const Field& entry) {
      manifest::Retraction retraction;
      fields_.object(entry, {{"versions", [&](const Field& f) { read_range(f, retraction); }, true},
                             {"reason", [&](const Field& f) { retraction.rationale = fields_.string(f); }}});
      manifest_.retract.push_back(std::move(retraction));
    });
  }

  void read_range(const Field& field, manifest::Retraction& retraction) {
    if (!field.value.is_array()) {
      retraction.low = retraction.high = read_version(fields_, field);
      return;
    }
    std::vector<std::string> ends;
    fields_.elements(field, [&](const Field& f) { ends.push_back(read_version(fields_, f)); });
    if (ends.size() != 2)
      return fields_.problem(field, Code::kManifestField, "must be a version, or the first and the last");
    retraction.low = ends[0];
    retraction.high = ends[1];
  }

  void read_vendor(const Field& field) {
    fields_.object(field, {{"dir", [this](const Field& f) { read_vendor_directory(f); }},
                           {"mode", [this](const Field& f) { check_vendor_mode(f); }},
                           {"keep", [this](const Field& f) { fields_.refuse_reserved(f); }}});
  }

  // It is replaced as a whole, so it must not be the project or part of its repository's own files.
  void read_vendor_directory(const Field& field) {
    manifest_.vendor_directory = fields_.string(field);
    if (!field.value.is_string()) return;
    const auto& directory = manifest_.vendor_directory;
    if (module::check_file_path(directory) && !has_path_prefix(directory, ".git")) return;
    fields_.problem(field, Code::kManifestField, fmt::format("{} is no directory to vendor into", quote(directory)));
  }

  void check_vendor_mode(const Field& field) {
    if (fields_.one_of(field, {"full", "pruned"}) == 0) return;
    fields_.problem(field, Code::kNotSupported, R"(pruned vendoring is not supported yet; use "full")");
  }

  void read_cgo(const Field& field) {
    fields_.entries(field, [this](const std::string& user, std::size_t key_at, const Field& entry) {
      const bool is_package = user == "." || (user.starts_with("./") && module::check_file_path(user.substr(2)));
      if (!is_package) check_path_text(fields_, key_at, entry.path, user);
      manifest::Need need{.modules = {}, .where = fields_.where(key_at)};
      fields_.elements(entry, [&](const Field& f) {
        need.modules.push_back(read_path(fields_, f));
        named_.push_back({need.modules.back(), f.path.text(), fields_.where(f.value.begin)});
      });
      manifest_.cgo[user] = std::move(need);
    });
  }

  // Modules are told apart by their paths on file systems that do not see a difference in letter case, too.
  void check_spelling() {
    std::map<std::string, std::string> spellings;
    for (const auto& requirement : manifest_.require) {
      const std::string& path = requirement.module.path;
      const auto [known, is_new] = spellings.emplace(module::fold_case(path), path);
      if (is_new || known->second == path) continue;
      fields_.problem(requirement.where, Code::kManifestField,
                      fmt::format("{} and {} differ in letter case only", quote(path), quote(known->second)));
    }
  }

  // Whatever the order of the keys: what "cgo" names is required.
  void check_named() {
    std::set<std::string_view> required;
    for (const auto& requirement : manifest_.require) required.insert(requirement.module.path);
    for (const auto& named : named_) {
      if (required.contains(named.module)) continue;
      fields_.problem(named.where, Code::kManifestField,
                      fmt::format("{}: {} is not required", named.field, quote(named.module)));
    }
  }

  void read_build(const Field& field) {
    fields_.object(field, {{"system", [this](const Field& f) { fields_.one_of(f, {"cmake", "meson", "command"}); }},
                           {"preset", [this](const Field& f) { fields_.string(f); }},
                           {"targets", [this](const Field& f) { fields_.strings(f); }},
                           {"command", [this](const Field& f) { fields_.strings(f); }},
                           {"allow", [this](const Field& f) { fields_.strings(f); }},
                           {"strict", [this](const Field& f) { fields_.boolean(f); }}});
    manifest_.build = std::string(text_.substr(field.value.begin, field.value.end - field.value.begin));
  }

  // A module that "cgo" names, and where.
  struct Named {
    std::string module;
    std::string field;
    Where where;
  };

  FieldReader& fields_;
  std::string_view text_;
  std::string_view version_;
  Manifest manifest_;
  std::vector<Named> named_;
};

using Reading = void (ManifestReader::*)(const json::Value&);

Result<Manifest> read_with(Reading reading, UnknownKeys unknown, std::string_view text, const std::string& file,
                           std::string_view version) {
  MODTOOL_CHECK(manifest::check_no_conflict(text, file));
  MODTOOL_TRY(const json::Value document, json::parse(text, file));
  FieldReader fields(text, file, unknown);
  ManifestReader reader(fields, text, version);
  (reader.*reading)(document);
  MODTOOL_CHECK(std::move(fields).result());
  return reader.take();
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view text, const std::string& file, std::string_view version) {
  return read_with(&ManifestReader::read_root, UnknownKeys::kRefuse, text, file, version);
}

Result<Manifest> parse_dependency(std::string_view text, const std::string& file, std::string_view version) {
  return read_with(&ManifestReader::read_dependency, UnknownKeys::kPassOver, text, file, version);
}

}  // namespace modtool::native
