#include "core/archive/archive_entries.hpp"

#include "tests/support/check.hpp"
#include "tests/support/tar_builder.hpp"
#include "tests/support/zip_builder.hpp"

using namespace modtool;
using namespace modtool::archive;
using test::build_tar;
using test::build_zip;
using test::gzip;
using test::TarMember;
using test::TarNames;

namespace {

class StringWriter final : public io::Writer {
 public:
  Result<void> write(std::string_view bytes) override {
    written += bytes;
    return {};
  }
  Result<void> close() override { return {}; }
  std::string written;
};

// "name=bytes" of a file, "name*=bytes" of an executable one, "name->target", "name/": one text for all entries.
Result<std::string> unpack(const std::string& archive, const ArchiveLimits& limits = {}) {
  StringWriter writer;
  const Cancellation cancellation;
  MODTOOL_TRY(auto read, unpack_archive(archive, writer, cancellation, limits));
  read.entries = strip_top(std::move(read.entries));
  std::string text;
  for (const auto& [name, entry] : read.entries) {
    text += (text.empty() ? "" : " ") + name;
    if (entry.kind == source::EntryKind::kDirectory) text += "/";
    if (entry.kind == source::EntryKind::kSymlink) text += "->" + entry.target;
    if (!source::is_file(entry.kind)) continue;
    const auto& extent = read.contents[entry.content];
    text +=
        (entry.kind == source::EntryKind::kExecutable ? "*=" : "=") + writer.written.substr(extent.offset, extent.size);
  }
  return text;
}

const std::vector<TarMember> kTree = {{.name = "lib-1.0/", .type = '5', .mode = 0755},
                                      {.name = "lib-1.0/src/a.c", .bytes = "int a;"},
                                      {.name = "lib-1.0/run.sh", .bytes = "#!", .mode = 0755},
                                      {.name = "lib-1.0/link", .type = '2', .target = "src/a.c"}};
constexpr std::string_view kUnpacked = "link->src/a.c run.sh*=#! src/ src/a.c=int a;";

}  // namespace

TEST_CASE("an archive holds the same whatever its format") {
  CHECK(REQUIRE_OK(unpack(build_tar(kTree))) == kUnpacked);
  CHECK(REQUIRE_OK(unpack(gzip(build_tar(kTree)))) == kUnpacked);
  const auto zip = build_zip({{.name = "lib-1.0/", .unix_mode = 040755},
                              {.name = "lib-1.0/src/a.c", .bytes = "int a;"},
                              {.name = "lib-1.0/run.sh", .bytes = "#!", .deflated = false, .unix_mode = 0100755},
                              {.name = "lib-1.0/link", .bytes = "src/a.c", .unix_mode = 0120777}});
  CHECK(REQUIRE_OK(unpack(zip)) == kUnpacked);
}

TEST_CASE("long and foreign names are read in each way of writing them") {
  const std::string name = std::string(90, 'd') + "/" + std::string(90, 'f') + "-\u00fc";
  for (const auto names : {TarNames::kGnu, TarNames::kPax}) {
    CHECK(REQUIRE_OK(unpack(build_tar({{.name = "t/" + name, .bytes = "x", .names = names}, {.name = "t/b"}}))) ==
          "b= " + std::string(90, 'd') + "/ " + name + "=x");
  }
  CHECK(REQUIRE_OK(unpack(build_zip({{.name = "\u00fc/a", .flags = 0x800}, {.name = "\u00fc/b"}}))) == "a= b=");
}

TEST_CASE("the one directory that all entries share is left off, and no other") {
  const std::pair<std::vector<TarMember>, std::string_view> table[] = {
      {{{.name = "./", .type = '5'}, {.name = "./t/a"}, {.name = "./t/b/c"}}, "a= b/ b/c="},
      {{{.name = "t/a"}, {.name = "u"}}, "t/ t/a= u="},
      {{{.name = "t/a"}, {.name = "t-/a"}}, "t/ t-/ t-/a= t/a="},
      {{{.name = "a"}}, "a="},
      {{{.name = "t/", .type = '5'}}, ""},
      {{{.name = "t/u/a"}}, "u/ u/a="},
      {{{.name = "t/a"}, {.name = "t/", .type = '5'}, {.name = "t", .type = '5'}}, "a="},
  };
  for (const auto& [members, text] : table) CHECK(REQUIRE_OK(unpack(build_tar(members))) == text);
}

