// When an entry of one of modtool's own caches was last used, and the removal of those that nobody uses any more.
//
//     <entry>          a file or a directory
//     <entry>.lock     held by who makes or removes it; last written when a run last used the entry
//     <entry>.pruned   while it is being removed; of a run that was killed the next one removes it
#pragma once

#include <cstdint>
#include <string>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::source {

// Notes that an entry is being used from now on. Where that cannot be written (a read-only cache) nothing happens.
void mark_used(io::FileSystem& files, const std::string& entry);

// Whether an entry was neither written nor used since a moment, in nanoseconds from the beginning of 1970.
Result<bool> is_unused(const io::FileReader& files, const std::string& entry, std::int64_t since_ns);

// Removes an entry that nobody has used since then; gives whether it did. Who begins to use it meanwhile keeps it, or
// finds it absent. The lock stays.
Result<bool> remove_unused(io::FileSystem& files, const std::string& entry, std::int64_t since_ns,
                           const Cancellation& cancellation);

// Removes what a run that was killed had begun to remove.
Result<void> finish_removal(io::FileSystem& files, const std::string& entry, const Cancellation& cancellation);

}  // namespace modtool::source
