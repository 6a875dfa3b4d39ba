// Git repositories and archives behind one source.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/source/locking_source.hpp"

namespace modtool::source {

struct DescribedSources {
  std::unique_ptr<LockingSource> git;
  std::unique_ptr<LockingSource> archives;
  std::function<bool(const std::string& path)> is_archive;  // called from any thread
};

// Asks for each path the source that it lives in.
std::unique_ptr<LockingSource> make_described_source(DescribedSources sources);

}  // namespace modtool::source