// golang/go#33778, CVE-2022-36113, CVE-2026-5223, RUSTSEC-2021-0080
TEST_CASE("entries that could write elsewhere or stand for two things are refused") {
  const struct {
    std::vector<TarMember> members;
    Code code;
    std::string_view part;
  } table[] = {
      {{{.name = "../evil"}}, Code::kArchiveEntry, "\"../evil\": its name leads out of the archive"},
      {{{.name = "t/a/../../../evil"}}, Code::kArchiveEntry, "leads out"},
      {{{.name = "/etc/passwd"}}, Code::kArchiveEntry, "its name is absolute"},
      {{{.name = "t//a"}}, Code::kArchiveEntry, "its name is not clean"},
      {{{.name = "t/./a"}}, Code::kArchiveEntry, "its name is not clean"},
      {{{.name = ""}}, Code::kArchiveEntry, "its name is not clean"},
      {{{.name = "t/.git/config"}}, Code::kArchiveEntry, "a repository's own files"},
      {{{.name = "t/.GIT"}}, Code::kArchiveEntry, "a repository's own files"},
      {{{.name = "t/GIT~1/hooks/x"}}, Code::kArchiveEntry, "a repository's own files"},
      {{{.name = "t/b", .type = '1', .target = "t/a"}, {.name = "t/a"}}, Code::kArchiveEntry, "a hard link to \"t/a\""},
      {{{.name = "t/d", .type = '5'}, {.name = "t/b", .type = '1', .target = "t/d"}}, Code::kArchiveEntry, "no file"},
      {{{.name = "t/b", .type = '1', .target = "/etc/passwd"}}, Code::kArchiveEntry, "a hard link"},
      {{{.name = "t/null", .type = '3'}}, Code::kArchiveEntry, "neither a file"},
      {{{.name = "t/fifo", .type = '6'}}, Code::kArchiveEntry, "neither a file"},
      {{{.name = "t/a"}, {.name = "t/a"}}, Code::kArchiveEntry, "it stands there twice"},
      {{{.name = "t/a"}, {.name = "./t/a"}}, Code::kArchiveEntry, "it stands there twice"},
      {{{.name = "t/a"}, {.name = "t/a", .type = '2', .target = "b"}}, Code::kArchiveEntry, "twice"},
      {{{.name = "t/a"}, {.name = "t/a/", .type = '5'}}, Code::kArchiveEntry, "twice"},
      {{{.name = "t/d", .type = '2', .target = "/etc"}, {.name = "t/d/passwd"}}, Code::kArchiveEntry, "lies below"},
      {{{.name = "t/d/passwd"}, {.name = "t/d", .type = '2', .target = "/etc"}}, Code::kArchiveEntry, "twice"},
      {{{.name = std::string(kMaxArchiveName + 1, 'n'), .names = TarNames::kPax}}, Code::kArchiveEntry, "longer than"},
      {{}, Code::kBadArchive, "empty"},
  };
  for (const auto& [members, code, part] : table) {
    CAPTURE(part);
    CHECK_ERROR(unpack(build_tar(members)), code, std::string(part));
  }
  CHECK_ERROR(unpack(build_zip({{.name = "t/..\\..\\x"}, {.name = "../y"}})), Code::kArchiveEntry, "leads out");
  CHECK_ERROR(unpack(build_zip({{.name = "t/a"}, {.name = "t/a"}})), Code::kArchiveEntry, "twice");
}

