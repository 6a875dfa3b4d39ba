#include "core/module/hash.hpp"

#include <fmt/format.h>

namespace modtool::module {
namespace {

constexpr std::string_view kPrefix = "h1:";
constexpr std::size_t kChunk = 32768;  // bytes of the list that are hashed at once

void append_hex(std::string& text, const Sha256Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
}

std::string to_h1(const Sha256Digest& digest) { return std::string(kPrefix) + to_base64(digest); }

}  // namespace

std::string h1_of(const Preimage& preimage, std::string_view prefix) {
  Sha256 hash;
  std::string lines;
  lines.reserve(kChunk + 4096);
  for (const FileHash& file : preimage) {
    append_hex(lines, file.sha256);
    lines += "  ";
    lines += prefix;
    lines += '/';
    lines += file.name;
    lines += '\n';
    if (lines.size() < kChunk) continue;
    hash.update(lines);
    lines.clear();
  }
  hash.update(lines);
  return to_h1(hash.finish());
}

Result<Preimage> hash_tree(const ModuleTree& tree, WorkerPool& pool) {
  const auto& files = tree.list();
  Preimage preimage(files.size());
  MODTOOL_CHECK(pool.for_each(files.size(), [&](std::size_t i) -> Result<void> {
    const std::string& name = files[i].name;
    if (name.find('\n') != std::string::npos) {
      return fail(Code::kBadFileName, "dirhash: filenames with newlines are not supported");
    }
    MODTOOL_TRY(const std::string bytes, tree.read(name));
    preimage[i] = {.name = name, .sha256 = sha256(bytes)};
    return {};
  }));
  return preimage;
}

std::string h1_of_go_mod(std::string_view bytes) {
  return to_h1(sha256(fmt::format("{}  go.mod\n", to_hex(sha256(bytes)))));
}

bool is_h1(std::string_view hash) {
  if (!hash.starts_with(kPrefix)) return false;
  const auto digest = from_base64(hash.substr(kPrefix.size()));
  return digest && digest->size() == Sha256Digest().size();
}

}  // namespace modtool::module
