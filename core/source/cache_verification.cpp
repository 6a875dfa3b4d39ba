#include "core/source/cache_verification.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/module/hash.hpp"
#include "core/source/module_trees.hpp"

namespace modtool::source {
namespace {

using module::ModuleVersion;

using OpenedTree = Result<std::unique_ptr<module::ModuleTree>>;

// The verification of one module.
class ModuleVerifier {
 public:
  ModuleVerifier(const CacheVerification& verification, const ModuleVersion& module) : verification_(verification) {
    found_.module = module;
  }

  Result<CachedModule> run() {
    MODTOOL_TRY(const std::string zip, verification_.layout.file(found_.module, "zip"));
    MODTOOL_TRY(const std::string directory, verification_.layout.tree(found_.module));
    MODTOOL_TRY(const std::string partial, verification_.layout.file(found_.module, "partial"));
    const auto& files = verification_.files;
    const bool has_zip = files.exists(zip);
    const bool has_directory = files.exists(directory) && !files.exists(partial);
    const auto expected = expected_hash(zip + "hash");
    if (!expected) {
      if (has_zip || has_directory) note(Code::kCacheModified, "missing ziphash: " + to_line(expected.error()));
      return std::move(found_);
    }
    if (has_zip) compare(open_zip_tree(zip, found_.module), *expected, "zip", zip);
    if (has_directory && found_.problems.empty()) {
      compare(open_directory_tree(files, directory, false), *expected, "dir", directory);
    }
    return std::move(found_);
  }

 private:
  Result<std::string> expected_hash(const std::string& ziphash) const {
    if (verification_.checksums == nullptr) {
      MODTOOL_TRY(const std::string text, verification_.files.read(ziphash));
      return std::string(trim(text));
    }
    const auto hash = verification_.checksums->h1(found_.module);
    if (hash.empty()) return fail(Code::kChecksumMissing, "go.sum has no line for it");
    return std::string(hash);
  }

  void compare(OpenedTree tree, const std::string& expected, std::string_view what, const std::string& path) {
    if (!tree) return note(tree.error().code, to_line(tree.error()));
    const auto preimage = module::hash_tree(**tree, verification_.pool);
    if (!preimage) return note(preimage.error().code, to_line(preimage.error()));
    ++found_.checked;
    if (module::h1_of(*preimage, to_string(found_.module)) == expected) return;
    note(Code::kCacheModified, fmt::format("{} has been modified ({})", what, path));
  }

  void note(Code code, const std::string& message) {
    found_.problems.push_back(
        {.code = code, .message = fmt::format("{} {}: {}", found_.module.path, found_.module.version, message)});
  }

  const CacheVerification& verification_;
  CachedModule found_;
};

}  // namespace

Result<std::vector<CachedModule>> verify_cache(const CacheVerification& verification,
                                               const std::vector<ModuleVersion>& modules) {
  std::vector<CachedModule> found(modules.size());
  MODTOOL_CHECK(verification.pool.for_each(modules.size(), [&](std::size_t i) -> Result<void> {
    MODTOOL_TRY(found[i], ModuleVerifier(verification, modules[i]).run());
    return {};
  }));
  return found;
}

}  // namespace modtool::source
