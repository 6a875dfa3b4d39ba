#include "core/native/manifest_document.hpp"

#include <fmt/format.h>

#include "core/base/json_writer.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/module/semver.hpp"

namespace modtool::native {
namespace {

using module::ModuleVersion;

KeyPath requirements(const std::string& group, const std::string& path) {
  return group.empty() ? KeyPath{"require", path} : KeyPath{"groups", group, path};
}

std::string replacement_text(const ModuleVersion& from, const ModuleVersion& to) {
  const auto quoted = json::string_literal;
  if (to.version.empty()) return fmt::format(R"({{ "dir": {} }})", quoted(to.path));
  if (to.path == from.path) return fmt::format(R"({{ "version": {} }})", quoted(to.version));
  return fmt::format(R"({{ "module": {}, "version": {} }})", quoted(to.path), quoted(to.version));
}

bool is_older(std::string_view a, std::string_view b) { return module::compare_versions(a, b) < 0; }

class NativeDocument final : public manifest::ManifestDocument {
 public:
  explicit NativeDocument(JsonDocument json) : json_(std::move(json)) {}

  const std::string& text() const override { return json_.text(); }

  Result<void> set_requirement(const ModuleVersion& module, const std::string& group) override {
    KeyPath path = requirements(group, module.path);
    const auto* known = json_.find(path);
    if (known != nullptr && known->is_object()) path.emplace_back("version");
    return json_.set(path, json::string_literal(module.version));
  }
  Result<void> drop_requirement(const std::string& path, const std::string& group) override {
    return json_.remove(requirements(group, path));
  }

  Result<void> set_replacement(const ModuleVersion& from, const ModuleVersion& to) override {
    return json_.set({"replace", to_string(from)}, replacement_text(from, to));
  }
  Result<void> drop_replacement(const ModuleVersion& from) override {
    return json_.remove({"replace", to_string(from)});
  }

  Result<void> add_exclusion(const ModuleVersion& module) override {
    return json_.add_string({"exclude", module.path}, module.version, is_older);
  }
  Result<void> drop_exclusion(const ModuleVersion& module) override {
    const KeyPath path = {"exclude", module.path};
    const auto* list = json_.find(path);
    const bool is_last = list != nullptr && list->elements.size() == 1 && list->elements[0].text == module.version;
    return is_last ? json_.remove(path) : json_.remove_string(path, module.version);
  }

  Result<void> set_major(const ModuleVersion& least) override {
    return json_.set({"majors", least.path}, json::string_literal(least.version));
  }
  Result<void> drop_major(const std::string& path) override { return json_.remove({"majors", path}); }

  Result<void> set_description(const std::string& path, const std::string& description) override {
    return json_.set({"describe", path}, description);
  }
  Result<void> drop_description(const std::string& path) override { return json_.remove({"describe", path}); }

 private:
  JsonDocument json_;
};

}  // namespace

const std::vector<std::string_view>& manifest_key_order() {
  static const std::vector<std::string_view> order = {"$schema",    "schema",  "module",   "modtool", "license",
                                                      "deprecated", "require", "groups",   "replace", "exclude",
                                                      "majors",     "retract", "describe", "vendor",  "build"};
  return order;
}

Result<JsonDocument> parse_manifest_json(std::string text, const std::string& file) {
  MODTOOL_CHECK(manifest::check_no_conflict(text, file));
  return JsonDocument::parse(std::move(text), file, manifest_key_order());
}

Result<std::unique_ptr<manifest::ManifestDocument>> parse_manifest_document(std::string text, const std::string& file) {
  MODTOOL_TRY(JsonDocument json, parse_manifest_json(std::move(text), file));
  return std::make_unique<NativeDocument>(std::move(json));
}

std::string new_manifest(const std::string& path) {
  return fmt::format("{{\n  \"schema\": 1,\n  \"module\": {}\n}}\n", json::string_literal(path));
}

}  // namespace modtool::native
