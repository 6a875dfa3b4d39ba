#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/module/path.hpp"
#include "vendor_tool/sums/quoted_bytes.hpp"
#include "vendor_tool/sums/sums_file.hpp"
#include "vendor_tool/sums/sums_grammar.hpp"

namespace modtool::vendor_tool {
namespace {

constexpr std::size_t kMaxProblems = 20;  // more of them say nothing new
constexpr std::size_t kDigestBytes = sizeof(Sha256Digest);

// The three fields of a line in a list of files.
struct FileLine {
  Sha256Digest sha256{};
  std::size_t shared = 0;
  std::string_view rest;
};

std::optional<Sha256Digest> parse_digest(std::string_view text) {
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() != kDigestBytes) return std::nullopt;
  Sha256Digest digest{};
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

std::optional<FileLine> parse_file_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto digest = parse_digest(line.substr(0, first));
  const auto number = line.substr(first + 1, second - first - 1);
  FileLine file{.sha256 = digest.value_or(Sha256Digest{}), .rest = line.substr(second + 1)};
  const auto [end, error] = std::from_chars(number.begin(), number.end(), file.shared);
  if (!digest || error != std::errc{} || end != number.end()) return std::nullopt;
  return file;
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& file) : file_(file), lines_(split(text, '\n')) {
    if (lines_.back().empty()) {
      lines_.pop_back();
    } else {
      unended_ = true;
    }
  }

  Result<SumsFile> parse() {
    take_format();
    if (problems_.empty()) {
      take_with();
      while (!at_end()) take_block();
    }
    if (unended_) problem(lines_.size(), "the last line has no line feed");
    if (!problems_.empty()) return failure();
    return std::move(sums_);
  }

 private:
  bool at_end() const { return at_ >= lines_.size() || problems_.size() >= kMaxProblems; }
  std::string_view line() const { return lines_[at_]; }
  // The number of the line that is being read, from 1.
  std::size_t number() const { return at_ + 1; }

  void problem(std::size_t line_number, std::string message) {
    problems_.push_back(Error{.code = Code::kSumsSyntax, .message = std::move(message)}.at(
        {.file = file_, .line = static_cast<int>(line_number)}));
  }

  std::unexpected<Error> failure() {
    return fail(Error{.code = Code::kSumsSyntax,
                      .message = fmt::format("errors parsing {}:", file_),
                      .fix = Fix::modtool("vendor"),
                      .problems = std::move(problems_)});
  }

  void take_format() {
    const bool is_known = !at_end() && (line() == kFormatLine || line() == kFormatLine2);
    if (is_known) {
      ++at_;
    } else if (!at_end() && line().starts_with(kFormatName)) {
      problem(1, fmt::format("unknown format {}; this modtool knows {} and {}", quote(line()), quote(kFormatLine),
                             quote(kFormatLine2)));
    } else {
      problem(1, fmt::format("the first line is not {}", quote(kFormatLine)));
    }
  }

  void take_with() {
    for (; !at_end() && line().starts_with(kWithKeyword); ++at_) {
      const auto glob = line().substr(kWithKeyword.size());
      if (auto good = check_with_glob(glob); !good) problem(number(), good.error().message);
      check_order(glob, sums_.with.empty() ? "" : std::string_view(sums_.with.back()));
      if (sums_.with.size() == kMaxWithGlobs) problem(number(), fmt::format("more than {} globs", kMaxWithGlobs));
      sums_.with.emplace_back(glob);
    }
  }

  void take_block() {
    if (!line().empty()) {
      problem(number(), fmt::format("unexpected {}", quote(line())));
      return skip_to_block();
    }
    ++at_;
    if (at_end()) return problem(number(), "an empty line at the end");
    block_ = SumsBlock{.line = static_cast<int>(number())};
    if (!take_header()) return skip_to_block();
    take_manifest();
    take_files();
    take_names(kExecutableKeyword, block_.executables);
    take_names(kLeftOutKeyword, block_.left_out);
    take_kept();
    add_block();
  }

  void skip_to_block() {
    while (!at_end() && !line().empty()) ++at_;
  }

  bool take_header() {
    const auto text = line();
    const bool good =
        text.starts_with(kDirectoryKeyword) ? take_directory(text.substr(kDirectoryKeyword.size())) : take_module(text);
    if (!good) problem(number(), fmt::format("malformed header {}", quote(text)));
    ++at_;
    return good;
  }

  bool take_directory(std::string_view text) {
    const auto path = unescape_bytes(text);
    if (!path || path->empty()) return false;
    block_.module.path = *path;
    return true;
  }

  bool take_module(std::string_view text) {
    if (!text.starts_with(kModuleKeyword)) return false;
    const auto fields = split(text.substr(kModuleKeyword.size()), ' ');
    if (fields.size() != 2 || fields[1].empty() || !module::check_import_path(fields[0])) return false;
    block_.module = {.path = std::string(fields[0]), .version = std::string(fields[1])};
    return true;
  }

  void take_manifest() {
    if (at_end() || line() != kManifestKeyword) return;
    ++at_;
    block_.manifest = take_quoted();
  }

  std::string take_quoted() {
    std::string bytes;
    for (; !at_end() && is_quoted_line(line()); ++at_) {
      if (!append_unquoted(bytes, line())) problem(number(), "malformed escape");
    }
    return bytes;
  }

  void take_files() {
    if (at_end() || line() != kFilesKeyword) return;
    ++at_;
    block_.files.emplace();
    for (; !at_end() && is_file_line(); ++at_) take_file();
  }

