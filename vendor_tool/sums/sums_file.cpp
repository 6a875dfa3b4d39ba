#include "vendor_tool/sums/sums_file.hpp"

#include <algorithm>

#include "core/base/sha256.hpp"
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
  std::string text(leaves_out_files(sums) ? kFormatLine2 : kFormatLine);
  text += '\n';
  for (const auto& block : sums.blocks) append_block(text, block);
  return text;
}

bool leaves_out_files(const SumsFile& sums) {
  return std::ranges::any_of(sums.blocks, [](const SumsBlock& block) { return !block.left_out.empty(); });
}

bool leaves_out_files(std::string_view text) { return text.substr(0, text.find('\n')) == kFormatLine2; }

const SumsBlock* find_block(const SumsFile& sums, const module::ModuleVersion& module) {
  const auto found = std::ranges::lower_bound(sums.blocks, module, {}, &SumsBlock::module);
  return found != sums.blocks.end() && found->module == module ? &*found : nullptr;
}

}  // namespace modtool::vendor_tool
