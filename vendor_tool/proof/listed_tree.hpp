// The trees of the blocks of modtool.sums.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/io/file_system.hpp"
#include "core/module/proven_tree.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

// What to do about a listed file whose bytes cannot be had: it is neither kept nor, unchanged, in vendor/.
enum class OnLack {
  kFail,     // the read fails with Code::kUnproven
  kPretend,  // the read gives what is in vendor/, however changed, or nothing: for telling more than the first problem
};

// Where a module's bytes are looked for.
struct VendoredBytes {
  const io::FileReader* files = nullptr;  // must outlive the tree
  std::string vendor;                     // the vendor directory
  std::string module_path;                // below it
  // The bytes of a file that vendor/ does not have as it is listed, from the module itself; null: from nowhere. They
  // too count only where their hash is the listed one.
  std::function<Result<std::string>(std::string_view name)> otherwise = nullptr;
};

// Called with the name of each file whose bytes were asked for and cannot be had. From any thread.
using LackListener = std::function<void(std::string_view name)>;

// The tree of a block that check_block found proven, which must outlive it: the names of its list; the bytes of kept
// files, of the manifest (under `manifest_name`) and else of vendor/, read without following links, or from
// `otherwise`, each only where its hash is the listed one.
std::shared_ptr<const module::ProvenTree> make_listed_tree(const SumsBlock& block, std::string manifest_name,
                                                           VendoredBytes vendored, OnLack on_lack,
                                                           LackListener listener);

}  // namespace modtool::vendor_tool
