#include "core/io/disk_beneath.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/io/disk.hpp"

namespace modtool::io {
namespace {

using Stat = struct ::stat;

std::string shown_path(const std::string& root, std::string_view relative) {
  return relative.empty() ? root : root + "/" + std::string(relative);
}

// `dir/` and `dir/.` name what a link `dir` points to; `dir` names the link.
std::string without_trailing_dots(std::string root) {
  while (root.size() > 1 && (root.ends_with('/') || root.ends_with("/."))) root.pop_back();
  return root.empty() ? "." : root;
}

bool leads_out(std::string_view relative) {
  return is_absolute(relative) || std::ranges::count(split(relative, '/'), "..") != 0;
}

// Opens one component. The system says ENOTDIR of a link where a directory is wanted; it is told apart here.
Result<Descriptor> open_component(int directory, const std::string& name, int flags, std::string_view shown) {
  auto opened =
      system_call("open", shown, [&] { return ::openat(directory, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC); });
  if (opened) return Descriptor(*opened);
  Stat found{};
  const bool is_link = ::fstatat(directory, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(found.st_mode);
  if (is_link) return fail(system_error("open", shown, ELOOP));
  return fail(std::move(opened).error());
}

Result<Descriptor> open_by_components(Descriptor directory, const std::string& relative, int flags,
                                      std::string_view shown) {
  std::vector<std::string> names;
  for (const auto name : split(relative, '/')) {
    if (!name.empty() && name != ".") names.emplace_back(name);
  }
  if (names.empty()) names.emplace_back(".");
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    MODTOOL_TRY(Descriptor next, open_component(directory.get(), names[i], O_PATH | O_DIRECTORY, shown));
    directory = std::move(next);
  }
  return open_component(directory.get(), names.back(), flags, shown);
}

long call_openat2(int directory, const std::string& relative, int flags) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags) | O_CLOEXEC;
  how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
  return ::syscall(SYS_openat2, directory, relative.empty() ? "." : relative.c_str(), &how, sizeof how);
}

}  // namespace

Result<Descriptor> open_beneath(const std::string& root, const std::string& relative, int flags, BeneathMethod method) {
  const std::string shown = shown_path(root, relative);
  if (leads_out(relative)) return fail(Code::kIo, "open " + shown + ": path escapes from parent");
  MODTOOL_TRY(Descriptor directory, open_component(AT_FDCWD, without_trailing_dots(root), O_PATH | O_DIRECTORY, shown));
  if (method == BeneathMethod::kKernel) {
    auto opened = system_call("open", shown, [&] { return call_openat2(directory.get(), relative, flags); });
    if (opened) return Descriptor(static_cast<int>(*opened));
    // An old kernel lacks the call, and a container's filter may forbid it.
    const Code code = opened.error().code;
    if (code != Code::kNotSupported && code != Code::kPermission) return fail(std::move(opened).error());
  }
  return open_by_components(std::move(directory), relative, flags, shown);
}

Look<std::vector<DirectoryEntry>> Disk::list_beneath(const std::string& root, const std::string& relative) const {
  MODTOOL_TRY(const Descriptor directory, open_beneath(root, relative, O_RDONLY | O_DIRECTORY));
  return list_descriptor(directory.get(), shown_path(root, relative));
}

Look<std::string> Disk::read_beneath(const std::string& root, const std::string& relative) const {
  // Not blocking: the open of a FIFO would wait for a writer.
  MODTOOL_TRY(const Descriptor file, open_beneath(root, relative, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  const std::string shown = shown_path(root, relative);
  MODTOOL_TRY(const std::uint64_t size, size_of_regular(file, shown));
  return read_fully(file.get(), size, shown);
}

}  // namespace modtool::io
