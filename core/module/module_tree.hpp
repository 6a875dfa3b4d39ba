// A module's files, wherever they are: in a zip, in a directory, in Git objects, or known by name and hash only.
// Hashing, zipping, vendoring and verifying have one code path for all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/reader.hpp"
#include "core/base/result.hpp"

namespace modtool::module {

struct TreeFile {
  std::string name;         // slash-separated, relative to the module's root, checked by check_file_path
  std::uint64_t size = 0;   // bytes; 0 where the tree knows names and hashes only
  bool executable = false;  // known for files from Git alone; no part of any hash
  // Of directories that replace modules, where the go command follows symbolic links: whether the file is one, and how
  // much of the name is a directory that is one (0: none).
  bool is_link = false;
  std::size_t linked_directory = 0;
  bool operator==(const TreeFile&) const = default;
};

// A link that leads nowhere, and so is no file, with a name that ends in ".go": the go command takes it for a source.
struct DanglingSource {
  std::string name;
  Error problem;  // why it cannot be looked at
};

// From this size on (bytes) a file is better read as a stream than whole.
inline constexpr std::uint64_t kLargeFile = 4ULL << 20;

// A read-only tree of regular files. All functions may be called from several threads at once.
class ModuleTree {
 public:
  virtual ~ModuleTree() = default;
  // All files, sorted bytewise by name, each once. The same at every call.
  virtual const std::vector<TreeFile>& list() const = 0;
  // Of a directory that is read as the go command reads it, sorted by name; reading one fails as it does there.
  virtual const std::vector<DanglingSource>& dangling_sources() const;
  // The bytes of a listed file. Code::kFileNotFound for another name; a tree that knows the file but not its bytes
  // fails with Code::kUnproven.
  virtual Result<std::string> read(std::string_view name) const = 0;
  // The same bytes as a stream, for who need not have them all at once; read while the tree lives. Unless a tree knows
  // better, a stream over what `read` gives.
  virtual Result<std::unique_ptr<Reader>> open(std::string_view name) const;
};

// The file in `list()`, or nullptr.
const TreeFile* find_file(const ModuleTree& tree, std::string_view name);

// A tree in memory.
std::unique_ptr<ModuleTree> make_memory_tree(std::map<std::string, std::string> files);

// The directories of a tree by name ("" is the root), each with the names of its files: what a package scan asks for.
// The views point into the tree's list, so the tree must live as long.
class DirectoryIndex {
 public:
  explicit DirectoryIndex(const ModuleTree& tree);
  bool has_directory(std::string_view directory) const;
  // The base names of the files directly in the directory, sorted.
  std::vector<std::string_view> files_in(std::string_view directory) const;
  // The base names of the directories directly in it, sorted.
  std::vector<std::string_view> directories_in(std::string_view directory) const;

 private:
  struct Node {
    std::vector<std::string_view> files;
    std::vector<std::string_view> directories;
  };

  // The node of a directory, made together with its parents where it is not there yet.
  Node& add(std::string_view directory);

  std::map<std::string_view, Node, std::less<>> nodes_;
};

}  // namespace modtool::module
