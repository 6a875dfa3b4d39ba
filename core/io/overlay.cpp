#include "core/io/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/io/forwarding_file_system.hpp"

namespace modtool::io {

Result<Overlay> Overlay::create(std::map<std::string, std::string> replacements) {
  for (const auto& [from, to] : replacements) {
    for (std::string above = directory_of(from); !to.empty(); above = directory_of(above)) {
      const auto other = replacements.find(above);
      if (other != replacements.end() && !other->second.empty()) {
        return fail(Code::kBadSetting, fmt::format("inconsistent files {} and {} in overlay map", above, from));
      }
      if (above == directory_of(above)) break;
    }
  }
  return Overlay(std::move(replacements));
}

Overlay::Overlay(std::map<std::string, std::string> replacements) : replacements_(std::move(replacements)) {
  for (const auto& [from, to] : replacements_) {
    std::string path = from;
    for (std::string above = directory_of(path); above != path; above = directory_of(path)) {
      children_[above].insert(base_name(path));
      if (!to.empty()) directories_.insert(above);
      path = above;
    }
  }
}

Overlay::Place Overlay::find(const std::string& path) const {
  const std::string clean = clean_path(path);
  if (directories_.contains(clean)) return {.kind = Place::Kind::kDirectory};
  if (const auto found = replacements_.find(clean); found != replacements_.end()) {
    const auto kind = found->second.empty() ? Place::Kind::kHidden : Place::Kind::kFile;
    return {.kind = kind, .file = found->second};
  }
  // What lies below a shown or hidden file is not there either.
  for (std::string at = clean; at != directory_of(at); at = directory_of(at)) {
    const std::string above = directory_of(at);
    if (replacements_.contains(above) && !directories_.contains(above)) return {.kind = Place::Kind::kHidden};
  }
  return {};
}

std::vector<std::string> Overlay::names_in(const std::string& directory) const {
  const auto found = children_.find(clean_path(directory));
  if (found == children_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

namespace {

using Kind = Overlay::Place::Kind;

// What is read without following links is left as it is: trees that nobody overlays, vendor directories that are to be
// proven.
class OverlayFileSystem final : public ForwardingFileSystem {
 public:
  OverlayFileSystem(FileSystem& below, Overlay overlay) : ForwardingFileSystem(below), overlay_(std::move(overlay)) {}

  Look<std::string> read(const std::string& path) const override {
    if (overlay_.find(path).kind == Kind::kFile) return read_given(path);
    return with_file(path, [&](const std::string& file) { return below().read(file); });
  }
  Look<std::string> read_given(const std::string& path) const override {
    return with_file(path, [&](const std::string& file) { return below().read_given(file); });
  }
  Result<std::unique_ptr<FileBytes>> map(const std::string& path) const override {
    return with_file(path, [&](const std::string& file) { return below().map(file); });
  }
  Result<std::unique_ptr<Reader>> open(const std::string& path) const override {
    return with_file(path, [&](const std::string& file) { return below().open(file); });
  }

  Look<FileInfo> stat(const std::string& path) const override {
    const auto place = overlay_.find(path);
    if (place.kind == Kind::kDirectory) return directory_info();
    return with_file(path, [&](const std::string& file) { return below().stat(file); });
  }
  Look<FileInfo> lstat(const std::string& path) const override {
    const auto place = overlay_.find(path);
    return place.kind == Kind::kBelow ? below().lstat(path) : stat(path);
  }

  Look<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    const auto place = overlay_.find(path);
    if (place.kind == Kind::kHidden) return absent(path);
    if (place.kind == Kind::kFile) return fail(Code::kNotADirectory, "open " + path + ": not a directory");
    auto entries = below().list(path).required();
    const bool may_lack = place.kind == Kind::kDirectory;
    if (!entries && !(may_lack && is_absence(entries.error()))) return fail(std::move(entries).error());
    return merged(path, entries ? std::move(*entries) : std::vector<DirectoryEntry>());
  }

 private:
  static std::unexpected<Error> absent(const std::string& path) {
    return fail(Code::kFileNotFound, "open " + path + ": no such file or directory");
  }

  static FileInfo directory_info() {
    constexpr std::uint32_t kMode = 0755;
    return {.kind = FileKind::kDirectory, .mode = kMode};
  }

  template <class Function>
  std::invoke_result_t<Function, const std::string&> with_file(const std::string& path, const Function& use) const {
    const auto place = overlay_.find(path);
    if (place.kind == Kind::kHidden) return absent(path);
    return use(place.kind == Kind::kFile ? place.file : path);
  }

  // The entries below, with what the overlay shows and without what it hides.
  std::vector<DirectoryEntry> merged(const std::string& path, std::vector<DirectoryEntry> entries) const {
    for (const auto& name : overlay_.names_in(path)) {
      const auto place = overlay_.find(join_path(path, name));
      const auto known = std::ranges::find(entries, name, &DirectoryEntry::name);
      if (place.kind == Kind::kBelow) continue;
      if (known != entries.end()) entries.erase(known);
      if (place.kind == Kind::kHidden) continue;
      entries.push_back({.name = name, .kind = place.kind == Kind::kFile ? FileKind::kRegular : FileKind::kDirectory});
    }
    std::ranges::sort(entries, {}, &DirectoryEntry::name);
    return entries;
  }

  Overlay overlay_;
};

}  // namespace

std::unique_ptr<FileSystem> make_overlay_file_system(FileSystem& below, Overlay overlay) {
  return std::make_unique<OverlayFileSystem>(below, std::move(overlay));
}

}  // namespace modtool::io
