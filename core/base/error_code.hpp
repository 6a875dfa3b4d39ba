// The stable error codes. A code is never reused or renumbered; each has a page, docs/errors/MTnnnn.md, that
// `modtool explain MTnnnn` prints. The thousands digit is the class and decides the exit status (cli/exit_code).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace modtool {

enum class Code : std::uint16_t {
  // 0xxx: the command line
  kUsage = 1,         // an unknown command or flag, a missing or malformed argument
  kNotSupported = 2,  // a feature of Go's that modtool does not have yet
  kNoProject = 3,     // no manifest in this directory or above it
  kBadSetting = 4,    // an environment variable or GOENV entry with an unusable value

  // 1xxx: manifests and other files people and tools write
  kGoModSyntax = 1001,       // go.mod, go.work: a line that cannot be understood
  kGoSumSyntax = 1002,       // go.sum
  kModulesTxtSyntax = 1003,  // vendor/modules.txt
  kConflictMarker = 1004,    // the file holds a merge conflict
  kBadModulePath = 1005,     // not a module path
  kBadImportPath = 1006,     // not an import path
  kBadVersion = 1007,        // not a semantic version, or not canonical
  kBadFileName = 1008,       // a file name that a module must not hold
  kGoModMismatch = 1009,     // go.mod declares another path than the one it was required as
  kJsonSyntax = 1010,        // malformed JSON
  kGoSourceSyntax = 1011,    // a .go file whose imports cannot be read
  kManifestField = 1012,     // modtool.json: a key or a value that may not stand where it does
  kLockSyntax = 1013,        // modtool.lock
  kNoRepository = 1020,      // no Git checkout around the current directory
  kPatchSyntax = 1030,       // a patch that is no unified diff, or does what patches may not
  kUnreadableInput = 1060,   // a file of the project, or one that its manifest names, is absent or cannot be read
  kAmbiguousTag = 1203,      // two tags stand for one version and lead to different commits
  kBadTagTemplate = 1204,    // a template of tags that cannot be understood
  kBadGitUrl = 1205,         // a Git URL that is malformed, or made to do more than name a repository
  kGitSubmodule = 1206,      // a module with Git submodules whose description does not say what becomes of them
  kGitLink = 1207,           // a symbolic link in a module that leads elsewhere, nowhere or to itself
  kGitLfs = 1208,            // a pointer of Git LFS in the place of a file
  kGitModules = 1209,        // .gitmodules is malformed, hostile, or does not say where a submodule is
  kSubmoduleGone = 1210,     // the repository of a submodule does not have its commit
  kBadArchiveUrl = 1211,     // a URL of an archive that is malformed, or not complete
  kArchiveEntry = 1212,      // an archive holds what cannot be part of a module

  // 2xxx: resolution
  kUnknownVersion = 2002,      // a version, or a Git revision, that is not there
  kTooNewGo = 2003,            // a module needs a newer Go
  kMissingModule = 2004,       // no required module provides an imported package
  kAmbiguousImport = 2005,     // two modules provide an imported package
  kMissingPackage = 2006,      // the module that should provide a package does not hold it
  kGoModOutOfDate = 2007,      // go.mod needs an update that this command may not make
  kReplacementMissing = 2008,  // the directory of a replace is absent or holds no go.mod
  kImportCollision = 2009,     // two import paths differ only in case
  kEmbed = 2010,               // an embed pattern matches nothing, or what may not be embedded
  kTwoClasses = 2011,          // two incompatible versions of one module are required
  kLockStale = 2012,           // modtool.lock does not match modtool.json
  kLockedRun = 2013,           // a run with --locked would have to write
  kRequestConflict = 2014,     // what was asked for cannot be selected: something else asks for more, or excludes it
  kPatchFailed = 2030,         // a patch that does not fit the module's files
  kTwoSpellings = 2031,        // one module is required under two paths
  kShallowHistory = 2101,      // the history that tells a commit's version is not in the repository

  // 3xxx: pictures and builds
  kLayoutFailed = 3001,     // Graphviz failed on the graph
  kLayoutTimeout = 3002,    // the layout exceeded its time
  kNoSuchNode = 3003,       // a graph filter names a module that the graph does not hold
  kGraphvizMissing = 3004,  // the Graphviz libraries are not installed

  kBuildFailed = 3101,       // the project's own build failed
  kDependencyFailed = 3102,  // a dependency could not be configured or compiled
  kToolMissing = 3103,       // a build tool is not installed, or too old
  kTestsFailed = 3104,       // the project's tests failed
  kNameClash = 3105,         // two modules would be found under one name
  kPackageMissing = 3106,    // the build looks for a package that no module provides
  kPackageVersion = 3107,    // the build asks for another version of a package than the selected one
  kBadRecipe = 3108,         // a description of how a module is built does not fit its sources
  kNoSuchTarget = 3109,      // the project builds no program of that name

