#include "core/module/executables.hpp"

#include "core/base/sha256.hpp"
#include "tests/support/check.hpp"

using namespace modtool;

namespace {

class ListTree : public module::ModuleTree {
 public:
  explicit ListTree(std::vector<module::TreeFile> list) : list_(std::move(list)) {}
  const std::vector<module::TreeFile>& list() const override { return list_; }
  Result<std::string> read(std::string_view) const override { return std::string(); }

 private:
  std::vector<module::TreeFile> list_;
};

}  // namespace

TEST_CASE("the names of executable files have a hash of their own") {
  const ListTree tree({{.name = "a", .executable = true}, {.name = "b"}, {.name = "c/d", .executable = true}});
  const auto names = module::executable_names(tree);
  CHECK(names == std::vector<std::string>{"a", "c/d"});
  CHECK(module::hash_of_executables(names) == "sha256:" + to_hex(sha256("a\nc/d\n")));
}

TEST_CASE("no executable file is no hash, so that locks of most modules stay short") {
  CHECK(module::hash_of_executables({}).empty());
}
