#include "core/resolve/requirement_index.hpp"

#include <atomic>
#include <thread>

#include "core/base/text.hpp"
#include "core/module/hash.hpp"
#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::resolve {
namespace {

using manifest::Summary;
using modtool::test::FaultyFileSystem;
using modtool::test::MemoryFileSystem;

const std::string kPath = "cache/modtool/index";
const std::string kFile = "/" + kPath;

std::string hash_of(std::string_view text) { return module::h1_of_go_mod(text); }

// All that a summary holds, as one text.
std::string text_of(const std::optional<Summary>& summary) {
  if (!summary) return "none";
  std::string text = summary->path + "|" + summary->language + "|" + summary->deprecated;
  text += summary->prunes ? "|prunes" : "|";
  for (const auto& required : summary->require) text += "|" + to_string(required);
  for (const auto& [low, high, why] : summary->retract) text += "|[" + low + "," + high + "] " + why;
  return text;
}

const Summary kRich{.path = "example.com/rich",
                    .language = "1.21",
                    .prunes = true,
                    .require = {{"example.com/b", "v1.0.0"}, {"example.com/a", "v1.10.0"}, {"go", "1.21"}},
                    .retract = {{"v1.0.0", "v1.0.5", "a slip\nof two lines"}, {"v2.0.0", "v2.0.0", ""}},
                    .deprecated = "use ünother"};
const Summary kPlain{.path = "example.com/plain"};

void save_with(MemoryFileSystem& files, const std::vector<std::pair<std::string, Summary>>& entries) {
  const auto index = RequirementIndex::open(files, kPath);
  for (const auto& [hash, summary] : entries) index->add(hash, summary);
  REQUIRE_OK(index->save(files));
}

std::string find(const io::FileReader& files, std::string_view hash) {
  return text_of(RequirementIndex::open(files, kPath)->find(hash));
}

TEST_CASE("what was added and saved is found when the index is opened again") {
  MemoryFileSystem files;
  save_with(files, {{hash_of("rich"), kRich}, {hash_of("plain"), kPlain}, {hash_of("empty"), {}}});
  CHECK(find(files, hash_of("rich")) == text_of(kRich));
  CHECK(find(files, hash_of("plain")) == text_of(kPlain));
  CHECK(find(files, hash_of("empty")) == text_of(Summary{}));
  CHECK(find(files, hash_of("another")) == "none");
}

TEST_CASE("each of many entries is found") {
  MemoryFileSystem files;
  std::vector<std::pair<std::string, Summary>> entries;
  for (int i = 0; i < 257; ++i) entries.push_back({hash_of(std::to_string(i)), {.path = std::to_string(i)}});
  save_with(files, entries);
  const auto index = RequirementIndex::open(files, kPath);
  for (const auto& [hash, summary] : entries) REQUIRE(text_of(index->find(hash)) == text_of(summary));
}

TEST_CASE("saving keeps what was there, and the newer of two summaries for one hash") {
  MemoryFileSystem files;
  save_with(files, {{hash_of("a"), kRich}, {hash_of("b"), kPlain}});
  save_with(files, {{hash_of("c"), kPlain}, {hash_of("b"), {.path = "old"}}, {hash_of("b"), {.path = "new"}}});
  CHECK(find(files, hash_of("a")) == text_of(kRich));
  CHECK(find(files, hash_of("b")) == text_of(Summary{.path = "new"}));
  CHECK(find(files, hash_of("c")) == text_of(kPlain));
}

TEST_CASE("the file does not depend on the order in which its entries came") {
  MemoryFileSystem forth;
  MemoryFileSystem back;
  save_with(forth, {{hash_of("a"), kRich}, {hash_of("b"), kPlain}, {hash_of("c"), {}}});
  save_with(back, {{hash_of("c"), {}}, {hash_of("b"), kPlain}});
  save_with(back, {{hash_of("a"), kRich}});
  CHECK(forth.files() == back.files());
}

TEST_CASE("nothing is written where nothing was added") {
  MemoryFileSystem files;
  save_with(files, {});
  CHECK(files.files().empty());
  save_with(files, {{hash_of("a"), kRich}});
  files.clear_paths();
  save_with(files, {});
  CHECK(files.written_paths().empty());
}

TEST_CASE("only whole h1 hashes are keys") {
  MemoryFileSystem files;
  const std::string good = hash_of("a");
  const std::string bad[] = {
      "",         "h1:",        "h1:AAAA",          good.substr(3),        "h2:" + good.substr(3),
      good + "=", "h1:" + good, good.substr(0, 40), "H1:" + good.substr(3)};
  for (const auto& hash : bad) save_with(files, {{hash, kRich}});
  CHECK(files.files().empty());
  save_with(files, {{good, kRich}});
  for (const auto& hash : bad) {
    INFO(hash);
    CHECK(find(files, hash) == "none");
  }
}

TEST_CASE("whatever is wrong with the file makes the index empty, and saving mends it") {
  struct Case {
    std::string_view what;
    void (*put)(MemoryFileSystem& files);
  };
  const Case cases[] = {
      {"no file", [](MemoryFileSystem&) {}},
      {"an empty file", [](MemoryFileSystem& files) { files.add(kPath, ""); }},
      {"another file", [](MemoryFileSystem& files) { files.add(kPath, std::string(1000, 'x')); }},
      {"a dangling link", [](MemoryFileSystem& files) { files.add_link(kPath, "nowhere"); }},
      {"only the first line", [](MemoryFileSystem& files) { files.add(kPath, "modtool-index-1\n"); }},
      {"the first line of another version",
       [](MemoryFileSystem& files) {
         save_with(files, {{hash_of("a"), kRich}});
         std::string bytes = files.files().at(kFile);
         bytes.replace(0, 16, "modtool-index-2\n");
         files.add(kPath, bytes);
       }},
      {"a count that no file could hold",
       [](MemoryFileSystem& files) {
         save_with(files, {{hash_of("a"), kRich}});
         std::string bytes = files.files().at(kFile);
         bytes.replace(16, 8, 8, '\xff');
         files.add(kPath, bytes);
       }},
      {"a count of one entry too many",
       [](MemoryFileSystem& files) {
         save_with(files, {{hash_of("a"), {}}});
         std::string bytes = files.files().at(kFile);
         bytes[16] = 2;
         files.add(kPath, bytes);
       }},
  };
  for (const auto& [what, put] : cases) {
    INFO(what);
    MemoryFileSystem files;
    put(files);
    CHECK(find(files, hash_of("a")) == "none");
    save_with(files, {{hash_of("b"), kPlain}});
    CHECK(find(files, hash_of("a")) == "none");
    CHECK(find(files, hash_of("b")) == text_of(kPlain));
  }
}

TEST_CASE("a damaged index misses entries and never gives wrong ones") {
  MemoryFileSystem files;
  save_with(files, {{hash_of("a"), kRich}, {hash_of("b"), kPlain}, {hash_of("c"), kRich}});
  const std::string whole = files.files().at(kFile);
  const auto look = [&](const std::string& bytes) {
    files.add(kPath, bytes);
    int found = 0;
    for (const auto& [name, summary] : {std::pair{"a", kRich}, {"b", kPlain}, {"c", kRich}}) {
      const auto text = find(files, hash_of(name));
      if (text == "none") continue;
      ++found;
      CHECK(text == text_of(summary));
    }
    return found;
  };
  REQUIRE(look(whole) == 3);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO("cut after " << size);
    CHECK(look(whole.substr(0, size)) < 3);
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char mask : {'\x01', '\xff'}) {
      INFO("byte " << at << " changed");
      std::string bytes = whole;
      bytes[at] ^= mask;
      CHECK(look(bytes) < 3);
    }
  }
  CHECK(look(whole + "more") == 3);
}