TEST_CASE("what is no archive, or a broken one, is refused") {
  const auto tar = build_tar(kTree);
  const auto packed = gzip(build_tar({{.name = "a", .bytes = std::string(100'000, 'x')}}));
  const auto zip = build_zip({{.name = "a", .bytes = std::string(1000, 'x')}});
  CHECK_ERROR(unpack(""), Code::kBadArchive, "not a tar or zip file");
  CHECK_ERROR(unpack("<html>404"), Code::kBadArchive, "not a tar or zip file");
  CHECK_ERROR(unpack("PK\x03\x04"), Code::kBadZip, "");
  CHECK_ERROR(unpack(tar.substr(0, 1100)), Code::kBadArchive, "truncated");
  CHECK_ERROR(unpack(packed.substr(0, packed.size() / 2)), Code::kBadArchive, "cut off");
  CHECK_ERROR(unpack(gzip(packed)), Code::kBadArchive, "not a tar or zip file");
  CHECK_ERROR(unpack(zip.substr(0, zip.size() / 2)), Code::kBadZip, "");
  CHECK_ERROR(unpack(build_tar({{.name = "a", .bytes = "x", .size = 1 << 20}})), Code::kBadArchive, "");
}

// CVE-2022-36114: few bytes that stand for many, and sizes that lie.
TEST_CASE("the checksum of a gzip file counts, though it stands behind the end of the tar file in it") {
  const auto packed = gzip(build_tar({{.name = "a", .bytes = "x"}}));
  auto changed = packed;
  changed[changed.size() - 6] ^= 1;
  CHECK_ERROR(unpack(changed), Code::kBadArchive, "damaged");
  CHECK_ERROR(unpack(packed.substr(0, packed.size() - 1)), Code::kBadArchive, "cut off");
  CHECK_ERROR(unpack(packed + "more"), Code::kBadArchive, "damaged");
  CHECK(REQUIRE_OK(unpack(packed + std::string(100, '\0'))) == "a=x");
  const auto tar = build_tar({{.name = "a", .bytes = "x"}});
  CHECK(REQUIRE_OK(unpack(gzip(tar.substr(0, 700)) + gzip(tar.substr(700)))) == "a=x");
  CHECK_ERROR(unpack(gzip(tar + std::string(2 << 20, '\0'))), Code::kBadArchive, "much follows");
}

TEST_CASE("how much an archive unpacks to is bounded, whatever it claims") {
  const auto zeros = build_tar({{.name = "zeros", .bytes = std::string(std::size_t{80} << 20, '\0')}});
  CHECK_ERROR(unpack(gzip(zeros)), Code::kTooLarge, "more than 200 times its size");
  CHECK_ERROR(unpack(gzip(zeros), {.bytes = 1 << 20}), Code::kTooLarge, "more than 1048576 bytes in all");
  CHECK_ERROR(unpack(build_tar({{.name = "d/a"}, {.name = "d/b"}}), {.files = 2}), Code::kTooLarge,
              "more than 2 files");
  std::string deep = "a";
  for (int depth = 0; depth < 300; ++depth) deep += "/a";
  CHECK_ERROR(unpack(build_tar({{.name = deep, .names = TarNames::kPax}})), Code::kTooLarge, "in one another");
  for (const std::uint64_t claimed : {std::uint64_t{0}, std::uint64_t{10}, std::uint64_t{100'000}}) {
    CAPTURE(claimed);
    CHECK_ERROR(unpack(build_zip({{.name = "a", .bytes = std::string(1000, 'x'), .size = claimed}})), Code::kBadZip,
                "");
    CHECK_ERROR(unpack(build_zip({{.name = "a", .bytes = std::string(1000, 'x'), .deflated = false, .size = claimed}})),
                Code::kBadZip, "");
  }
  CHECK_ERROR(unpack(build_zip({{.name = "a", .bytes = "x", .crc32 = 1}})), Code::kBadZip, "");
  CHECK_ERROR(unpack(build_zip({{.name = "a", .bytes = "x", .flags = 1}})), Code::kBadZip, "");
}

TEST_CASE("a module in a directory has what lies below it, and the license above") {
  const auto entries = [](const std::string& subdirectory) {
    source::TreeEntries all = {{"LICENSE", {source::EntryKind::kFile, 7}},
                               {"lib", {source::EntryKind::kDirectory}},
                               {"lib/a.c", {source::EntryKind::kFile}},
                               {"lib/modtool.json", {source::EntryKind::kFile}},
                               {"lib/other", {source::EntryKind::kDirectory}},
                               {"lib/other/deep", {source::EntryKind::kDirectory}},
                               {"lib/other/deep/b.c", {source::EntryKind::kFile}},
                               {"lib/other/modtool.json", {source::EntryKind::kFile}},
                               {"lib/other-one", {source::EntryKind::kFile}},
                               {"lib-two", {source::EntryKind::kFile}}};
    return entries_of_module(std::move(all), subdirectory, "modtool.json");
  };
  const auto names = [](const ModuleEntries& module) {
    std::vector<std::string> list;
    for (const auto& [name, entry] : module.entries) list.push_back(name);
    return list;
  };
  const auto lib = REQUIRE_OK(entries("lib"));
  CHECK(names(lib) == std::vector<std::string>{"a.c", "modtool.json", "other-one"});
  CHECK(lib.license->content == 7);
  const auto whole = REQUIRE_OK(entries(""));
  CHECK(names(whole) == std::vector<std::string>{"LICENSE", "lib-two"});
  CHECK_FALSE(whole.license.has_value());
  CHECK_ERROR(entries("none"), Code::kUnknownVersion, "no directory `none`");
  CHECK_ERROR(entries("lib-two"), Code::kUnknownVersion, "no directory `lib-two`");
}

TEST_CASE("an archive that one reader takes for this and another for that is refused") {
  CHECK_ERROR(unpack(build_zip({{.name = "a", .bytes = "x", .local_name = "b"}})), Code::kBadZip, "two names");
  CHECK_ERROR(unpack(build_zip({{.name = "a", .bytes = "x"}, {.name = "b", .bytes = "x", .offset = 0}})), Code::kBadZip,
              "overlap");
  CHECK_ERROR(unpack(build_zip({{.name = "a"}, {.name = "b"}}, {.entries = 1})), Code::kBadZip, "holds more");
  CHECK_ERROR(unpack(build_tar({{.name = "t/a\xff", .names = TarNames::kPax}})), Code::kBadArchive, "UTF-8");
}
