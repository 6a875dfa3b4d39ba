// A file system in front of another one that fails on demand: for tests that let every single call fail once and see
// that nothing is lost.
//
//   for (std::size_t n = 0;; ++n) {
//     FaultyFileSystem files(inner, {.call = n});
//     … run the operation …
//     if (!files.has_failed()) break;  // it makes no more than n calls: all have had their turn
//   }
#pragma once

#include <atomic>
#include <cstddef>

#include "core/io/forwarding_file_system.hpp"

namespace modtool::test {

struct Fault {
  enum class Counted { kMutating, kAll };  // which calls are counted: those that change something, or every one
  // kTwice: the next one fails as well, say the one that would take the first back; kFromThenOn is what a process sees
  // that is about to be killed
  enum class Lasting { kOnce, kTwice, kFromThenOn };

  std::size_t call = 0;  // the call that fails, from 0
  Counted counted = Counted::kMutating;
  Lasting lasting = Lasting::kOnce;
};

// Fails with Code::kIo without calling `inner`, which must outlive it. May be used from several threads at once.
class FaultyFileSystem final : public io::ForwardingFileSystem {
 public:
  FaultyFileSystem(io::FileSystem& inner, Fault fault) : io::ForwardingFileSystem(inner), fault_(fault) {}

  bool has_failed() const { return calls_ > fault_.call; }
  // Counted calls so far.
  std::size_t calls() const { return calls_; }

  Result<std::unique_ptr<Reader>> open(const std::string& path) const override;
  Result<std::unique_ptr<io::Writer>> create(const std::string& path, std::uint32_t mode = 0666) override;

 private:
  class FaultyWriter;
  class FaultyReader;

  Result<void> before_read(std::string_view operation, const std::string& path) const override;
  Result<void> before_change(std::string_view operation, const std::string& path) const override;
  Result<void> count(std::string_view operation, const std::string& path) const;

  Fault fault_;
  mutable std::atomic<std::size_t> calls_{0};
};

}  // namespace modtool::test
