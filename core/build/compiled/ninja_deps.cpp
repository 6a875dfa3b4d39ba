#include <algorithm>
#include <optional>
#include <unordered_map>

#include "core/build/compiled/read_files.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kSignature = "# ninjadeps\n";
constexpr std::uint32_t kIsDependencies = 0x80000000U;
constexpr std::uint32_t kWord = 4;  // bytes

// Of four bytes that are there.
std::uint32_t word_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = kWord; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

class NinjaLog {
 public:
  explicit NinjaLog(std::uint32_t version) : first_input_(version < 4 ? 2 : 3) {}

  bool add_path(std::string_view record) {
    if (record.size() < 2 * kWord) return false;
    const std::size_t end = record.size() - kWord;
    if (word_at(record, end) != ~static_cast<std::uint32_t>(found_.paths.size())) return false;
    std::string_view path = record.substr(0, end);
    for (int padding = 0; padding < 3 && path.ends_with('\0'); ++padding) path.remove_suffix(1);
    found_.paths.emplace_back(path);
    return true;
  }

  bool add_dependencies(std::string_view record) {
    const std::size_t words = record.size() / kWord;
    if (record.size() % kWord != 0 || words < first_input_) return false;
    ReadObject object{.output = word_at(record, 0), .inputs = {}};
    object.inputs.reserve(words - first_input_);
    for (std::size_t i = first_input_; i < words; ++i) object.inputs.push_back(word_at(record, i * kWord));
    const auto is_known = [this](std::uint32_t number) { return number < found_.paths.size(); };
    if (!is_known(object.output) || !std::ranges::all_of(object.inputs, is_known)) return false;
    const auto [place, is_new] = places_.emplace(object.output, found_.objects.size());
    if (is_new) {
      found_.objects.push_back(std::move(object));
    } else {
      found_.objects[place->second] = std::move(object);
    }
    return true;
  }

  ReadFiles take() { return std::move(found_); }

 private:
  std::size_t first_input_;
  ReadFiles found_;
  std::unordered_map<std::uint32_t, std::size_t> places_;  // of outputs, in found_.objects
};

Error not_readable(const char* why) { return {.code = Code::kBuildFailed, .message = why}; }

}  // namespace

Result<ReadFiles> parse_ninja_deps(std::string_view log) {
  if (log.size() > kLargestDependencyLog) return fail(not_readable("it is too large"));
  std::size_t at = kSignature.size();
  if (!log.starts_with(kSignature) || log.size() < at + kWord) return fail(not_readable("it is no log of ninja's"));
  const std::uint32_t version = word_at(log, at);
  if (version != 3 && version != 4) return fail(not_readable("it is of another version of ninja"));
  NinjaLog found(version);
  for (at += kWord; at < log.size();) {
    if (log.size() - at < kWord) return fail(not_readable("it ends within a record"));
    const std::uint32_t head = word_at(log, at);
    const std::size_t size = head & ~kIsDependencies;
    at += kWord;
    if (size > log.size() - at) return fail(not_readable("it ends within a record"));
    const std::string_view record = log.substr(at, size);
    at += size;
    const bool is_right = (head & kIsDependencies) != 0 ? found.add_dependencies(record) : found.add_path(record);
    if (!is_right) return fail(not_readable("a record is damaged"));
  }
  return found.take();
}

}  // namespace modtool::build
