// Where a run talks to people: data on standard output, everything else on standard error.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::cli {

enum class Verbosity { kQuiet, kNormal, kVerbose };

// May be used from several threads at once. Standard output is buffered until `flush`.
class Console {
 public:
  using Sink = std::function<Result<bool>(std::string_view)>;  // false: nobody reads any more

  struct Options {
    bool error_is_terminal = false;  // a progress bar only then
    bool color = false;              // for standard error
    Verbosity verbosity = Verbosity::kNormal;
    bool progress = true;
  };

  Console(Sink out, Sink error) : out_(std::move(out)), error_(std::move(error)) {}
  ~Console() { static_cast<void>(flush()); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  void configure(const Options& options) { options_ = options; }
  const Options& options() const { return options_; }

  // Data. A closed pipe is remembered, not reported; the first other failure is the result of `flush`.
  void print(std::string_view text);
  // Output of a program, as it is: at once, on standard error or standard output.
  void relay(bool is_error, std::string_view bytes);
  // Talk, a line. Control characters are made visible.
  void say(std::string_view line);
  // Talk of what was done, which -q leaves out.
  void tell(std::string_view line);
  // An error as render_error words it; in colours where they are wanted.
  void say_error(std::string_view text);
  // Talk for -v only: the lines that tell how far a long work is.
  void say_verbose(std::string_view line);
  // How far something long is: a bar on a terminal, or a count where `total` is 0 and nobody knows how much there is to
  // do; nothing elsewhere, with -v (whose lines tell it) and with -q. Cheap enough to be called for every file.
  void progress(std::string_view what, std::size_t done, std::size_t total);
  Result<void> flush();
  // Whether there were data at all.
  bool has_printed() const { return printed_; }
  bool output_closed() const { return closed_; }

 private:
  void clear_bar();
  void say_raw(std::string_view bytes);
  void write_out(std::string_view bytes);

  Sink out_;
  Sink error_;
  Options options_;
  std::mutex mutex_;
  std::string buffer_;
  bool closed_ = false;
  Result<void> written_;  // whether all data came where they were to
  bool printed_ = false;
  bool bar_shown_ = false;
  std::chrono::steady_clock::time_point bar_due_{};  // the bar is drawn a few times a second
};

}  // namespace modtool::cli
