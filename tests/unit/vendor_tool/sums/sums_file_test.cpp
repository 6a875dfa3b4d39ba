#include "vendor_tool/sums/sums_file.hpp"

#include <random>

#include "tests/support/check.hpp"

namespace modtool::vendor_tool {
namespace {

const std::string kHash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

module::FileHash hashed(std::string name, std::string_view bytes) {
  return {.name = std::move(name), .sha256 = sha256(bytes)};
}

TEST_CASE("a file without blocks is its format line") {
  CHECK(format_sums({}) == "modtool.sums 1\n");
  CHECK(REQUIRE_OK(parse_sums("modtool.sums 1\n", "modtool.sums")).blocks.empty());
}

TEST_CASE("the text leaves out what names share and quotes bytes line by line") {
  SumsFile sums;
  sums.blocks.push_back({.module = {"./my lib", ""}, .manifest = "module lib\n"});
  sums.blocks.push_back({.module = {"a.org/x", "v1.0.0"},
                         .manifest = "module a.org/x\n\ngo 1.20",
                         .files = module::Preimage{hashed("go.mod", ""), hashed("go.sum", ""), hashed("x/é.go", ""),
                                                   hashed("x/è b.go", "")},
                         .executables = {"go.sum", "x/é.go"},
                         .kept = {{"x/k.go", "a\\\r\nb\t\x01\xff\n"}, {"x/none.go", ""}}});
  std::swap(sums.blocks[1].files->at(2), sums.blocks[1].files->at(3));
  const std::string text =
      "modtool.sums 1\n"
      "\n"
      "directory ./my lib\n"
      "manifest\n"
      ".module lib\n"
      "\n"
      "module a.org/x v1.0.0\n"
      "manifest\n"
      ".module a.org/x\n"
      ".\n"
      ":go 1.20\n"
      "files\n" +
      kHash + " 0 go.mod\n" + kHash + " 3 sum\n" + kHash + " 0 x/è b.go\n" + kHash +
      " 2 é.go\n"
      "executable go.sum\n"
      "executable x/é.go\n"
      "keep x/k.go\n"
      ".a\\\\\\x0D\n"
      ".b\t\\x01\\xFF\n"
      "keep x/none.go\n";
  CHECK(format_sums(sums) == text);
  CHECK(format_sums(REQUIRE_OK(parse_sums(text, "modtool.sums"))) == text);
}

TEST_CASE("what a text says survives parsing and formatting, whatever bytes it quotes") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const auto bytes = [&] {
      std::string text(random() % 40, '\0');
      for (auto& c : text) c = "ab\\\n\r\t.:|x\0\x7f\xc3\xa9\xff<="[random() % 18];
      return text;
    };
    SumsFile sums;
    for (char c = 'a'; c < 'a' + static_cast<char>(random() % 4); ++c) {
      SumsBlock block{.module = {std::string("h.org/") + c, "v1.0.0"}, .manifest = bytes()};
      if (random() % 2 == 0) block.files = module::Preimage{hashed("a", bytes()), hashed("a.b", ""), hashed("ab", "")};
      if (block.files && random() % 2 == 0) block.executables = {"a", "ab"};
      if (random() % 2 == 0) block.kept = {{"a", bytes()}, {"b", bytes()}};
      sums.blocks.push_back(block);
    }
    const auto parsed = REQUIRE_OK(parse_sums(format_sums(sums), "modtool.sums"));
    REQUIRE(parsed.blocks.size() == sums.blocks.size());
    for (std::size_t i = 0; i < parsed.blocks.size(); ++i) {
      CHECK(parsed.blocks[i].manifest == sums.blocks[i].manifest);
      CHECK(parsed.blocks[i].files == sums.blocks[i].files);
      CHECK(parsed.blocks[i].executables == sums.blocks[i].executables);
      CHECK(parsed.blocks[i].kept == sums.blocks[i].kept);
    }
  }
}

