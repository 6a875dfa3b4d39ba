// A lock as its lines. What three locks that are merged have in common is most of them, and equal bytes are equal
// records: of a lock that is written as format_lock writes it, a line is read by itself and once for all three.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/three_way.hpp"
#include "core/manifest/lock.hpp"

namespace modtool::native {

// The records, without the comma before and the line feed behind each.
struct LockLines {
  std::vector<std::string_view> roots;
  std::vector<std::string_view> modules;
};

// Before the records of a lock, and behind them. Format 2 is that of locks in which a module has `omit` or `strip`, and
// of those alone.
inline constexpr std::string_view kLockHead = "[\n {\"lock\":1}\n";
inline constexpr std::string_view kLockHead2 = "[\n {\"lock\":2}\n";
inline constexpr std::string_view kLockTail = "]\n";

// Whether the line of a module, as it is written, has one of these.
bool needs_format_2(std::string_view line);

// Nothing where the text is laid out otherwise than format_lock would, in either format. No line has been read yet. The
// lines are parts of the text. An empty text has none.
std::optional<LockLines> cut_lock(std::string_view text);

// A line and what it says.
template <class Record>
struct Line {
  std::string_view text;
  std::shared_ptr<const Record> record;
};

// One kind of record in three locks, walked through in the order of their keys. A subclass says what a line is, and
// takes what is found.
template <class Record>
class ThreeWayWalk {
 public:
  using Lines = std::vector<std::string_view>;

  virtual ~ThreeWayWalk() = default;

  // Whether every line was read: each as its record is written, in order, none twice. What was taken is of no use
  // otherwise.
  bool walk(const Lines& base, const Lines& ours, const Lines& theirs) {
    Side sides[] = {{base}, {ours}, {theirs}};
    auto& [b, o, t] = sides;
    while (!b.at_end() || !o.at_end() || !t.at_end()) {
      const bool is_common = !b.at_end() && !o.at_end() && !t.at_end() && b.line() == o.line() && o.line() == t.line();
      if (is_common ? !take_common(b, o, t) : !take_least(b, o, t)) return false;
    }
    return true;
  }

 protected:
  // What a line says; nullptr where it is not just as that record is written.
  virtual std::shared_ptr<const Record> read(std::string_view line) const = 0;
  virtual bool less(const Record& a, const Record& b) const = 0;
  // A line that all three have.
  virtual void take(const Line<Record>& common) = 0;
  // The lines of one key; not all three are the same.
  virtual void take(const Three<Line<Record>>& differing) = 0;

 private:
  struct Side {
    const Lines& lines;
    std::size_t next = 0;
    std::shared_ptr<const Record> record = {};  // of the next line, once it was read
    std::shared_ptr<const Record> last = {};    // that was taken

    bool at_end() const { return next == lines.size(); }
    std::string_view line() const { return lines[next]; }
  };

  // Reads the next line of a side, if there is one.
  bool look(Side& side) const {
    if (side.at_end() || side.record != nullptr) return true;
    side.record = read(side.line());
    return side.record != nullptr && follows(side, *side.record);
  }

  bool follows(const Side& side, const Record& record) const {
    return side.last == nullptr || less(*side.last, record);
  }

  bool take_common(Side& base, Side& ours, Side& theirs) {
    if (!look(ours) || !follows(base, *ours.record) || !follows(theirs, *ours.record)) return false;
    base.record = theirs.record = ours.record;
    const auto common = advance(ours);
    advance(base);
    advance(theirs);
    take(common);
    return true;
  }

  bool take_least(Side& base, Side& ours, Side& theirs) {
    std::shared_ptr<const Record> least;
    for (auto* side : {&base, &ours, &theirs}) {
      if (!look(*side)) return false;
      if (side->record != nullptr && (least == nullptr || less(*side->record, *least))) least = side->record;
    }
    take({.base = advance_if(base, *least), .ours = advance_if(ours, *least), .theirs = advance_if(theirs, *least)});
    return true;
  }

  // The least record of all sides is at most that of this one.
  std::optional<Line<Record>> advance_if(Side& side, const Record& least) const {
    if (side.record == nullptr || less(least, *side.record)) return std::nullopt;
    return advance(side);
  }

  static Line<Record> advance(Side& side) {
    side.last = std::exchange(side.record, nullptr);
    return {side.lines[side.next++], side.last};
  }
};

}  // namespace modtool::native
