#include "core/base/retry.hpp"

#include <cstdint>
#include <random>

namespace modtool {

std::chrono::milliseconds jittered(std::chrono::milliseconds time) {
  thread_local std::minstd_rand random{std::random_device{}()};
  return time + std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(0, time.count() / 4)(random));
}

}  // namespace modtool
