// Two versions, a NUL between them: of modules, and of Go.
#include "core/module/semver.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

void check_one(std::string_view version) {
  const std::string canonical = module::canonical_version(version);
  must(canonical.empty() != module::is_valid_version(version), "valid versions have a canonical form");
  must(module::canonical_version(canonical) == canonical, "a canonical form is canonical");
  must(module::compare_versions(version, canonical) == 0 || canonical.empty(), "the canonical form is as new");
  must(module::is_pseudo_version(version) != module::pseudo_version_revision(version).empty(), "has a revision");
  must(module::is_pseudo_version(version) != module::pseudo_version_time(version).empty(), "has a time");
  must(!module::is_pseudo_version(version) || module::is_valid_version(version), "a pseudo-version is a version");
  if (module::is_valid_version(version)) {
    must(version.starts_with(module::version_major(version)), "a version starts with its major");
    must(version.ends_with(module::version_build(version)), "a version ends with its build");
  }
  const std::string language = module::go_language_version(version);
  must(language.empty() != module::is_valid_go_version(version), "a version of Go has a language version");
  static_cast<void>(module::toolchain_go_version(version));
  static_cast<void>(module::is_incompatible(version));
}

}  // namespace

MODTOOL_FUZZ_TARGET(versions) {
  const auto [a, b] = split_input(input);
  check_one(a);
  check_one(b);
  must(module::compare_versions(a, b) == -module::compare_versions(b, a), "comparing turns around");
  must(module::compare_versions(a, a) == 0, "a version is as new as itself");
  must(module::compare_go_versions(a, b) == -module::compare_go_versions(b, a),
       "comparing versions of Go turns around");
  must(module::compare_go_versions(a, a) == 0, "a version of Go is as new as itself");
  for (const auto* path : {"go", "toolchain", "example.com/m"}) {
    must(module::compare_module_versions(path, a, b) == -module::compare_module_versions(path, b, a),
         "so for any path");
  }
}

}  // namespace modtool::fuzz
