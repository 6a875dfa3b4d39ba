// Work that several threads ask for and one of them does.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/result.hpp"

namespace modtool::source {

// Keeps the outcome of each key's work, errors included. May be used from several threads at once.
template <class Key, class Value>
class OncePerKey {
 public:
  // The outcome of `work` for this key. Who comes while another thread is at it waits for that one. `work` must not ask
  // for the same key.
  Result<Value> get(const Key& key, const std::function<Result<Value>()>& work) {
    const std::shared_ptr<Slot> slot = slot_of(key);
    const std::lock_guard lock(slot->mutex);
    if (!slot->outcome) slot->outcome = work();
    return *slot->outcome;
  }

 private:
  struct Slot {
    std::mutex mutex;
    std::optional<Result<Value>> outcome;
  };

  std::shared_ptr<Slot> slot_of(const Key& key) {
    const std::lock_guard lock(mutex_);
    auto& slot = slots_[key];
    if (slot == nullptr) slot = std::make_shared<Slot>();
    return slot;
  }

  std::mutex mutex_;
  std::map<Key, std::shared_ptr<Slot>> slots_;
};

}  // namespace modtool::source