  // 4xxx: integrity
  kChecksumMismatch = 4001,  // bytes do not have the hash that go.sum or the lock holds
  kChecksumMissing = 4002,   // go.sum has no line for something that is read
  kChecksumConflict = 4003,  // two different hashes for one module version
  kUnknownHash = 4004,       // only hashes of an unknown algorithm
  kZipRules = 4005,          // a module zip that breaks the rules for module zips
  kVendorModified = 4101,    // vendored bytes differ from the proven ones
  kVendorMissing = 4102,     // a file of the plan is not in vendor/
  kVendorExtra = 4103,       // vendor/ holds what the plan does not
  kVendorLink = 4104,        // a symbolic link or special file where only files and directories may be
  kVendorIndex = 4105,       // modules.txt differs from the recomputed one
  kSumsSyntax = 4106,        // modtool.sums is malformed or not canonical
  kSumsMissing = 4107,       // neither modtool.sums nor zips to check against
  kSumsStale = 4108,         // modtool.sums does not belong to this manifest and go.sum
  kUnproven = 4109,          // a module that cannot be proven
  kVendorStale = 4110,       // proven, but not what the manifest asks for (exit 1)
  kNothingToCheck = 4111,    // a check that found nothing to check
  kCacheModified = 4112,     // a module of the cache was changed
  kRefMoved = 4201,          // a Git tag leads to another commit than the locked one
  kCommitGone = 4202,        // the locked commit is not in its repository

  // 5xxx: the network
  kNotFound = 5001,           // 404 or 410: the source does not have it
  kForbidden = 5002,          // 401, 403, or another final refusal
  kUnreachable = 5003,        // refused, reset, no such host: worth another try
  kServerError = 5004,        // 429 or 5xx: worth another try
  kBadReply = 5005,           // a reply that cannot be understood, or too large
  kOffline = 5006,            // GOPROXY=off or --offline, and it is not in the cache
  kUnsupportedScheme = 5007,  // a protocol that this build, or this source, does not speak
  kHostKeyUnknown = 5008,     // an ssh server that known_hosts does not have
  kHostKeyChanged = 5009,     // an ssh server that shows another key than the known one, or a revoked one
  kKeyRefused = 5010,         // an ssh server takes none of the user's keys
  kCertificate = 5011,        // a TLS certificate that nobody vouches for, of another name, or out of date
  kLoginMissing = 5012,       // a server asks for a login, and there is none for it
  kLoginRefused = 5013,       // a server refuses the login that there is
  kRedirected = 5014,         // a server sends on to where it may not be followed
  kConnectionLost = 5015,     // reset, cut or silent: worth another try

  // 8xxx: the machine
  kFileNotFound = 8001,
  kFileExists = 8002,
  kPermission = 8003,
  kNotADirectory = 8004,
  kIsADirectory = 8005,
  kSymbolicLink = 8006,  // a link where none may be followed
  kDiskFull = 8007,
  kIo = 8008,                // any other failure of the operating system
  kBadZip = 8009,            // not a zip file, or a broken one
  kTooLarge = 8010,          // more bytes than a limit allows
  kChildFailed = 8011,       // a child process failed
  kLibraryMissing = 8012,    // a shared library could not be loaded
  kBadGitRepository = 8013,  // not a Git repository, or an object of it cannot be read
  kBadArchive = 8014,        // not an archive, or a broken one
  kNotAFile = 8015,          // a pipe, a device or a socket where a file should be

  // 9xxx: modtool itself, and being ended
  kInternal = 9001,
  kInterrupted = 9002,  // Ctrl-C
  kTerminated = 9003,   // SIGTERM, SIGHUP
  kTimeout = 9004,      // --timeout
};

// One row of the table of codes.
struct CodeInfo {
  Code code;
  std::string_view title;  // a few words for headings: "checksum mismatch"
};

// All codes in ascending order.
std::span<const CodeInfo> all_codes();

// "MT4001".
std::string to_string(Code code);

// Whether the failure may pass if tried again (a time-out, a reset, 429, 5xx).
bool is_retryable(Code code);

// Whether no source gave what was asked for (5xxx).
bool fails_to_fetch(Code code);

// Whether it says that bytes are not the ones that checksums, lock or proof vouch for. A vendor directory that is only
// out of date is not such a case.
bool breaks_proof(Code code);

// Whether the machine failed or the run was ended (8xxx, 9xxx): then it tells nothing of what was looked at.
bool tells_nothing(Code code);

}  // namespace modtool
