// modtool.json of the root and of dependencies, and modtool.lock.
#include "core/native/lock_file.hpp"
#include "core/native/manifest_file.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {

MODTOOL_FUZZ_TARGET(native) {
  const auto root = native::parse_manifest(input, "modtool.json", "0.1.0");
  const auto dependency = native::parse_dependency(input, "modtool.json", "0.1.0");
  must(!root || dependency, "what may be a root may be a dependency");
  if (root) must(!root->path.empty(), "a manifest names its module");

  const auto lock = native::parse_lock(input, "modtool.lock");
  if (!lock) return;
  const auto text = native::format_lock(*lock);
  const auto again = native::parse_lock(text, "modtool.lock");
  must(again.has_value(), "what is written is a lock");
  must(native::format_lock(*again) == text, "there is one text of a lock");
}

}  // namespace modtool::fuzz
