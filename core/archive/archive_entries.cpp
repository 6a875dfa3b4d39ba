#include "core/archive/archive_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/io/archive.hpp"
#include "core/module/version_control.hpp"
#include "core/source/entry_tree.hpp"

namespace modtool::archive {
namespace {

using io::ArchiveEntryKind;

constexpr std::size_t kChunk = 256 << 10;  // bytes unpacked at a time

std::unexpected<Error> refuse(std::string_view name, std::string_view why) {
  return fail(Code::kArchiveEntry, fmt::format("{}: {}", quote(name), why));
}

// "./a/b/" is "a/b"; the archive's own root is "".
std::string_view plain_name(std::string_view name) {
  while (name.starts_with("./")) name.remove_prefix(2);
  while (name.ends_with('/') && name.size() > 1) name.remove_suffix(1);
  return name == "." ? std::string_view() : name;
}

Result<void> check_entry_name(std::string_view name) {
  if (name.size() > kMaxArchiveName) {
    return refuse(name.substr(0, kMaxArchiveName), fmt::format("its name is longer than {} bytes", kMaxArchiveName));
  }
  if (name.starts_with('/')) return refuse(name, "its name is absolute");
  const auto elements = split(name, '/');
  if (elements.size() > source::kMaxTreeDepth) {
    return fail(Code::kTooLarge, fmt::format("more than {} directories in one another", source::kMaxTreeDepth));
  }
  for (const auto element : elements) {
    if (element == "..") return refuse(name, "its name leads out of the archive");
    if (element.empty() || element == ".") return refuse(name, "its name is not clean");
    if (module::is_git_directory(element)) return refuse(name, "it belongs to a repository's own files");
  }
  return {};
}

class Unpacker {
 public:
  Unpacker(std::string_view archive, io::Writer& contents, const Cancellation& cancellation,
           const ArchiveLimits& limits)
      : archive_(archive), writer_(contents), cancellation_(cancellation), limits_(limits), buffer_(kChunk, '\0') {}

  Result<ArchiveEntries> run() && {
    MODTOOL_TRY(const auto reader, io::open_archive(archive_));
    for (;;) {
      MODTOOL_CHECK(cancellation_.check());
      MODTOOL_TRY(auto entry, reader->next());
      if (!entry) break;
      MODTOOL_CHECK(add(std::move(*entry), *reader));
    }
    if (unpacked_.entries.empty()) return fail(Code::kBadArchive, "it is empty");
    return std::move(unpacked_);
  }

 private:
  Result<void> add(io::ArchiveEntry entry, Reader& bytes) {
    const std::string name(plain_name(entry.name));
    if (name.empty() && entry.kind == ArchiveEntryKind::kDirectory) return {};
    MODTOOL_CHECK(check_entry_name(name));
    switch (entry.kind) {
      case ArchiveEntryKind::kDirectory:
        return add_directory(name);
      case ArchiveEntryKind::kSymlink:
        if (entry.target.size() > source::kMaxLinkTarget)
          return fail(Code::kTooLarge, "the target of the link " + quote(name));
        return note(name, {source::EntryKind::kSymlink, 0, std::move(entry.target)});
      case ArchiveEntryKind::kFile:
        return add_file(name, entry.executable, bytes);
      case ArchiveEntryKind::kHardlink:
        return add_link(name, std::string(plain_name(entry.target)));
      default:
        return refuse(name, "neither a file, a directory nor a symbolic link");
    }
  }

  Result<void> add_file(const std::string& name, bool executable, Reader& bytes) {
    const source::EntryKind kind = executable ? source::EntryKind::kExecutable : source::EntryKind::kFile;
    MODTOOL_CHECK(note(name, {kind, unpacked_.contents.size()}));
    const std::uint64_t start = written_;
    for (;;) {
      MODTOOL_CHECK(cancellation_.check());
      MODTOOL_TRY(const std::size_t count, bytes.read(buffer_));
      if (count == 0) break;
      written_ += count;
      MODTOOL_CHECK(check_size());
      MODTOOL_CHECK(writer_.write(std::string_view(buffer_).substr(0, count)));
    }
    unpacked_.contents.push_back({start, written_ - start});
    return {};
  }

  // Another name for a file that came before.
  Result<void> add_link(const std::string& name, const std::string& target) {
    const auto file = unpacked_.entries.find(target);
    const bool is_file = file != unpacked_.entries.end() && source::is_file(file->second.kind);
    if (!is_file) return refuse(name, fmt::format("a hard link to {}, which is no file of the archive", quote(target)));
    return note(name, source::TreeEntry(file->second));
  }

