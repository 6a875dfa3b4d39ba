// What a build may do to the sources of modules: it may write to copies, and the others must stay as they were proven.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/build/build_tool.hpp"
#include "core/build/source_copy.hpp"
#include "core/build/write_watch.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

class SourceGuard {
 public:
  // Makes the copies what they must be, and begins to watch all other proven sources; where a copy is made anew, all is
  // configured anew. Comes behind `integrate`. `note` is told what users should know. Request and files outlive the
  // guard.
  static Result<SourceGuard> begin(const BuildTool& tool, const BuildRequest& request,
                                   const std::vector<std::string>& environment,
                                   const std::function<void(const std::string&)>& note, io::FileSystem& files);

  // What the tool prints is looked at, too: the same, for a runner that does not outlive the guard.
  RunnerInputs watching(RunnerInputs inputs);

  // When the tool has ended, however: notes what it has left in the copies, and gives what it gave.
  // Code::kDependencyFailed where files of other sources were written; to a failure of the tool that is a note. One
  // that came of sources that may not be written says so.
  template <class T>
  Result<T> finish(Result<T> built) {
    auto kept = look();
    if (kept && built) return built;
    if (built) return fail(std::move(kept).error());
    Error error = explain(std::move(built).error());
    return fail(kept ? std::move(error) : std::move(error).noting(kept.error().message));
  }

 private:
  SourceGuard(const BuildRequest& request, io::FileSystem& files) : request_(&request), files_(&files) {}

  Result<void> watch();
  Result<void> look();
  Result<void> check_written();
  Error explain(Error failure);

  const BuildRequest* request_;
  io::FileSystem* files_;
  std::string build_directory_;
  std::vector<SourceCopy> copies_;
  std::int64_t begun_ns_ = 0;  // by the clock of the file system
  WriteWatch refusals_;
};

// The copies alone, for whoever runs the tool without modtool; of a build directory that is not given there are none.
Result<void> make_copies(const BuildTool& tool, const BuildRequest& request,
                         const std::vector<std::string>& environment,
                         const std::function<void(const std::string&)>& note, io::FileSystem& files,
                         const Cancellation& cancellation);

// In the place of `unproven` the error that an earlier build wrote there, where one did: `paths`, from the project's
// root, are what cannot be proven.
Error name_written(const io::FileReader& files, const std::string& root, const std::vector<std::string>& paths,
                   Error unproven);

// The error about a library that writes into its own sources, Code::kDependencyFailed: `what` it did, and the way out.
Error sources_written(const std::string& what, const std::vector<std::string>& module_paths);

}  // namespace modtool::build
