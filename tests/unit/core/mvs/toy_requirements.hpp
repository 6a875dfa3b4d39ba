// The graph of a scenario (tests/support/scenario.hpp) as minimal version selection asks for it. It holds the algorithm
// to its contract: ids are handed out as late as may be, and a span is overwritten by the next answer.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "core/mvs/mvs.hpp"
#include "tests/support/scenario.hpp"

namespace modtool::mvs::test {

class ToyRequirements final : public Requirements {
 public:
  explicit ToyRequirements(const modtool::test::Scenario& scenario) : scenario_(scenario) {}

  // "B1" has the path "B"; a name without a version is a main module, newer than every version of its path.
  NodeId node(const std::string& name) {
    const auto [known, is_new] = nodes_.emplace(name, static_cast<NodeId>(names_.size()));
    if (is_new) names_.push_back(name);
    return known->second;
  }
  PathId path(const std::string& name) {
    return paths_.emplace(name.substr(0, 1), static_cast<PathId>(paths_.size())).first->second;
  }
  const std::string& name(NodeId node) const { return names_.at(node); }

  std::vector<NodeId> nodes(const std::vector<std::string>& names) {
    std::vector<NodeId> nodes;
    for (const auto& name : names) nodes.push_back(node(name));
    return nodes;
  }
  std::vector<std::string> names(const std::vector<NodeId>& nodes) const {
    std::vector<std::string> names;
    for (const NodeId node : nodes) names.push_back(name(node));
    return names;
  }

  // How often the requirements of a node were asked for.
  int times_asked(NodeId node) const { return static_cast<int>(std::ranges::count(asked_, node)); }
  // The n-th question for requirements, from 0, gets an error.
  void fail_at(std::size_t question) { failing_question_ = question; }
  std::size_t questions() const { return asked_.size(); }

  Result<std::span<const NodeId>> required(NodeId node) override {
    asked_.push_back(node);
    const std::string& asked = name(node);
    const bool is_unreadable = std::ranges::find(scenario_.unreadable, asked) != scenario_.unreadable.end();
    if (is_unreadable || asked_.size() - 1 == failing_question_) return fail(Code::kNotFound, "unreadable " + asked);
    std::ranges::fill(answer_, kNoNode);
    const auto found = scenario_.required.find(asked);
    answer_ = found == scenario_.required.end() ? std::vector<NodeId>() : nodes(found->second);
    return answer_;
  }
  NodeId max(PathId path, NodeId a, NodeId b) override {
    REQUIRE(path_of(a) == path);
    REQUIRE(path_of(b) == path);
    return version_of(a) < version_of(b) ? b : a;
  }
  PathId path_of(NodeId node) override { return path(name(node)); }

 private:
  int version_of(NodeId node) const {
    const std::string version = name(node).substr(1);
    return version.empty() ? INT32_MAX : std::stoi(version);
  }

  const modtool::test::Scenario& scenario_;
  std::map<std::string, NodeId> nodes_;
  std::vector<std::string> names_;  // by node
  std::map<std::string, PathId> paths_;
  std::vector<NodeId> answer_;
  std::vector<NodeId> asked_;
  std::size_t failing_question_ = SIZE_MAX;
};

}  // namespace modtool::mvs::test