TEST_CASE("a damaged entry is gone after the next save, and the others stay") {
  MemoryFileSystem files;
  save_with(files, {{hash_of("a"), kRich}, {hash_of("b"), kPlain}});
  std::string bytes = files.files().at(kFile);
  bytes[bytes.find("example.com/plain")] = 'X';
  files.add(kPath, bytes);
  save_with(files, {{hash_of("c"), {}}});
  CHECK(find(files, hash_of("a")) == text_of(kRich));
  CHECK(find(files, hash_of("b")) == "none");
  CHECK(find(files, hash_of("c")) == text_of(Summary{}));
  CHECK(files.files().at(kFile).find("Xxample") == std::string::npos);
}

// The file as its description has it, written in another way than the index writes it.
class FileBuilder {
 public:
  FileBuilder& add(std::string_view hash, std::string record) {
    const auto digest = from_base64(hash.substr(3));
    entries_.push_back({std::string(digest->begin(), digest->end()), std::move(record)});
    return *this;
  }
  std::string build() const {
    std::string file = "modtool-index-1\n" + number(entries_.size(), 8);
    std::string records;
    for (const auto& [digest, record] : entries_) {
      const auto offset = 24 + 48 * entries_.size() + records.size();
      file += digest + number(offset, 8) + number(record.size(), 4) + number(checksum(record), 4);
      records += record;
    }
    return file + records;
  }
  static std::string number(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i, value /= 256) text += static_cast<char>(value % 256);
    return text;
  }
  static std::string text(std::string_view text) { return number(text.size(), 4) + std::string(text); }

 private:
  // CRC-32, bit by bit.
  static std::uint32_t checksum(std::string_view bytes) {
    std::uint32_t rest = 0xFFFFFFFF;
    for (const char byte : bytes) {
      rest ^= static_cast<unsigned char>(byte);
      for (int bit = 0; bit < 8; ++bit) rest = rest % 2 == 1 ? rest / 2 ^ 0xEDB88320 : rest / 2;
    }
    return ~rest;
  }

  std::vector<std::pair<std::string, std::string>> entries_;  // in the order of the file
};

