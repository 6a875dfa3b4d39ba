// Which of the projects in a directory something is about: there is one for each dialect at most.
#pragma once

#include <string>
#include <utility>

namespace modtool::project {

class Which {
 public:
  // The one that is there; of several the first.
  static Which only() { return Which(Kind::kOnly, {}); }
  // Each that is there.
  static Which all() { return Which(Kind::kAll, {}); }
  // That of a dialect ("go"), whatever else is there.
  static Which dialect(std::string name) { return Which(Kind::kDialect, std::move(name)); }

  bool is_all() const { return kind_ == Kind::kAll; }
  bool names_dialect() const { return kind_ == Kind::kDialect; }
  // The dialect that is named; empty where none is.
  const std::string& name() const { return name_; }

 private:
  enum class Kind { kOnly, kAll, kDialect };
  Which(Kind kind, std::string name) : kind_(kind), name_(std::move(name)) {}

  Kind kind_;
  std::string name_;
};

}  // namespace modtool::project
