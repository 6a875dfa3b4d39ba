#include "core/build/source_copy.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/module/version_control.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kFormat = "modtool copy 1";
constexpr std::uint32_t kAnyoneRuns = 0111;

// Name → "<hash> <kind>".
using Listing = std::map<std::string, std::string>;

std::string record_of(const std::string& directory) { return directory + ".left"; }

std::string hash_of(std::string_view bytes) { return to_hex(sha256(bytes)); }

// Where a link of the sources leads in their copy: out of them to where it leads now.
std::string target_in_copy(const std::string& sources, const std::string& name, std::string target) {
  if (io::is_absolute(target)) return target;
  const std::string inside = io::clean_path(io::join_path(io::directory_of(name), target));
  return inside == ".." || inside.starts_with("../") ? io::clean_path(io::join_path(sources, inside)) : target;
}

// Whether what belongs to a version control system counts: it is nobody's source, but nothing that a build had made may
// come into a copy.
enum class VersionControl { kCounts, kIsLeftOut };

// All files and links below a directory; what is neither is no source.
class Walk {
 public:
  using Visitor = std::function<Result<void>(const std::string& name, io::FileKind kind)>;

  Walk(const io::FileReader& files, const std::string& root, VersionControl control)
      : files_(files), root_(root), control_(control) {}

  Result<void> each(const Visitor& visit) {
    for (std::vector<std::string> open = {""}; !open.empty();) {
      const std::string directory = std::move(open.back());
      open.pop_back();
      MODTOOL_TRY(const auto entries, files_.list(io::join_path(root_, directory)).required());
      for (const auto& entry : entries) {
        const std::string name = directory.empty() ? entry.name : directory + "/" + entry.name;
        if (entry.kind == io::FileKind::kOther || is_left_out(entry.name)) continue;
        if (entry.kind != io::FileKind::kDirectory) {
          MODTOOL_CHECK(visit(name, entry.kind));
        } else {
          open.push_back(name);
        }
      }
    }
    return {};
  }

 private:
  bool is_left_out(const std::string& name) const {
    return control_ == VersionControl::kIsLeftOut && module::belongs_to_version_control(name);
  }

  const io::FileReader& files_;
  const std::string& root_;
  VersionControl control_;
};

// Links are listed as the copy has them.
Result<Listing> list_files(const io::FileReader& files, const std::string& root, VersionControl control) {
  Listing listing;
  MODTOOL_CHECK(Walk(files, root, control).each([&](const std::string& name, io::FileKind kind) -> Result<void> {
    const std::string path = io::join_path(root, name);
    if (kind == io::FileKind::kSymlink) {
      MODTOOL_TRY(std::string target, files.read_link(path));
      listing[name] = fmt::format("{} link", hash_of(target_in_copy(root, name, std::move(target))));
      return {};
    }
    MODTOOL_TRY(const std::string bytes, files.read(path).required());
    MODTOOL_TRY(const auto info, files.lstat(path).required());
    listing[name] = fmt::format("{} {}", hash_of(bytes), (info.mode & kAnyoneRuns) != 0 ? "executable" : "file");
    return {};
  }));
  return listing;
}

Result<Listing> list_sources(const io::FileReader& files, const SourceCopy& copy) {
  return list_files(files, copy.sources, VersionControl::kIsLeftOut);
}

Result<Listing> list_copy(const io::FileReader& files, const std::string& directory) {
  return list_files(files, directory, VersionControl::kCounts);
}

std::string format_listing(const Listing& listing) {
  std::string text;
  for (const auto& [name, state] : listing) text += fmt::format("{} {}\n", state, name);
  return text;
}

std::string key_of(const SourceCopy& copy, const Listing& sources) {
  return hash_of(fmt::format("{}\n{}\n{}", copy.module, copy.made_for, format_listing(sources)));
}

std::string format_record(std::string_view key, const Listing& listing) {
  return fmt::format("{}\n{}\n{}", kFormat, key, format_listing(listing));
}

// Empty where the record is of another format.
std::string_view key_in(std::string_view record) {
  const auto lines = split_lines(record);
  return lines.size() >= 2 && lines[0] == kFormat ? lines[1] : std::string_view();
}

class CopyMaker {
 public:
  CopyMaker(io::FileSystem& files, const SourceCopy& copy) : files_(files), copy_(copy) {}

