#include "core/base/reporter.hpp"

#include <utility>

namespace modtool {

Task::Task(Reporter& reporter, Work work, std::shared_ptr<const BegunTask> parent)
    : reporter_(&reporter), begun_(std::make_shared<BegunTask>()) {
  begun_->work = std::move(work);
  begun_->parent = std::move(parent);
  begun_->since = std::chrono::steady_clock::now();
  reporter.on_begin(*begun_);
}

Task& Task::operator=(Task&& other) noexcept {
  end({});
  reporter_ = other.reporter_;
  begun_ = std::move(other.begun_);
  return *this;
}

Task Task::begin(Work part) const {
  if (begun_ == nullptr) return {};
  return {*reporter_, std::move(part), begun_};
}

Task Task::step(std::string what) const {
  if (begun_ == nullptr) return {};
  ++begun_->done;
  return begin({.verb = begun_->work.verb, .what = std::move(what)});
}

void Task::advance(std::uint64_t done) const {
  if (begun_ == nullptr) return;
  begun_->done = done;
  reporter_->on_advance(*begun_);
}

void Task::end(const std::string& outcome) {
  if (const auto ended = std::exchange(begun_, nullptr)) reporter_->on_end(*ended, outcome);
}

}  // namespace modtool
