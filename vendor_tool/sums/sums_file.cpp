#include "vendor_tool/sums/sums_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/glob.hpp"
#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "vendor_tool/sums/quoted_bytes.hpp"
#include "vendor_tool/sums/sums_grammar.hpp"

namespace modtool::vendor_tool {
namespace {

// How many bytes two names share at their front, no UTF-8 character cut.
std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t limit = std::min(a.size(), b.size());
  std::size_t shared =
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(limit), b.begin()).first - a.begin();
  const auto continues = [&] { return shared < b.size() && (static_cast<unsigned char>(b[shared]) & 0xC0) == 0x80; };
  while (shared > 0 && continues()) --shared;
  return shared;
}

void append_files(std::string& text, const module::Preimage& files) {
  text += kFilesKeyword;
  text += '\n';
  std::string_view previous;
  for (const auto& file : files) {
    const std::size_t shared = shared_prefix(previous, file.name);
    text += to_base64(file.sha256) + ' ' + std::to_string(shared) + ' ';
    text += std::string_view(file.name).substr(shared);
    text += '\n';
    previous = file.name;
  }
}

void append_header(std::string& text, const SumsBlock& block) {
  text += '\n';
  if (block.is_directory()) {
    text += kDirectoryKeyword;
    text += escape_bytes(block.module.path) + '\n';
    return;
  }
  text += kModuleKeyword;
  text += block.module.path + ' ' + block.module.version + '\n';
}

void append_block(std::string& text, const SumsBlock& block) {
  append_header(text, block);
  if (block.manifest) {
    text += kManifestKeyword;
    text += '\n';
    append_quoted_lines(text, *block.manifest);
  }
  if (block.files) append_files(text, *block.files);
  for (const auto& name : block.executables) {
    text += kExecutableKeyword;
    text += name + '\n';
  }
  for (const auto& name : block.left_out) {
    text += kLeftOutKeyword;
    text += name + '\n';
  }
  for (const auto& kept : block.kept) {
    text += kKeepKeyword;
    text += kept.name + '\n';
    append_quoted_lines(text, kept.bytes);
  }
}

}  // namespace

std::string format_block(const SumsBlock& block) {
  std::string text;
  append_block(text, block);
  return text;
}

std::string format_sums(const SumsFile& sums) {
  std::string text = format_head(has_choices(sums), sums.with);
  for (const auto& block : sums.blocks) append_block(text, block);
  return text;
}

std::string format_head(bool has_choices, const std::vector<std::string>& with) {
  std::string text(has_choices ? kFormatLine2 : kFormatLine);
  text += '\n';
  for (const auto& glob : with) {
    text += kWithKeyword;
    text += glob + '\n';
  }
  return text;
}

bool has_choices(const SumsFile& sums) {
  const auto leaves_out = [](const SumsBlock& block) { return !block.left_out.empty(); };
  return !sums.with.empty() || std::ranges::any_of(sums.blocks, leaves_out);
}

bool has_choices(std::string_view text) { return text.substr(0, text.find('\n')) == kFormatLine2; }

Result<void> check_with_glob(std::string_view glob) {
  const auto refuse = [&](std::string_view why) {
    return fail(Code::kUsage, fmt::format("{} is no glob of names in the vendor directory: {}", quote(glob), why));
  };
  if (glob.size() > kMaxWithGlob) return refuse(fmt::format("longer than {} bytes", kMaxWithGlob));
  const auto is_control = [](const char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; };
  if (!is_valid_utf8(glob) || std::ranges::any_of(glob, is_control)) return refuse("it cannot be printed");
  std::string_view previous;
  for (const auto element : split(glob, '/')) {
    if (element.empty() || element == "." || element == "..") return refuse("it has an empty element, or one of dots");
    if (!is_valid_glob(element)) return refuse("malformed");
    if (element == "**" && previous == "**") return refuse("`**` stands twice in a row");
    if (element != "**" && element.contains("**")) return refuse("`**` stands alone between slashes");
    previous = element;
  }
  return {};
}

const SumsBlock* find_block(const SumsFile& sums, const module::ModuleVersion& module) {
  const auto found = std::ranges::lower_bound(sums.blocks, module, {}, &SumsBlock::module);
  return found != sums.blocks.end() && found->module == module ? &*found : nullptr;
}

}  // namespace modtool::vendor_tool
