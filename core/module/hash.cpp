#include "core/module/hash.hpp"

#include <fmt/format.h>
#include <algorithm>

#include <array>

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

Result<void> check_name(const std::string& name) {
  if (name.find('\n') == std::string::npos) return {};
  return fail(Code::kBadFileName, "dirhash: filenames with newlines are not supported");
}

using Buffer = std::array<char, 64UL * 1024>;

// Hashes what is left of a stream.
Result<Sha256Digest> finish_hash(Sha256& hash, Reader& reader, Buffer& buffer) {
  for (;;) {
    MODTOOL_TRY(const std::size_t count, reader.read(buffer));
    if (count == 0) return hash.finish();
    hash.update({buffer.data(), count});
  }
}

// The hash of a stream that ought to give the bytes `twin`, whose hash is known: as long as it does, there is nothing
// to compute.
Result<Sha256Digest> hash_twin(Reader& reader, std::string_view twin, const Sha256Digest& known) {
  Buffer buffer;
  for (std::size_t same = 0;;) {
    MODTOOL_TRY(const std::size_t count, reader.read(buffer));
    if (count == 0 && same == twin.size()) return known;
    const std::string_view bytes(buffer.data(), count);
    if (count != 0 && twin.substr(same, count) == bytes) {
      same += count;
      continue;
    }
    Sha256 hash;
    hash.update(twin.substr(0, same));
    hash.update(bytes);
    return finish_hash(hash, reader, buffer);
  }
}

// Hashes a file of the tree into its place in the list.
Result<void> hash_file(const ModuleTree& tree, std::size_t position, Preimage& into) {
  const std::string& name = tree.list()[position].name;
  MODTOOL_CHECK(check_name(name));
  MODTOOL_TRY(const auto reader, tree.open(name));
  Sha256 hash;
  Buffer buffer;
  MODTOOL_TRY(const Sha256Digest digest, finish_hash(hash, *reader, buffer));
  into[position] = {.name = name, .sha256 = digest};
  return {};
}

class TwinHashing {
 public:
  TwinHashing(const ModuleTree& first, const ModuleTree& second)
      : first_(first), second_(second), hashes_{Preimage(first.list().size()), Preimage(second.list().size())} {}

  Result<PreimagePair> run(WorkerPool& pool) && {
    MODTOOL_CHECK(pool.for_each(hashes_.first.size(), [this](std::size_t i) { return hash_with_twin(i); }));
    MODTOOL_CHECK(pool.for_each(hashes_.second.size(), [this](std::size_t i) { return hash_without_twin(i); }));
    return std::move(hashes_);
  }

 private:
  Result<void> hash_with_twin(std::size_t position) {
    const std::string& name = first_.list()[position].name;
    const TreeFile* const twin = find_file(second_, name);
    if (twin == nullptr) return hash_file(first_, position, hashes_.first);
    if (first_.list()[position].size >= kLargeFile) return hash_apart(position, twin_position(*twin));
    MODTOOL_CHECK(check_name(name));
    MODTOOL_TRY(const std::string bytes, first_.read(name));
    const Sha256Digest digest = sha256(bytes);
    hashes_.first[position] = {.name = name, .sha256 = digest};
    MODTOOL_TRY(const auto reader, second_.open(name));
    FileHash& hashed = hashes_.second[twin_position(*twin)];
    hashed.name = name;
    MODTOOL_TRY(hashed.sha256, hash_twin(*reader, bytes, digest));
    return {};
  }

  // Twins that are too large to keep one while the other is compared.
  Result<void> hash_apart(std::size_t first, std::size_t second) {
    MODTOOL_CHECK(hash_file(first_, first, hashes_.first));
    return hash_file(second_, second, hashes_.second);
  }

  std::size_t twin_position(const TreeFile& twin) const {
    return static_cast<std::size_t>(&twin - second_.list().data());
  }

  Result<void> hash_without_twin(std::size_t position) {
    if (find_file(first_, second_.list()[position].name) != nullptr) return {};
    return hash_file(second_, position, hashes_.second);
  }

  const ModuleTree& first_;
  const ModuleTree& second_;
  PreimagePair hashes_;
};

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
  Preimage preimage(tree.list().size());
  MODTOOL_CHECK(pool.for_each(preimage.size(), [&](std::size_t i) { return hash_file(tree, i, preimage); }));
  return preimage;
}

Result<PreimagePair> hash_twins(const ModuleTree& first, const ModuleTree& second, WorkerPool& pool) {
  return TwinHashing(first, second).run(pool);
}

std::string h1_of_go_mod(std::string_view bytes) {
  return to_h1(sha256(fmt::format("{}  go.mod\n", to_hex(sha256(bytes)))));
}

bool is_h1(std::string_view hash) {
  if (!hash.starts_with(kPrefix)) return false;
  const auto digest = from_base64(hash.substr(kPrefix.size()));
  return digest && digest->size() == Sha256Digest().size();
}

const FileHash* find_hash(const Preimage& files, std::string_view name) {
  const auto by_name = [](const FileHash& file) -> std::string_view { return file.name; };
  const auto found = std::ranges::lower_bound(files, name, {}, by_name);
  return found != files.end() && found->name == name ? &*found : nullptr;
}

}  // namespace modtool::module
