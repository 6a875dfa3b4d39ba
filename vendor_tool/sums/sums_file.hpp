// modtool.sums: what proves a vendor directory offline. It is text, beside the manifest, never inside vendor/.
//
// The file holds no trust: its headers are an index, and every byte in it is checked against go.sum (or modtool.lock)
// before it is used (proof/block_proof.hpp). There is one way to write a given content, and the parser refuses every
// other.
//
//     modtool.sums 2                                                 the format's version; 1 without `with` and
//     with example.com/a/include/**                                  `left-out`; a glob of files that are vendored
//                                                                    beyond the dialect's choice
//
//     directory ./lib                                                a block: a replacement by a directory,
//     manifest                                                       as the manifest writes it
//     .module example.com/lib
//
//     module example.com/a v1.2.0                                    a block: the module that checksum lines vouch for;
//     manifest                                                       for a replaced module, its replacement
//     .module example.com/a                                          the bytes of its manifest
//     .
//     .go 1.20
//     files                                                          its h1 preimage, where the plan read its tree
//     47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= 0 a.go            SHA-256, shared prefix, rest of the name
//     0WMyp5bNyF1dVz5YzqgQx0xTjLMtN1zOQ3ENlSSX/nE= 0 go.mod
//     Yd2LkIrnLpHIx9JS2r3WJI8sgVdMpBD2XZRzm5kWVtw= 3 sum             "go." + "sum"
//     executable a.go                                                where the dialect keeps modes: each such file
//     left-out sum                                                   a planned file that Git does not keep
//     keep a.go                                                      bytes that the plan read and did not vendor
//     .//go:build ignore
//
// Globs are sorted bytewise, each once. Blocks are sorted bytewise by path and version and stand after an empty line
// each; files, those left out and kept
// ones too, are sorted bytewise by name. A name with a slash at its end stands for a directory that has an entry in the
// module's zip; Go hashes it as an empty file. The number before a name counts the bytes it shares with the name before
// it, as many as there are without cutting a UTF-8 character. Bytes stand line by line behind `.`; a last line that has
// no line feed stands behind `:`. In them and in directory names a backslash is `\\`, and `\xHH` stands for control
// characters other than the tab and for bytes that are not UTF-8. So the file is valid UTF-8 whatever it quotes, and
// branches that change different modules merge.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/hash.hpp"
#include "core/module/module_version.hpp"

namespace modtool::vendor_tool {

// The file's name; it stands beside the vendor directory.
inline constexpr std::string_view kSumsName = "modtool.sums";

// Limits that a parser of foreign bytes needs; real files are far below.
inline constexpr std::uint64_t kMaxSums = 256ULL << 20;       // bytes of the file
inline constexpr std::uint64_t kMaxSumsNames = 512ULL << 20;  // bytes of all names, prefixes included
inline constexpr std::size_t kMaxWithGlobs = 256;
inline constexpr std::size_t kMaxWithGlob = 1024;  // bytes of one

// The bytes of a file that the plan read and that is not in vendor/.
struct KeptFile {
  std::string name;
  std::string bytes;

  bool operator==(const KeptFile&) const = default;
};

struct SumsBlock {
  // The module whose checksum lines vouch for the block. Without a version it is a directory, its path as written.
  module::ModuleVersion module;
  std::optional<std::string> manifest;    // the bytes of its manifest
  std::optional<module::Preimage> files;  // present where the plan read the module's tree
  std::vector<std::string> executables;   // names of `files`, sorted; none where the dialect does not keep modes
  std::vector<std::string> left_out;      // names of `files` that need not be in vendor/, sorted
  std::vector<KeptFile> kept;             // sorted by name
  int line = 0;                           // of the header; not compared or written

  bool is_directory() const { return module.version.empty(); }
};

struct SumsFile {
  std::vector<SumsBlock> blocks;       // sorted bytewise by path and version, each module once
  std::vector<std::string> with = {};  // globs of files that are vendored beyond the dialect's choice, sorted
};

// The content of a text that is canonical. All problems at once, with their lines: Code::kSumsSyntax, kConflictMarker
// at the first mark of a merge conflict, kTooLarge. `file` is for messages.
Result<SumsFile> parse_sums(std::string_view text, const std::string& file);

// The one text of a content whose lists are sorted as said above.
std::string format_sums(const SumsFile& sums);
// The parts of it: what stands before the blocks, and one block with the empty line before it.
std::string format_head(bool has_choices, const std::vector<std::string>& with);
std::string format_block(const SumsBlock& block);

// Whether the project chose files that are left out, or vendored beyond the dialect's choice; of a canonical text its
// first line says so.
bool has_choices(const SumsFile& sums);
bool has_choices(std::string_view text);

// Whether a glob may stand in it (Code::kUsage): of names in vendor/, each element a glob or `**`.
Result<void> check_with_glob(std::string_view glob);

// The block of a module, or nullptr.
const SumsBlock* find_block(const SumsFile& sums, const module::ModuleVersion& module);

}  // namespace modtool::vendor_tool
