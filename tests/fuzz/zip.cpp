// Zip files, and the rules for module zips.
#include "core/io/zip.hpp"

#include <algorithm>

#include "core/module/zip_rules.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

constexpr std::uint64_t kMostRead = 1 << 20;  // bytes; more of them tell nothing new

void check_names(const std::vector<module::TreeFile>& files) {
  const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
  must(std::is_sorted(files.begin(), files.end(), by_name), "the files of a module are sorted");
  for (const auto& file : files) {
    must(!file.name.empty() && file.name.front() != '/' && file.name.back() != '/', "a name is one of a file");
    must(("/" + file.name + "/").find("/../") == std::string::npos, "no name leaves the module");
    must(file.name.find('\0') == std::string::npos && file.name.find('\\') == std::string::npos, "a name is portable");
  }
}

}  // namespace

MODTOOL_FUZZ_TARGET(zip) {
  const auto archive = io::open_zip_bytes(input);
  if (!archive) return;
  std::vector<module::TreeFile> entries;
  for (std::size_t i = 0; i < (*archive)->entries().size(); ++i) {
    const auto& entry = (*archive)->entries()[i];
    entries.push_back({.name = entry.name, .size = entry.size});
    if (entry.size > kMostRead) continue;
    const auto bytes = (*archive)->read(i);
    must(!bytes || bytes->size() == entry.size, "an entry has the size it claims");
  }
  const auto files = module::check_zip_entries(entries, {"example.com/m", "v1.0.0"});
  if (files) check_names(*files);
}

}  // namespace modtool::fuzz
