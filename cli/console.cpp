#include "cli/console.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/render/paint.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {

namespace {

constexpr std::size_t kFlushAt = 1 << 16;
constexpr std::size_t kBarWidth = 24;
constexpr std::size_t kLongestName = 48;
constexpr std::chrono::milliseconds kBetweenBars{100};

std::string draw_bar(std::string_view what, std::size_t done, std::size_t total) {
  const std::string name = make_printable(what.substr(0, kLongestName));
  if (total == 0) return fmt::format("\r\033[K{}{}", name, done == 0 ? "" : fmt::format(" ({})", done));
  const std::size_t filled = kBarWidth * done / total;
  return fmt::format("\r\033[K[{:#<{}}{:.<{}}] {}/{} {}", "", filled, "", kBarWidth - filled, done, total, name);
}

}  // namespace

void Console::print(std::string_view text) {
  {
    const std::lock_guard lock(mutex_);
    buffer_ += text;
    printed_ = printed_ || !text.empty();
  }
  if (buffer_.size() >= kFlushAt) static_cast<void>(flush());
}

Result<void> Console::flush() {
  const std::lock_guard lock(mutex_);
  clear_bar();
  write_out(buffer_);
  buffer_.clear();
  return written_;
}

void Console::write_out(std::string_view bytes) {
  if (bytes.empty() || closed_) return;
  auto outcome = out_(bytes);
  closed_ = !outcome.value_or(false);
  if (!outcome) written_ = fail(std::move(outcome).error());
}

void Console::relay(bool is_error, std::string_view bytes) {
  static_cast<void>(flush());
  const std::lock_guard lock(mutex_);
  if (is_error) {
    say_raw(bytes);
  } else {
    printed_ = true;
    write_out(bytes);
  }
}

void Console::tell(std::string_view line) {
  if (options_.verbosity != Verbosity::kQuiet) say(line);
}

void Console::say(std::string_view line) {
  const std::lock_guard lock(mutex_);
  clear_bar();
  say_raw(make_printable(line) + "\n");
}

void Console::say_error(std::string_view text) {
  const std::lock_guard lock(mutex_);
  clear_bar();
  const std::string printable = make_printable(text) + "\n";
  say_raw(options_.color ? paint_error(printable) : printable);
}

void Console::say_verbose(std::string_view line) {
  if (options_.verbosity == Verbosity::kVerbose) say(line);
}

void Console::progress(std::string_view what, std::size_t done, std::size_t total) {
  if (!options_.error_is_terminal || !options_.progress || options_.verbosity != Verbosity::kNormal) return;
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (now < bar_due_) return;
  bar_due_ = now + kBetweenBars;
  say_raw(draw_bar(what, done, total));
  bar_shown_ = true;
}

// What cannot be said can be told nobody.
void Console::say_raw(std::string_view bytes) { static_cast<void>(error_(bytes)); }

void Console::clear_bar() {
  if (std::exchange(bar_shown_, false)) say_raw("\r\033[K");
}

}  // namespace modtool::cli