  bool is_file_line() const {
    return !line().empty() && !line().starts_with(kExecutableKeyword) && !line().starts_with(kLeftOutKeyword) &&
           !line().starts_with(kKeepKeyword);
  }

  void take_file() {
    const auto parsed = parse_file_line(line());
    const std::string_view previous = block_.files->empty() ? "" : std::string_view(block_.files->back().name);
    if (!parsed || parsed->shared > previous.size()) return problem(number(), "malformed file line");
    module::FileHash file{.name = std::string(previous.substr(0, parsed->shared)), .sha256 = parsed->sha256};
    file.name += parsed->rest;
    name_bytes_ += file.name.size();
    if (name_bytes_ > kMaxSumsNames) return problem(number(), "the names are too long");
    check_listed(file, previous);
    block_.files->push_back(std::move(file));
  }

  // A name with a slash at its end is an entry that the module's zip has for a directory.
  void check_listed(const module::FileHash& file, std::string_view previous) {
    const bool is_directory = file.name.ends_with('/');
    check_path(std::string_view(file.name).substr(0, file.name.size() - (is_directory ? 1 : 0)));
    check_order(file.name, previous);
    if (is_directory && file.sha256 != sha256("")) problem(number(), "a directory has no bytes");
  }

  void check_name(std::string_view name, std::string_view previous) {
    check_path(name);
    check_order(name, previous);
  }

  void check_path(std::string_view name) {
    if (auto good = module::check_file_path(name); !good) problem(number(), good.error().message);
  }

  void check_order(std::string_view name, std::string_view previous) {
    if (name <= previous) problem(number(), fmt::format("{} does not come after {}", quote(name), quote(previous)));
  }

  // Lines that say something of files that are listed.
  void take_names(std::string_view keyword, std::vector<std::string>& names) {
    for (; !at_end() && line().starts_with(keyword); ++at_) {
      std::string name(line().substr(keyword.size()));
      check_name(name, names.empty() ? "" : std::string_view(names.back()));
      if (!block_.files || module::find_hash(*block_.files, name) == nullptr) {
        problem(number(), fmt::format("{} is not in the list of files", quote(name)));
      }
      names.push_back(std::move(name));
    }
  }

  void take_kept() {
    while (!at_end() && line().starts_with(kKeepKeyword)) {
      KeptFile kept{.name = std::string(line().substr(kKeepKeyword.size())), .bytes = {}};
      check_name(kept.name, block_.kept.empty() ? "" : std::string_view(block_.kept.back().name));
      ++at_;
      kept.bytes = take_quoted();
      block_.kept.push_back(std::move(kept));
    }
  }

  void add_block() {
    const auto& blocks = sums_.blocks;
    if (!blocks.empty() && block_.module <= blocks.back().module) {
      const bool twice = block_.module == blocks.back().module;
      problem(static_cast<std::size_t>(block_.line),
              fmt::format("the block of {} {} {}", module::to_string(block_.module),
                          twice ? "stands twice, first in line" : "does not come after that of",
                          twice ? std::to_string(blocks.back().line) : module::to_string(blocks.back().module)));
    }
    sums_.blocks.push_back(std::move(block_));
  }

  const std::string& file_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  bool unended_ = false;
  std::uint64_t name_bytes_ = 0;
  SumsBlock block_;
  SumsFile sums_;
  std::vector<Error> problems_;
};

// The first line in which two texts differ, from 1.
int first_difference(std::string_view a, std::string_view b) {
  const auto end = std::ranges::mismatch(a, b).in1;
  return 1 + static_cast<int>(std::count(a.begin(), end, '\n'));
}

// Refuses a text that means something but is not the one way to say it.
Result<void> check_canonical(std::string_view text, const SumsFile& sums, const std::string& file) {
  const std::string canonical = format_sums(sums);
  if (canonical == text) return {};
  return fail(Error{.code = Code::kSumsSyntax,
                    .message = "this is not how modtool writes it",
                    .where = {.file = file, .line = first_difference(text, canonical)},
                    .fix = Fix::modtool("vendor")});
}

Result<void> check_line_ends(std::string_view text, const std::string& file) {
  if (!text.starts_with(kFormatName) || !text.contains("\r\n")) return {};
  return fail(Error{.code = Code::kSumsSyntax,
                    .message = "the line ends were changed to CRLF",
                    .where = {.file = file, .line = 1},
                    .fix = Fix::command({"echo", file + " -text"})
                               .appending_to(".gitattributes")
                               .then(Fix::command({"touch", file}))
                               .then(Fix::command({"git", "checkout", "--", file}))});
}

}  // namespace

Result<SumsFile> parse_sums(std::string_view text, const std::string& file) {
  if (text.size() > kMaxSums) {
    return fail(Error{.code = Code::kSumsSyntax, .message = "larger than 256 MiB", .where = {.file = file}});
  }
  if (auto clean = manifest::check_no_conflict(text, file); !clean) {
    return fail(std::move(clean).error().with(manifest::conflict_fix(text, file)));
  }
  MODTOOL_CHECK(check_line_ends(text, file));
  if (!is_valid_utf8(text)) {
    return fail(Error{.code = Code::kSumsSyntax, .message = "not valid UTF-8", .where = {.file = file}});
  }
  MODTOOL_TRY(SumsFile sums, Parser(text, file).parse());
  MODTOOL_CHECK(check_canonical(text, sums, file));
  return sums;
}

}  // namespace modtool::vendor_tool
