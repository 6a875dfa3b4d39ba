#include "core/native/description_reader.hpp"

#include <optional>

#include "core/base/sha256.hpp"
#include "core/native/value_readers.hpp"

namespace modtool::native {
namespace {

using manifest::Description;

bool holds_version(const std::string& url_or_tag) {
  return url_or_tag.contains("{version}") || url_or_tag.contains("{major}");
}

class DescriptionReader {
 public:
  DescriptionReader(FieldReader& fields, std::string_view text) : fields_(fields), text_(text) {}

  Description read(const Field& field) {
    fields_.object(field, {{"git", [this](const Field& f) { read_git(f); }},
                           {"archive", [this](const Field& f) { read_archive(f); }},
                           {"tags", [this](const Field& f) { read_tags(f); }},
                           {"subdir", [this](const Field& f) { description_.subdirectory = read_inside(fields_, f); }},
                           {"compat", [this](const Field& f) { read_compatibility(f); }},
                           {"submodules", [this](const Field& f) { read_submodules(f); }},
                           {"symlinks", [this](const Field& f) { read_symlinks(f); }},
                           {"omit", [this](const Field& f) { read_names(f, description_.omit); }},
                           {"strip", [this](const Field& f) { read_strip(f); }},
                           {"lfs", [this](const Field& f) { description_.lfs = fields_.boolean(f); }},
                           {"license", [this](const Field& f) { description_.license = fields_.string(f); }},
                           {"require", [this](const Field& f) { read_requirements(f); }},
                           {"overlay", [this](const Field& f) { description_.overlay = read_inside(fields_, f); }},
                           {"patches", [this](const Field& f) { read_names(f, description_.patches); }},
                           {"versions", [this](const Field& f) { fields_.refuse_reserved(f); }},
                           {"build", [this](const Field& f) { read_build(f); }}});
    if (!description_.git.empty() && !description_.archive.empty()) {
      fields_.problem(field, Code::kManifestField, R"(must not have both "git" and "archive")");
    }
    if (strip_ && description_.archive.empty()) {
      fields_.problem(*strip_, Code::kManifestField, R"(is about archives, and there is no "archive")");
    }
    description_.fingerprint = "sha256:" + to_hex(sha256(json::canonical(field.value)));
    description_.where = fields_.where(field.value.begin);
    return std::move(description_);
  }

 private:
  void read_git(const Field& field) {
    description_.git = fields_.string(field);
    if (!field.value.is_string() || !description_.git.empty()) return;
    fields_.problem(field, Code::kManifestField, "must be a repository; leave the key out for that of the path");
  }

  void read_archive(const Field& field) {
    description_.archive = fields_.string(field);
    if (!field.value.is_string() || holds_version(description_.archive)) return;
    fields_.problem(field, Code::kManifestField, "must hold {version} or {major}");
  }

  void read_tags(const Field& field) {
    fields_.elements(field, [this](const Field& f) {
      const std::string tag = fields_.string(f);
      if (f.value.is_string() && !holds_version(tag)) {
        fields_.problem(f, Code::kManifestField, "must hold {version} or {major}");
      } else if (tag.starts_with('-')) {
        fields_.problem(f, Code::kManifestField, "must not start with `-`, as options do");
      }
      description_.tags.push_back(tag);
    });
  }

  void read_compatibility(const Field& field) {
    description_.always_compatible = fields_.one_of(field, {"semver", "always"}) == 1;
  }

  void read_submodules(const Field& field) {
    using enum manifest::Submodules;
    constexpr manifest::Submodules kChoices[] = {kForbid, kIgnore, kInclude};
    description_.submodules = kChoices[fields_.one_of(field, {"forbid", "ignore", "include"})];
  }

  void read_symlinks(const Field& field) {
    using enum manifest::Symlinks;
    description_.symlinks = fields_.one_of(field, {"refuse", "ignore"}) == 1 ? kIgnore : kFollow;
  }

  void read_strip(const Field& field) {
    description_.strip = fields_.boolean(field);
    strip_.emplace(field);
  }

  void read_requirements(const Field& field) {
    description_.require.emplace();
    for (auto& required : read_required(fields_, field)) description_.require->push_back(std::move(required.module));
  }

  // Of files or directories.
  void read_names(const Field& field, std::vector<std::string>& names) {
    fields_.elements(field, [&](const Field& f) { names.push_back(read_inside(fields_, f)); });
  }

  void read_build(const Field& field) {
    const auto options = [this](const Field& f) { read_options(f); };
    const auto text = [this](const Field& f) { fields_.string(f); };
    const auto texts = [this](const Field& f) { fields_.strings(f); };
    const auto aliases = [this](const Field& f) {
      fields_.entries(f, [this](const std::string&, std::size_t, const Field& alias) { fields_.string(alias); });
    };
    const auto cmake = [=, this](const Field& f) {
      fields_.object(f, {{"names", texts},
                         {"subdir", [this](const Field& s) { read_inside(fields_, s); }},
                         {"options", options},
                         {"alias", aliases},
                         {"vars", options},
                         {"modulePath", texts},
                         {"absent", texts},
                         {"version", text}});
    };
    const auto meson = [=, this](const Field& f) {
      fields_.object(f, {{"names", texts}, {"provide", aliases}, {"options", options}});
    };
    const auto truth = [this](const Field& f) { fields_.boolean(f); };
    fields_.object(field, {{"cmake", cmake}, {"meson", meson}, {"headerOnly", texts}, {"copy", truth}});
    description_.build = std::string(text_.substr(field.value.begin, field.value.end - field.value.begin));
  }

  // Values of build tools: texts, numbers, true and false.
  void read_options(const Field& field) {
    fields_.entries(field, [this](const std::string&, std::size_t, const Field& option) {
      using enum json::Kind;
      const auto kind = option.value.kind;
      if (kind == kString || kind == kBool || kind == kNumber) return;
      fields_.problem(option, Code::kManifestField, "must be a string, a number, true or false");
    });
  }

  FieldReader& fields_;
  std::string_view text_;
  Description description_;
  std::optional<Field> strip_;
};

}  // namespace

manifest::Descriptions read_descriptions(FieldReader& fields, const Field& field, std::string_view text) {
  manifest::Descriptions descriptions;
  fields.entries(field, [&](const std::string& path, std::size_t key_at, const Field& entry) {
    check_path_text(fields, key_at, entry.path, path);
    descriptions[path] = DescriptionReader(fields, text).read(entry);
  });
  return descriptions;
}

}  // namespace modtool::native