TEST_CASE("a text that is malformed or not canonical is refused with its line") {
  struct Case {
    std::string name;
    std::string text;
    std::string part;
    Code code = Code::kSumsSyntax;
  };
  const std::string start = "modtool.sums 1\n";
  const std::string block = "\nmodule a.org/x v1.0.0\n";
  const Case cases[] = {
      {"empty", "", "modtool.sums:1: the first line is not"},
      {"another file", "go.sum\n", "modtool.sums:1: the first line is not"},
      {"newer format", "modtool.sums 3\n", "modtool.sums:1: unknown format"},
      {"no last line feed", start + block + "manifest\n.x", "modtool.sums:5: the last line has no line feed"},
      {"CRLF", "modtool.sums 1\r\n", "the line ends were changed to CRLF"},
      {"conflict", start + "<<<<<<< ours\n", "modtool.sums:2", Code::kConflictMarker},
      {"line outside a block", start + "x\n", "modtool.sums:2: unexpected"},
      {"empty line at the end", start + "\n", "empty line at the end"},
      {"two empty lines", start + "\n" + block, "modtool.sums:3: malformed header"},
      {"bad header", start + "\nmodule a.org/x\n", "modtool.sums:3: malformed header"},
      {"bad path", start + "\nmodule a.org/../x v1.0.0\n", "modtool.sums:3: malformed header"},
      {"empty directory", start + "\ndirectory \n", "modtool.sums:3: malformed header"},
      {"duplicate block", start + block + block,
       "modtool.sums:5: the block of a.org/x@v1.0.0 stands twice, first in line 3"},
      {"unsorted blocks", start + "\nmodule b.org/x v1.0.0\n" + block, "does not come after that of b.org/x@v1.0.0"},
      {"bad escape", start + block + "manifest\n.\\n\n", "modtool.sums:5: malformed escape"},
      {"needless escape", start + block + "manifest\n.\\x41\n", "modtool.sums:5: this is not how"},
      {"lower-case escape", start + block + "manifest\n.\\xff\n", "modtool.sums:5: malformed escape"},
      {"split line", start + block + "manifest\n:a\n.b\n", "modtool.sums:5: this is not how"},
      {"hash with stray bits", start + block + "files\n" + kHash.substr(0, 42) + "V= 0 a\n", "malformed file line"},
      {"hash without padding", start + block + "files\n" + kHash.substr(0, 43) + " 0 a\n", "malformed file line"},
      {"NUL", start + block + "manifest\n.x" + std::string(1, '\0') + "\n", "modtool.sums:5: this is not how"},
      {"byte order mark", "\xEF\xBB\xBF" + start, "modtool.sums:1: the first line is not"},
      {"short hash", start + block + "files\nAAAA 0 a\n", "modtool.sums:5: malformed file line"},
      {"executable without files", start + block + "executable a\n", "modtool.sums:4: \"a\" is not in the list"},
      {"executable that is no file", start + block + "files\n" + kHash + " 0 a\nexecutable b\n",
       "modtool.sums:6: \"b\" is not in the list of files"},
      {"executables unsorted",
       start + block + "files\n" + kHash + " 0 a\n" + kHash + " 0 b\nexecutable b\nexecutable a\n",
       "modtool.sums:8: \"a\" does not come after \"b\""},
      {"no number", start + block + "files\n" + kHash + " a\n", "modtool.sums:5: malformed file line"},
      {"prefix too long", start + block + "files\n" + kHash + " 1 a\n", "modtool.sums:5: malformed file line"},
      {"prefix too short", start + block + "files\n" + kHash + " 0 aa\n" + kHash + " 1 b\n", ""},
      {"prefix not taken", start + block + "files\n" + kHash + " 0 aa\n" + kHash + " 0 ab\n",
       "modtool.sums:6: this is not how"},
      {"number with zeros", start + block + "files\n" + kHash + " 00 aa\n", "modtool.sums:5: this is not how"},
      {"directory of a zip", start + block + "files\n" + kHash + " 0 a/\n" + kHash + " 2 b\n", ""},
      {"directory with bytes", start + block + "files\nA" + kHash.substr(1) + " 0 a/\n", "a directory has no bytes"},
      {"directory without a name", start + block + "files\n" + kHash + " 0 /\n", "modtool.sums:5"},
      {"directory that climbs", start + block + "files\n" + kHash + " 0 ../\n", "modtool.sums:5"},
      {"kept directory", start + block + "keep a/\n", "modtool.sums:4"},
      {"name that climbs", start + block + "files\n" + kHash + " 0 ../a\n", "modtool.sums:5"},
      {"name twice", start + block + "files\n" + kHash + " 0 a\n" + kHash + " 1 \n", "modtool.sums:6"},
      {"kept twice", start + block + "keep a\nkeep a\n", "modtool.sums:5"},
      {"files unsorted", start + block + "files\n" + kHash + " 0 a\n" + kHash + " 0 c\n" + kHash + " 0 b\n",
       "modtool.sums:7: \"b\" does not come after \"c\""},
      {"three executables unsorted",
       start + block + "files\n" + kHash + " 0 a\n" + kHash + " 0 b\n" + kHash +
           " 0 c\nexecutable a\nexecutable c\nexecutable b\n",
       "modtool.sums:10: \"b\" does not come after \"c\""},
      {"three kept unsorted", start + block + "keep a\nkeep c\nkeep b\n",
       "modtool.sums:6: \"b\" does not come after \"c\""},
      {"three blocks unsorted",
       start + block + "manifest\n\nmodule c.org/x v1.0.0\nmanifest\n\nmodule b.org/x v1.0.0\nmanifest\n",
       "does not come after that of c.org/x@v1.0.0"},
      {"not UTF-8", start + block + "manifest\n.\xff\n", "not valid UTF-8"},
      {"parts out of order", start + block + "files\nmanifest\n", "modtool.sums:5"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    if (c.part.empty()) {
      CHECK(parse_sums(c.text, "modtool.sums").has_value());
    } else {
      CHECK_ERROR(parse_sums(c.text, "modtool.sums"), c.code, c.part);
    }
  }
}

TEST_CASE("files that are left out raise the format, and only they do") {
  SumsBlock block{.module = {"a.org/x", "v1.0.0"},
                  .files = module::Preimage{{"a.go", sha256("")}, {"b", sha256("")}},
                  .left_out = {"a.go", "b"}};
  const std::string text = format_sums({.blocks = {block}});
  CHECK(text.starts_with("modtool.sums 2\n"));
  CHECK(text.contains("\nleft-out a.go\nleft-out b\n"));
  const SumsFile parsed = REQUIRE_OK(parse_sums(text, "modtool.sums"));
  CHECK(parsed.blocks.at(0).left_out == block.left_out);
  CHECK(has_choices(parsed));
  block.left_out.clear();
  const std::string plain = format_sums({.blocks = {block}});
  CHECK(plain.starts_with("modtool.sums 1\n"));
  const auto with_first_line = [&](const std::string& of, int version) {
    return "modtool.sums " + std::to_string(version) + of.substr(of.find('\n'));
  };
  CHECK_ERROR(parse_sums(with_first_line(plain, 2), "modtool.sums"), Code::kSumsSyntax, "not how modtool writes it");
  CHECK_ERROR(parse_sums(with_first_line(text, 1), "modtool.sums"), Code::kSumsSyntax, "not how modtool writes it");
  CHECK(!parse_sums(with_first_line(text, 3), "modtool.sums").has_value());
  for (const auto* wrong : {"left-out b\nleft-out a.go\n", "left-out c\n", "left-out a.go\nleft-out a.go\n"}) {
    CAPTURE(wrong);
    CHECK(!parse_sums(with_first_line(plain, 2) + wrong, "modtool.sums").has_value());
  }
}

TEST_CASE("globs stand in front of the blocks, and raise the format, too") {
  const SumsFile sums{.blocks = {{.module = {"a.org/x", "v1.0.0"}, .manifest = "m\n"}},
                      .with = {"**/*.h", "a.org/x/\\[a]/**", "a.org/x/c/é?.h"}};
  const std::string text = format_sums(sums);
  CHECK(text.starts_with("modtool.sums 2\nwith **/*.h\nwith a.org/x/\\[a]/**\nwith a.org/x/c/é?.h\n\nmodule "));
  const SumsFile parsed = REQUIRE_OK(parse_sums(text, "modtool.sums"));
  CHECK(parsed.with == sums.with);
  CHECK(has_choices(parsed));
  CHECK(has_choices(text));
  CHECK(!has_choices("modtool.sums 1\nmodtool.sums 2\n"));
  CHECK(format_sums(parsed) == text);
}

TEST_CASE("a glob that is none, or not in its place, is refused with its line") {
  const std::string start = "modtool.sums 2\n";
  std::string many = start;
  for (int i = 1000; i < 1257; ++i) many += "with " + std::to_string(i) + "\n";
  const struct {
    std::string_view name;
    std::string text;
    std::string_view part;
  } cases[] = {
      {"climbs", start + "with a/../b\n", "modtool.sums:2: \"a/../b\" is no glob"},
      {"absolute", start + "with /a\n", "an empty element, or one of dots"},
      {"a slash at the end", start + "with a/\n", "an empty element"},
      {"not clean", start + "with a//b\n", "an empty element"},
      {"dot", start + "with ./a\n", "or one of dots"},
      {"empty", start + "with \n", "an empty element"},
      {"malformed", start + "with a/[b\n", "malformed"},
      {"`**` not alone", start + "with a/b**\n", "`**` stands alone"},
      {"`**` twice", start + "with a/**/**/b\n", "twice in a row"},
      {"a control character", start + "with a\tb\n", "it cannot be printed"},
      {"too long", start + "with " + std::string(1025, 'a') + "\n", "longer than 1024 bytes"},
      {"too many", many, "modtool.sums:258: more than 256 globs"},
      {"twice", start + "with a\nwith a\n", "modtool.sums:3: \"a\" does not come after \"a\""},
      {"unsorted", start + "with b\nwith a\n", "modtool.sums:3: \"a\" does not come after \"b\""},
      {"in the first format", "modtool.sums 1\nwith a\n", "not how modtool writes it"},
      {"in a block", start + "\nmodule a.org/x v1.0.0\nwith a\n", "modtool.sums:4: unexpected"},
      {"behind an empty line", start + "\nwith a\n", "malformed header"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK_ERROR(parse_sums(c.text, "modtool.sums"), Code::kSumsSyntax, c.part);
  }
}

TEST_CASE("all problems of a text are told at once") {
  const auto parsed = parse_sums("modtool.sums 1\n\nmodul x\n\nmodule a.org/x v1.0.0\nfiles\nx\ny\n", "modtool.sums");
  REQUIRE(!parsed.has_value());
  CHECK(parsed.error().problems.size() == 3);
}

TEST_CASE("blocks and hashes are found by name") {
  SumsFile sums;
  sums.blocks.push_back({.module = {"a.org/x", "v1.0.0"}, .files = module::Preimage{hashed("a", ""), hashed("c", "")}});
  REQUIRE(find_block(sums, {"a.org/x", "v1.0.0"}) != nullptr);
  CHECK(find_block(sums, {"a.org/x", "v1.0.1"}) == nullptr);
  CHECK(module::find_hash(*sums.blocks[0].files, "c") != nullptr);
  CHECK(module::find_hash(*sums.blocks[0].files, "b") == nullptr);
}

}  // namespace
}  // namespace modtool::vendor_tool
