#include "core/engine/learned_checksums.hpp"

#include <memory>

namespace modtool::engine {

Result<void> add_checksums(const Context& context, const project::Project& project, const LearnedChecksums& learned) {
  if (learned.empty()) return {};
  MODTOOL_TRY(const auto held, context.files.lock_if_possible(project.root, context.cancellation));
  MODTOOL_TRY(const auto text, context.files.read(project.lock_path).if_there());
  const std::string name(project.dialect->lock_name());
  MODTOOL_TRY(manifest::Lock lock, project.dialect->parse_lock(text.value_or(""), name));
  for (const auto& [key, hash] : learned) lock.checksums.add(key, hash, {.file = name});
  return context.files.write_atomic(project.lock_path, project.dialect->format_lock(lock));
}

}  // namespace modtool::engine