  Result<void> check_size() const {
    if (written_ > limits_.bytes) return fail(Code::kTooLarge, fmt::format("more than {} bytes in all", limits_.bytes));
    if (written_ > kFreeArchiveGrowth && written_ / kMostArchiveGrowth > archive_.size()) {
      return fail(Code::kTooLarge, fmt::format("it unpacks to more than {} times its size", kMostArchiveGrowth));
    }
    return {};
  }

  // A directory may stand several times, and is there already where something below it came first.
  Result<void> add_directory(const std::string& name) {
    const auto found = unpacked_.entries.find(name);
    if (found == unpacked_.entries.end()) return note(name, {source::EntryKind::kDirectory});
    return found->second.kind == source::EntryKind::kDirectory ? Result<void>() : refuse(name, "it stands there twice");
  }

  Result<void> note(const std::string& name, source::TreeEntry&& entry) {
    MODTOOL_CHECK(note_parent(name));
    if (unpacked_.entries.size() >= limits_.files)
      return fail(Code::kTooLarge, fmt::format("more than {} files", limits_.files));
    if (unpacked_.entries.try_emplace(name, std::move(entry)).second) return {};
    return refuse(name, "it stands there twice");
  }

  Result<void> note_parent(const std::string& name) {
    const auto slash = name.rfind('/');
    if (slash == std::string::npos) return {};
    const std::string parent = name.substr(0, slash);
    const auto above = unpacked_.entries.find(parent);
    if (above == unpacked_.entries.end()) return note(parent, {source::EntryKind::kDirectory});
    if (above->second.kind == source::EntryKind::kDirectory) return {};
    return refuse(name, "it lies below what is no directory");
  }

  std::string_view archive_;
  io::Writer& writer_;
  const Cancellation& cancellation_;
  const ArchiveLimits& limits_;
  std::string buffer_;
  std::uint64_t written_ = 0;
  ArchiveEntries unpacked_;
};

// All that lies below a directory, in the order of names.
std::pair<source::TreeEntries::iterator, source::TreeEntries::iterator> range_below(source::TreeEntries& entries,
                                                                                    const std::string& directory) {
  constexpr char kBehindSlash = '/' + 1;
  return {entries.lower_bound(directory + "/"), entries.lower_bound(directory + kBehindSlash)};
}

void remove_modules(source::TreeEntries& entries, const std::string& manifest_name) {
  std::vector<std::string> modules;
  for (const auto& [name, entry] : entries) {
    const auto slash = name.rfind('/');
    const bool is_manifest = slash != std::string::npos && std::string_view(name).substr(slash + 1) == manifest_name;
    if (is_manifest && entry.kind != source::EntryKind::kDirectory) modules.push_back(name.substr(0, slash));
  }
  for (const auto& directory : modules) {
    const auto [begin, end] = range_below(entries, directory);
    entries.erase(begin, end);
    entries.erase(directory);
  }
}

}  // namespace

Result<ArchiveEntries> unpack_archive(std::string_view archive, io::Writer& contents, const Cancellation& cancellation,
                                      const ArchiveLimits& limits) {
  return Unpacker(archive, contents, cancellation, limits).run();
}

source::TreeEntries strip_top(source::TreeEntries all) {
  if (all.empty()) return all;
  const auto top = all.begin();
  const std::string prefix = top->first + "/";
  const bool is_shared =
      top->second.kind == source::EntryKind::kDirectory &&
      std::all_of(std::next(top), all.end(), [&](const auto& each) { return each.first.starts_with(prefix); });
  if (!is_shared) return all;
  source::TreeEntries stripped;
  for (auto& [name, entry] : all) {
    if (name.size() > prefix.size())
      stripped.emplace_hint(stripped.end(), name.substr(prefix.size()), std::move(entry));
  }
  return stripped;
}

Result<ModuleEntries> entries_of_module(source::TreeEntries all, const std::string& subdirectory,
                                        const std::string& manifest_name) {
  ModuleEntries module;
  if (subdirectory.empty()) {
    module.entries = std::move(all);
  } else {
    const auto top = all.find(subdirectory);
    if (top == all.end() || top->second.kind != source::EntryKind::kDirectory) {
      return fail(Code::kUnknownVersion, fmt::format("the archive has no directory `{}`", subdirectory));
    }
    const auto license = all.find(source::kLicenseName);
    if (license != all.end() && source::is_file(license->second.kind)) module.license = license->second;
    const auto [begin, end] = range_below(all, subdirectory);
    for (auto entry = begin; entry != end; ++entry) {
      module.entries.emplace(entry->first.substr(subdirectory.size() + 1), std::move(entry->second));
    }
  }
  remove_modules(module.entries, manifest_name);
  return module;
}

}  // namespace modtool::archive
