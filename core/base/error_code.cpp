#include "core/base/error_code.hpp"

#include <array>

namespace modtool {
namespace {

constexpr std::array kCodes = {
    CodeInfo{Code::kUsage, "wrong usage"},
    CodeInfo{Code::kNotSupported, "not supported"},
    CodeInfo{Code::kNoProject, "no project found"},
    CodeInfo{Code::kBadSetting, "unusable setting"},
    CodeInfo{Code::kGoModSyntax, "syntax of go.mod or go.work"},
    CodeInfo{Code::kGoSumSyntax, "syntax of go.sum"},
    CodeInfo{Code::kModulesTxtSyntax, "syntax of modules.txt"},
    CodeInfo{Code::kConflictMarker, "unresolved merge conflict"},
    CodeInfo{Code::kBadModulePath, "malformed module path"},
    CodeInfo{Code::kBadImportPath, "malformed import path"},
    CodeInfo{Code::kBadVersion, "malformed version"},
    CodeInfo{Code::kBadFileName, "file name not allowed"},
    CodeInfo{Code::kGoModMismatch, "go.mod declares another path"},
    CodeInfo{Code::kJsonSyntax, "malformed JSON"},
    CodeInfo{Code::kGoSourceSyntax, "imports of a Go file cannot be read"},
    CodeInfo{Code::kManifestField, "key or value not allowed in modtool.json"},
    CodeInfo{Code::kLockSyntax, "malformed modtool.lock"},
    CodeInfo{Code::kNoRepository, "no Git checkout"},
    CodeInfo{Code::kPatchSyntax, "malformed patch"},
    CodeInfo{Code::kUnreadableInput, "unreadable file of the project"},
    CodeInfo{Code::kAmbiguousTag, "two tags for one version"},
    CodeInfo{Code::kBadTagTemplate, "malformed tag template"},
    CodeInfo{Code::kBadGitUrl, "Git URL refused"},
    CodeInfo{Code::kGitSubmodule, "Git submodules"},
    CodeInfo{Code::kGitLink, "symbolic link in a module"},
    CodeInfo{Code::kGitLfs, "pointer of Git LFS"},
    CodeInfo{Code::kGitModules, "submodule that leads nowhere usable"},
    CodeInfo{Code::kSubmoduleGone, "submodule's commit missing"},
    CodeInfo{Code::kBadArchiveUrl, "unusable URL of an archive"},
    CodeInfo{Code::kArchiveEntry, "archive entry that no module may hold"},
    CodeInfo{Code::kUnknownVersion, "unknown version or revision"},
    CodeInfo{Code::kTooNewGo, "needs a newer Go"},
    CodeInfo{Code::kMissingModule, "no module provides a package"},
    CodeInfo{Code::kAmbiguousImport, "two modules provide a package"},
    CodeInfo{Code::kMissingPackage, "module lacks a package"},
    CodeInfo{Code::kGoModOutOfDate, "go.mod needs an update"},
    CodeInfo{Code::kReplacementMissing, "replacement directory missing"},
    CodeInfo{Code::kImportCollision, "import paths differ only in case"},
    CodeInfo{Code::kEmbed, "embedded files"},
    CodeInfo{Code::kTwoClasses, "incompatible versions of one module"},
    CodeInfo{Code::kLockStale, "modtool.lock is out of date"},
    CodeInfo{Code::kLockedRun, "a locked run may not write"},
    CodeInfo{Code::kRequestConflict, "what was asked for cannot be selected"},
    CodeInfo{Code::kPatchFailed, "a patch does not apply"},
    CodeInfo{Code::kTwoSpellings, "one module under two paths"},
    CodeInfo{Code::kShallowHistory, "history missing"},
    CodeInfo{Code::kLayoutFailed, "layout failed"},
    CodeInfo{Code::kLayoutTimeout, "layout took too long"},
    CodeInfo{Code::kNoSuchNode, "no such module in the graph"},
    CodeInfo{Code::kGraphvizMissing, "Graphviz is not installed"},
    CodeInfo{Code::kBuildFailed, "build failed"},
    CodeInfo{Code::kDependencyFailed, "building a dependency failed"},
    CodeInfo{Code::kToolMissing, "build tool missing"},
    CodeInfo{Code::kTestsFailed, "tests failed"},
    CodeInfo{Code::kNameClash, "two modules with one name"},
    CodeInfo{Code::kPackageMissing, "package of the build missing"},
    CodeInfo{Code::kPackageVersion, "package has another version"},
    CodeInfo{Code::kBadRecipe, "description does not fit the sources"},
    CodeInfo{Code::kNoSuchTarget, "no such program"},
    CodeInfo{Code::kChecksumMismatch, "checksum mismatch"},
    CodeInfo{Code::kChecksumMissing, "missing checksum"},
    CodeInfo{Code::kChecksumConflict, "conflicting checksums"},
    CodeInfo{Code::kUnknownHash, "unknown hash algorithm"},
    CodeInfo{Code::kZipRules, "module zip breaks the rules"},
    CodeInfo{Code::kVendorModified, "vendored file modified"},
    CodeInfo{Code::kVendorMissing, "vendored file missing"},
    CodeInfo{Code::kVendorExtra, "extra file in the vendor directory"},
    CodeInfo{Code::kVendorLink, "link or special file in the vendor directory"},
    CodeInfo{Code::kVendorIndex, "modules.txt modified"},
    CodeInfo{Code::kSumsSyntax, "malformed modtool.sums"},
    CodeInfo{Code::kSumsMissing, "nothing to prove the vendor directory with"},
    CodeInfo{Code::kSumsStale, "modtool.sums is out of date"},
    CodeInfo{Code::kUnproven, "module cannot be proven"},
    CodeInfo{Code::kVendorStale, "vendor directory is out of date"},
    CodeInfo{Code::kNothingToCheck, "nothing to check"},
    CodeInfo{Code::kCacheModified, "module cache modified"},
    CodeInfo{Code::kRefMoved, "tag moved"},
    CodeInfo{Code::kCommitGone, "locked commit is gone"},
    CodeInfo{Code::kNotFound, "not found at the source"},
    CodeInfo{Code::kForbidden, "access refused"},
    CodeInfo{Code::kUnreachable, "server unreachable"},
    CodeInfo{Code::kServerError, "server error"},
    CodeInfo{Code::kBadReply, "unusable reply"},
    CodeInfo{Code::kOffline, "not in the cache, and offline"},
    CodeInfo{Code::kUnsupportedScheme, "unsupported protocol"},
    CodeInfo{Code::kHostKeyUnknown, "unknown ssh host key"},
    CodeInfo{Code::kHostKeyChanged, "changed ssh host key"},
    CodeInfo{Code::kKeyRefused, "ssh keys refused"},
    CodeInfo{Code::kCertificate, "certificate not trusted"},
    CodeInfo{Code::kLoginMissing, "login missing"},
    CodeInfo{Code::kLoginRefused, "login refused"},
    CodeInfo{Code::kRedirected, "redirected elsewhere"},
    CodeInfo{Code::kConnectionLost, "connection lost"},
    CodeInfo{Code::kFileNotFound, "file not found"},
    CodeInfo{Code::kFileExists, "file exists"},
    CodeInfo{Code::kPermission, "permission denied"},
    CodeInfo{Code::kNotADirectory, "not a directory"},
    CodeInfo{Code::kIsADirectory, "is a directory"},
    CodeInfo{Code::kSymbolicLink, "symbolic link not followed"},
    CodeInfo{Code::kDiskFull, "disk full"},
    CodeInfo{Code::kIo, "operating system error"},
    CodeInfo{Code::kBadZip, "damaged zip file"},
    CodeInfo{Code::kTooLarge, "too large"},
    CodeInfo{Code::kChildFailed, "child process failed"},
    CodeInfo{Code::kLibraryMissing, "library missing"},
    CodeInfo{Code::kBadGitRepository, "unreadable Git repository"},
    CodeInfo{Code::kBadArchive, "unreadable archive"},
    CodeInfo{Code::kNotAFile, "not a regular file"},
    CodeInfo{Code::kInternal, "internal error"},
    CodeInfo{Code::kInterrupted, "interrupted"},
    CodeInfo{Code::kTerminated, "terminated"},
    CodeInfo{Code::kTimeout, "time is over"},
};

}  // namespace

std::span<const CodeInfo> all_codes() { return kCodes; }

std::string to_string(Code code) {
  std::string digits = std::to_string(static_cast<unsigned>(code));
  return "MT" + std::string(4 - digits.size(), '0') + digits;
}

bool is_retryable(Code code) {
  return code == Code::kUnreachable || code == Code::kServerError || code == Code::kConnectionLost;
}

bool fails_to_fetch(Code code) {
  constexpr int kNetwork = 5;
  return static_cast<int>(code) / 1000 == kNetwork;
}

bool breaks_proof(Code code) {
  constexpr int kIntegrity = 4;  // the codes MT4nnn
  return static_cast<int>(code) / 1000 == kIntegrity && code != Code::kVendorStale;
}

bool tells_nothing(Code code) {
  constexpr int kMachine = 8;
  return static_cast<int>(code) / 1000 >= kMachine;
}

}  // namespace modtool
