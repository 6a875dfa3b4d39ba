#include "core/patch/line_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/base/text.hpp"

namespace modtool::patch {
namespace {

using Lines = std::span<const std::string_view>;

// Beyond this many cells the texts have too little in common for an alignment to be worth its time.
constexpr std::size_t kMaxCells = 16'000'000;

// A stretch in which the texts differ: lines of one to be replaced by lines of the other.
struct Hunk {
  std::size_t expected_begin = 0, expected_end = 0;
  std::size_t actual_begin = 0, actual_end = 0;
};

// Lengths of longest common subsequences of all suffixes, for the lines between the common front and back.
class Alignment {
 public:
  Alignment(Lines expected, Lines actual) : expected_(expected), actual_(actual), width_(actual.size() + 1) {
    lengths_.resize((expected.size() + 1) * width_);
    for (std::size_t i = expected.size(); i-- > 0;) {
      for (std::size_t j = actual.size(); j-- > 0;) lengths_[i * width_ + j] = length(i, j);
    }
  }

  std::vector<Hunk> hunks() const {
    std::vector<Hunk> hunks;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < expected_.size() || j < actual_.size()) {
      Hunk hunk{.expected_begin = i, .actual_begin = j};
      while (!matches(i, j) && (i < expected_.size() || j < actual_.size())) step(i, j);
      hunk.expected_end = i;
      hunk.actual_end = j;
      if (hunk.expected_begin != i || hunk.actual_begin != j) hunks.push_back(hunk);
      for (; matches(i, j); ++i) ++j;
    }
    return hunks;
  }

 private:
  bool matches(std::size_t i, std::size_t j) const {
    return i < expected_.size() && j < actual_.size() && expected_[i] == actual_[j];
  }
  std::uint32_t at(std::size_t i, std::size_t j) const { return lengths_[i * width_ + j]; }
  std::uint32_t length(std::size_t i, std::size_t j) const {
    return expected_[i] == actual_[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
  }
  void step(std::size_t& i, std::size_t& j) const {
    const bool skip_expected = j == actual_.size() || (i < expected_.size() && at(i + 1, j) >= at(i, j + 1));
    ++(skip_expected ? i : j);
  }

  Lines expected_;
  Lines actual_;
  std::size_t width_;
  std::vector<std::uint32_t> lengths_;
};

std::vector<Hunk> align(Lines expected, Lines actual) {
  if (expected.size() * actual.size() <= kMaxCells) return Alignment(expected, actual).hunks();
  return {{.expected_begin = 0, .expected_end = expected.size(), .actual_begin = 0, .actual_end = actual.size()}};
}

void append_hunk(std::vector<LineDifference>& differences, Lines expected, Lines actual, std::size_t first_line) {
  for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i) {
    LineDifference difference{.line = static_cast<int>(first_line + std::min(i, actual.size()))};
    difference.is_absent = i >= actual.size();
    difference.is_unexpected = i >= expected.size();
    if (!difference.is_unexpected) difference.expected = expected[i];
    if (!difference.is_absent) difference.actual = actual[i];
    differences.push_back(difference);
  }
}

std::string with_line_ends(std::string_view bytes, std::string_view line_end) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool before_feed = bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n';
    if (before_feed) continue;
    if (bytes[i] == '\n') {
      text += line_end;
    } else {
      text += bytes[i];
    }
  }
  return text;
}

}  // namespace

std::vector<LineDifference> diff_lines(std::string_view expected, std::string_view actual) {
  // A text that ends in a line feed has an empty last piece, so a missing line feed shows as a difference.
  const auto expected_lines = split(expected, '\n');
  const auto actual_lines = split(actual, '\n');
  Lines a(expected_lines);
  Lines b(actual_lines);
  const auto front = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  a = a.subspan(front);
  b = b.subspan(front);
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a = a.first(a.size() - 1);
    b = b.first(b.size() - 1);
  }
  std::vector<LineDifference> differences;
  for (const auto& hunk : align(a, b)) {
    append_hunk(differences, a.subspan(hunk.expected_begin, hunk.expected_end - hunk.expected_begin),
                b.subspan(hunk.actual_begin, hunk.actual_end - hunk.actual_begin), front + hunk.actual_begin + 1);
  }
  return differences;
}

bool differs_in_line_ends(std::string_view bytes, const Sha256Digest& expected) {
  return sha256(with_line_ends(bytes, "\n")) == expected || sha256(with_line_ends(bytes, "\r\n")) == expected;
}

}  // namespace modtool::patch
