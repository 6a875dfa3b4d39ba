#include "core/build/build_directory.hpp"

namespace modtool::build {

Result<void> make_build_directory(const BuildRequest& request, const std::string& directory, io::FileSystem& files) {
  MODTOOL_CHECK(files.make_directories(directory));
  if (!request.build_directory.empty()) return {};
  const std::string file = io::join_path(directory, ".gitignore");
  MODTOOL_TRY(const auto there, files.lstat(file).if_there());
  return there ? Result<void>{} : files.write_atomic(file, "*\n");
}

}  // namespace modtool::build
