// Archives, and what of them belongs to a module.
#include "core/archive/archive_entries.hpp"

#include <string>

#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

constexpr std::size_t kMostFiles = 1000;
constexpr std::uint64_t kMostBytes = 1 << 20;  // more of them tell nothing new

class CountingWriter final : public io::Writer {
 public:
  Result<void> write(std::string_view bytes) override {
    written += bytes.size();
    return {};
  }
  Result<void> close() override { return {}; }
  std::uint64_t written = 0;
};

void check_entries(const archive::ArchiveEntries& read, std::uint64_t written) {
  for (const auto& [name, entry] : read.entries) {
    must(!name.empty() && name.front() != '/' && name.back() != '/', "a name is one below the archive");
    const std::string framed = "/" + name + "/";
    must(framed.find("/../") == std::string::npos && framed.find("/.git/") == std::string::npos, "no name leads out");
    const auto slash = name.rfind('/');
    const auto parent = slash == std::string::npos ? read.entries.end() : read.entries.find(name.substr(0, slash));
    must(slash == std::string::npos || parent->second.kind == source::EntryKind::kDirectory,
         "what is in a directory has one");
    if (!source::is_file(entry.kind)) continue;
    must(entry.content < read.contents.size(), "a file has its content");
    const auto& extent = read.contents[entry.content];
    must(extent.offset <= written && extent.size <= written - extent.offset, "a content was written");
  }
}

}  // namespace

MODTOOL_FUZZ_TARGET(archive) {
  CountingWriter writer;
  const Cancellation cancellation;
  auto read = archive::unpack_archive(input, writer, cancellation, {.files = kMostFiles, .bytes = kMostBytes});
  must(writer.written <= kMostBytes, "limits hold while an archive is unpacked");
  if (!read) return;
  check_entries(*read, writer.written);
  const auto whole = archive::entries_of_module(read->entries, "", "modtool.json");
  must(whole && whole->entries.size() <= read->entries.size(), "a module has no more than its archive");
  [[maybe_unused]] const auto part = archive::entries_of_module(std::move(read->entries), "lib", "modtool.json");
}

}  // namespace modtool::fuzz
