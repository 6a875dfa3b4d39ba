// Go's `h1:` hash and the list it is made of.
//
// For a tree under the prefix P ("path@version") the list has a line `<sha256 in hex>  P/<name>\n` for each file,
// sorted bytewise by name, and the hash is "h1:" + base64(sha256(list)):
//
//     sha256sum $(find P -type f | LC_ALL=C sort) | sha256sum
//
// The list is called the h1 preimage. Whoever holds it can tell all names and hashes of a module from its one hash.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/reader.hpp"
#include "core/base/result.hpp"
#include "core/base/sha256.hpp"
#include "core/base/worker_pool.hpp"
#include "core/module/module_tree.hpp"

namespace modtool::module {

struct FileHash {
  std::string name;  // relative to the module's root, without the prefix
  Sha256Digest sha256{};

  bool operator==(const FileHash&) const = default;
};

// The h1 preimage of a module, sorted bytewise by name, each name once.
using Preimage = std::vector<FileHash>;

// "h1:…" of the list under the prefix "path@version".
std::string h1_of(const Preimage& preimage, std::string_view prefix);

// Hashes every file of a tree, in parallel.
Result<Preimage> hash_tree(const ModuleTree& tree, WorkerPool& pool);

struct PreimagePair {
  Preimage first;
  Preimage second;
};

// The same of two trees that ought to be equal, at nearly the cost of one: both are read to the end, and where a file
// has the same bytes in both, they are hashed once.
Result<PreimagePair> hash_twins(const ModuleTree& first, const ModuleTree& second, WorkerPool& pool);

// The hash that go.sum holds for a go.mod file alone: a list with the single name "go.mod", prefix left out.
std::string h1_of_go_mod(std::string_view bytes);

// Whether the text is an h1 hash: "h1:" and 44 characters of canonical base64.
bool is_h1(std::string_view hash);

// The hash of a file in a preimage, or nullptr.
const FileHash* find_hash(const Preimage& files, std::string_view name);

}  // namespace modtool::module
