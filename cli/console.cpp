#include "cli/console.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/text.hpp"

namespace modtool::cli {

namespace {
constexpr std::size_t kFlushAt = 1 << 16;
constexpr std::size_t kBarWidth = 24;
}  // namespace

void Console::print(std::string_view text) {
  {
    const std::lock_guard lock(mutex_);
    buffer_ += text;
  }
  if (buffer_.size() >= kFlushAt) flush();
}

void Console::flush() {
  const std::lock_guard lock(mutex_);
  if (!buffer_.empty() && !closed_) closed_ = !out_(buffer_);
  buffer_.clear();
  clear_bar();
}

void Console::say(std::string_view line) {
  const std::lock_guard lock(mutex_);
  clear_bar();
  error_(make_printable(line) + "\n");
}

void Console::say_verbose(std::string_view line) {
  if (options_.verbosity == Verbosity::kVerbose) say(line);
}

void Console::progress(std::string_view what, std::size_t done, std::size_t total) {
  if (options_.verbosity == Verbosity::kVerbose) return say(fmt::format("{} ({}/{})", what, done, total));
  const bool bar = options_.error_is_terminal && options_.progress && options_.verbosity != Verbosity::kQuiet;
  if (!bar || total == 0) return;
  const std::lock_guard lock(mutex_);
  const std::size_t filled = kBarWidth * done / total;
  error_(fmt::format("\r\033[K[{:#<{}}{:.<{}}] {}/{} {}", "", filled, "", kBarWidth - filled, done, total,
                     make_printable(what.substr(0, 60))));
  bar_shown_ = true;
}

void Console::clear_bar() {
  if (std::exchange(bar_shown_, false)) error_("\r\033[K");
}

}  // namespace modtool::cli
