// What a source holds of a module before the rules for modules are applied: files, directories and symbolic links by
// their paths, whatever they come from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::source {

// The most that a module may hold; beyond it Code::kTooLarge. Trees of Git may name one another many times over, and
// archives be packed well, so few bytes can stand for more files than any disk holds.
inline constexpr std::size_t kMaxTreeFiles = 1'000'000;     // with directories
inline constexpr std::size_t kMaxTreeDepth = 256;           // directories in one another
inline constexpr std::uint64_t kMaxTreeBytes = 4ULL << 30;  // in all
inline constexpr std::uint64_t kMaxLinkTarget = 4096;       // bytes
inline constexpr std::size_t kMaxLinkSteps = 2'000'000;     // elements of paths, over all links

enum class EntryKind { kFile, kExecutable, kSymlink, kDirectory };

struct TreeEntry {
  EntryKind kind = EntryKind::kFile;
  std::size_t content = 0;  // of a file: its number among the contents
  std::string target = {};  // of a symbolic link
};

using TreeEntries = std::map<std::string, TreeEntry, std::less<>>;  // by path below the module's directory

// The bytes of files, by number. May be used from several threads at once.
class TreeContents {
 public:
  virtual ~TreeContents() = default;
  virtual Result<std::uint64_t> size(std::size_t content) const = 0;
  virtual Result<std::string> read(std::size_t content) const = 0;
};

inline bool is_file(EntryKind kind) { return kind == EntryKind::kFile || kind == EntryKind::kExecutable; }

// Where the symbolic links of one tree lead. Each is followed once, and all together not for long: few links can name
// one another in ways that no one would ever see the end of.
class LinkFollower {
 public:
  // The entries outlive it.
  explicit LinkFollower(const TreeEntries& entries) : entries_(entries) {}

  // The file or directory that the link at `name` leads to in the end: its path, "" for the topmost directory. Nothing
  // where it leads out of the entries, nowhere, or round and round. Code::kTooLarge beyond kMaxLinkSteps.
  Result<std::optional<std::string>> follow(std::string_view name);

 private:
  struct Followed {
    std::string end;
    int links = 0;  // it took, itself included
  };

  Result<bool> walk(std::string_view path, std::string& place, int& links);
  Result<bool> step(std::string_view element, std::string& place, int& links);
  Result<bool> enter(const std::string& link, std::string_view target, std::string& place, int& links);

  const TreeEntries& entries_;
  std::map<std::string, Followed, std::less<>> known_;  // by link
  std::size_t steps_ = 0;
};

}  // namespace modtool::source