std::string found_in(const std::string& bytes, std::string_view hash) {
  MemoryFileSystem files;
  files.add(kPath, bytes);
  return find(files, hash);
}

// The record of kPlain, in pieces.
const std::string kHead = FileBuilder::text("example.com/plain") + FileBuilder::text("") + FileBuilder::text("");
const std::string kNo = std::string(1, '\0');
const std::string kZero = FileBuilder::number(0, 4);

TEST_CASE("the file is the one that is described") {
  MemoryFileSystem files;
  save_with(files, {{hash_of("plain"), kPlain}});
  CHECK(files.files().at(kFile) == FileBuilder().add(hash_of("plain"), kHead + kNo + kZero + kZero).build());
}

TEST_CASE("a record that holds no whole summary, and nothing else, is a miss") {
  using Builder = FileBuilder;
  const std::string hash = hash_of("a");
  CHECK(found_in(Builder().add(hash, kHead + kNo + kZero + kZero).build(), hash) == text_of(kPlain));
  const std::string records[] = {
      "",
      "x",
      kHead,
      kHead + kNo,
      kHead + kNo + kZero,
      kHead + kNo + kZero + kZero + "x",
      kHead + kNo + Builder::number(1, 4) + kZero,
      kHead + kNo + Builder::number(0xFFFFFFFF, 4) + kZero,
      kHead + kNo + kZero + Builder::number(0xFFFFFFFF, 4),
      kHead + kNo + kZero + Builder::number(1, 4) + Builder::text("v1.0.0") + Builder::text("v1.0.0"),
      Builder::number(0xFFFFFFFF, 4) + kHead + kNo + kZero + kZero,
  };
  for (const auto& record : records) {
    INFO(quote(record));
    CHECK(found_in(Builder().add(hash, record).build(), hash) == "none");
  }
}

TEST_CASE("of two records for one hash one is found, and one stays") {
  const std::string hash = hash_of("a");
  const std::string record = kHead + kNo + kZero + kZero;
  MemoryFileSystem files;
  files.add(kPath, FileBuilder().add(hash, record).add(hash, record).build());
  CHECK(find(files, hash) == text_of(kPlain));
  save_with(files, {{hash_of("b"), {}}});
  CHECK(find(files, hash) == text_of(kPlain));
  CHECK(files.files().at(kFile)[16] == 2);
}

TEST_CASE("a save that fails says so and leaves the old index") {
  MemoryFileSystem files;
  save_with(files, {{hash_of("a"), kRich}});
  const auto before = files.files();
  std::size_t failures = 0;
  for (;; ++failures) {
    FaultyFileSystem faulty(files, {.call = failures});
    const auto index = RequirementIndex::open(faulty, kPath);
    index->add(hash_of("b"), kPlain);
    const auto saved = index->save(faulty);
    if (!faulty.has_failed()) break;
    CHECK_ERROR(saved, Code::kIo, "");
    CHECK(files.files() == before);
  }
  CHECK(failures == 2);  // the directory and the file
  CHECK(find(files, hash_of("b")) == text_of(kPlain));
}

TEST_CASE("several threads may add and find at once") {
  MemoryFileSystem files;
  save_with(files, {{hash_of("a"), kRich}});
  const auto index = RequirementIndex::open(files, kPath);
  std::atomic<int> found = 0;
  const auto work = [&](int thread) {
    for (int i = 0; i < 100; ++i) {
      index->add(hash_of(std::to_string(100 * thread + i)), kPlain);
      if (index->find(hash_of("a"))) ++found;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) threads.emplace_back(work, thread);
  }
  CHECK(found == 400);
  REQUIRE_OK(index->save(files));
  const auto saved = RequirementIndex::open(files, kPath);
  for (int i = 0; i < 400; ++i) REQUIRE(saved->find(hash_of(std::to_string(i))));
}

}  // namespace
}  // namespace modtool::resolve
