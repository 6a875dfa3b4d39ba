#include <fmt/format.h>

#include "core/module/hash.hpp"
#include "core/module/path.hpp"
#include "core/source/cache_layout.hpp"
#include "core/source/go_source.hpp"
#include "core/source/module_trees.hpp"

namespace modtool::source {
namespace {

using manifest::ChecksumVerdict;
using module::ModuleVersion;

constexpr std::string_view kSecurityError =
    "\n\nSECURITY ERROR\n"
    "This download does NOT match an earlier download recorded in go.sum.\n"
    "The bits may have been replaced on the origin server, or an attacker may\n"
    "have intercepted the download attempt.\n\n"
    "For more information, see 'go help module-auth'.\n";

// Go's module cache. What it holds is checked against go.sum as the rule asks; what it lacks is an error that gives the
// line to type.
class ModuleCache final : public GoSource {
 public:
  ModuleCache(GoSourceOptions options, const manifest::ChecksumTable& checksums, io::FileSystem& files,
              WorkerPool& pool)
      : options_(std::move(options)), layout_{options_.cache}, checksums_(checksums), files_(files), pool_(pool) {}

  Result<std::vector<std::string>> versions(const std::string& path) override {
    return fail(Code::kNotSupported, path + ": listing versions is not supported yet");
  }

  Result<VersionInfo> stat(const std::string& path, const std::string& query) override {
    return fail(Code::kNotSupported, fmt::format("{}@{}: version queries are not supported yet", path, query));
  }

  Result<std::string> manifest(const ModuleVersion& module) override {
    const ModuleVersion key = manifest::go_mod_key(module);
    MODTOOL_CHECK(
        check_listed(key, module, fmt::format(" for go.mod file; to add it:\n\tgo mod download {}", module.path)));
    MODTOOL_TRY(const std::string path, layout_.file(module, "mod"));
    auto text = files_.read(path);
    if (!text) return missing(module, std::move(text).error());
    if (options_.rule == ChecksumRule::kModMode) return text;
    MODTOOL_CHECK(check_hash(key, module::h1_of_go_mod(*text), module));
    return text;
  }

  Result<std::shared_ptr<const module::ModuleTree>> tree(const ModuleVersion& module) override {
    MODTOOL_CHECK(check_listed(module, module, fmt::format("; to add it:\n\tgo mod download {}", module.path)));
    MODTOOL_TRY(const std::string zip, layout_.file(module, "zip"));
    if (files_.exists(zip)) return zip_tree(zip, module);
    MODTOOL_TRY(const std::string directory, layout_.tree(module));
    if (!files_.exists(directory)) {
      return missing(module, {.code = Code::kFileNotFound, .message = "open " + zip + ": no such file or directory"});
    }
    MODTOOL_TRY(std::shared_ptr<const module::ModuleTree> tree, open_directory_tree(files_, directory, false));
    MODTOOL_CHECK(check_tree(*tree, module));
    return tree;
  }

  Result<std::string> directory(const ModuleVersion& module) override { return layout_.tree(module); }

 private:
  Result<std::shared_ptr<const module::ModuleTree>> zip_tree(const std::string& path, const ModuleVersion& module) {
    MODTOOL_TRY(std::shared_ptr<const module::ModuleTree> tree, open_zip_tree(path, module));
    if (options_.rule == ChecksumRule::kOwnFace) MODTOOL_CHECK(check_tree(*tree, module));
    return tree;
  }

  Result<void> check_tree(const module::ModuleTree& tree, const ModuleVersion& module) {
    MODTOOL_TRY(const auto preimage, module::hash_tree(tree, pool_));
    return check_hash(module, module::h1_of(preimage, to_string(module)), module);
  }

  // In mod mode a missing line is no error; elsewhere it is, unless there is a hash of this kind.
  Result<void> check_listed(const ModuleVersion& key, const ModuleVersion& module, const std::string& suggestion) {
    if (options_.rule == ChecksumRule::kModMode || !checksums_.lines(key).empty()) return {};
    return fail(Error{.code = Code::kChecksumMissing,
                      .message = fmt::format("{}: missing go.sum entry{}", to_string(module), suggestion)}
                    .fix("go mod download " + module.path));
  }

  Result<void> check_hash(const ModuleVersion& key, const std::string& hash, const ModuleVersion& module) {
    switch (checksums_.check(key, hash)) {
      case ChecksumVerdict::kMatch:
        return {};
      case ChecksumVerdict::kMissing:
        if (options_.rule == ChecksumRule::kModMode) return {};
        return fail(Code::kUnknownHash, fmt::format("verifying {}: go.sum has no h1: line", to_string(module)));
      case ChecksumVerdict::kMismatch:
        break;
    }
    const auto& lines = checksums_.lines(key);
    return fail(Error{.code = Code::kChecksumMismatch,
                      .message = fmt::format("verifying {}: checksum mismatch\n\tdownloaded: {}\n\tgo.sum:     {}{}",
                                             to_string(key), hash, lines.front().hash, kSecurityError)});
  }

  std::unexpected<Error> missing(const ModuleVersion& module, Error cause) const {
    if (cause.code != Code::kFileNotFound) return fail(std::move(cause));
    return fail(
        Error{.code = options_.offline ? Code::kOffline : Code::kNotFound,
              .message = fmt::format(
                  "{}: module is not in the module cache ({}), and fetching it is not supported yet; to fetch it:\n"
                  "\tgo mod download {}",
                  to_string(module), options_.cache, to_string(module))}
            .fix("go mod download " + to_string(module)));
  }

  GoSourceOptions options_;
  CacheLayout layout_;
  const manifest::ChecksumTable& checksums_;
  io::FileSystem& files_;
  WorkerPool& pool_;
};

}  // namespace

std::unique_ptr<GoSource> make_go_source(GoSourceOptions options, const manifest::ChecksumTable& checksums,
                                         io::FileSystem& files, io::HttpClient*, WorkerPool& pool) {
  return std::make_unique<ModuleCache>(std::move(options), checksums, files, pool);
}

}  // namespace modtool::source