  // The record comes last: without it a copy that was begun is made anew.
  Result<void> make(std::string_view key) {
    MODTOOL_CHECK(files_.remove_all(record_of(copy_.directory)));
    MODTOOL_CHECK(files_.remove_all(copy_.directory));
    MODTOOL_CHECK(files_.make_directories(copy_.directory));
    MODTOOL_CHECK(Walk(files_, copy_.sources, VersionControl::kIsLeftOut)
                      .each([this](const std::string& name, io::FileKind kind) {
                        return kind == io::FileKind::kSymlink ? add_link(name) : add_file(name);
                      }));
    MODTOOL_TRY(const auto made, list_copy(files_, copy_.directory));
    if (key_of(copy_, made) != key) {
      return fail(Code::kBuildFailed, fmt::format("{} was changed while it was copied", copy_.sources));
    }
    return files_.write_unsynced(record_of(copy_.directory), format_record(key, made));
  }

 private:
  Result<std::string> place(const std::string& name) {
    std::string to = io::join_path(copy_.directory, name);
    MODTOOL_CHECK(files_.make_directories(io::directory_of(to)));
    return to;
  }

  Result<void> add_link(const std::string& name) {
    MODTOOL_TRY(const std::string to, place(name));
    MODTOOL_TRY(std::string target, files_.read_link(io::join_path(copy_.sources, name)));
    return files_.make_link(target_in_copy(copy_.sources, name, std::move(target)), to);
  }

  Result<void> add_file(const std::string& name) {
    MODTOOL_TRY(const std::string to, place(name));
    const std::string from = io::join_path(copy_.sources, name);
    MODTOOL_TRY(const auto info, files_.lstat(from).required());
    MODTOOL_TRY(const std::string bytes, files_.read(from).required());
    return files_.write_new(to, bytes, (info.mode & kAnyoneRuns) != 0 ? 0777 : 0666);
  }

  io::FileSystem& files_;
  const SourceCopy& copy_;
};

}  // namespace

std::string copies_in(const std::string& build_directory) { return io::join_path(build_directory, "_copies"); }

Result<CopyState> prepare_copy(io::FileSystem& files, const SourceCopy& copy) {
  if (has_path_prefix(copy.directory, copy.sources)) {
    return fail(Code::kBuildFailed, fmt::format("{} cannot be copied to {}, which is a part of it; `-B` names another "
                                                "build directory",
                                                copy.sources, copy.directory));
  }
  MODTOOL_TRY(const auto sources, list_sources(files, copy));
  const std::string key = key_of(copy, sources);
  MODTOOL_TRY(const auto record, files.read(record_of(copy.directory)).if_such());
  MODTOOL_TRY(const auto there, files.lstat(copy.directory).if_there());
  const bool is_same = record && key_in(*record) == key;
  if (is_same && there && there->kind == io::FileKind::kDirectory) {
    MODTOOL_TRY(const auto now, list_copy(files, copy.directory));
    if (*record == format_record(key, now)) return CopyState::kKept;
  }
  MODTOOL_CHECK(CopyMaker(files, copy).make(key));
  return is_same ? CopyState::kRestored : CopyState::kMade;
}

Result<std::string> hash_files(const io::FileReader& files, const std::string& directory) {
  MODTOOL_TRY(const auto listing, list_files(files, directory, VersionControl::kIsLeftOut));
  return hash_of(format_listing(listing));
}

Result<void> record_copy(io::FileSystem& files, const std::string& directory) {
  MODTOOL_TRY(const auto record, files.read(record_of(directory)).if_such());
  MODTOOL_TRY(const auto there, files.lstat(directory).if_there());
  if (!record || !there) return {};
  MODTOOL_TRY(const auto now, list_copy(files, directory));
  const std::string text = format_record(key_in(*record), now);
  return text == *record ? Result<void>() : files.write_unsynced(record_of(directory), text);
}

Result<void> record_copies(io::FileSystem& files, const std::string& copies) {
  for (std::vector<std::string> open = {copies}; !open.empty();) {
    const std::string directory = std::move(open.back());
    open.pop_back();
    MODTOOL_TRY(const auto entries, files.list(directory).if_such());
    if (!entries) continue;
    for (const auto& entry : *entries) {
      if (entry.kind != io::FileKind::kDirectory) continue;
      std::string path = io::join_path(directory, entry.name);
      if (entry.name.contains('@')) {
        MODTOOL_CHECK(record_copy(files, path));
      } else {
        open.push_back(std::move(path));
      }
    }
  }
  return {};
}

}  // namespace modtool::build
