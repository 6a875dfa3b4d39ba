#include "core/module/hash.hpp"

#include <fmt/format.h>

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::module;

namespace {

Preimage preimage_of(const ModuleTree& tree, std::size_t threads = 2) {
  const Cancellation cancellation;
  WorkerPool pool(threads, cancellation);
  return REQUIRE_OK(hash_tree(tree, pool));
}

}  // namespace

TEST_CASE("the hash of a tree is that of the shell pipeline in the header") {
  const auto tree = make_memory_tree({{"a/b.txt", "hello\n"}, {"a-b.txt", "world\n"}, {"go.mod", "module m\n"}});
  const Preimage preimage = preimage_of(*tree);
  REQUIRE(preimage.size() == 3);
  CHECK(preimage[0].name == "a-b.txt");
  CHECK(h1_of(preimage, "example.com/m@v1.0.0") == "h1:9ok+KtQ7oPCNESGtsYwSlVEhmEe3hnWmjRHO8Px2P6A=");
}

TEST_CASE("a tree without files has the hash of the empty list") {
  CHECK(h1_of({}, "example.com/m@v1.0.0") == "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST_CASE("a list of many chunks is hashed as one") {
  Preimage preimage;
  std::string list;
  for (int i = 0; i < 2000; ++i) {
    preimage.push_back({.name = fmt::format("file{:05}", i), .sha256 = sha256(std::to_string(i))});
    list += fmt::format("{}  p@v1/{}\n", to_hex(preimage.back().sha256), preimage.back().name);
  }
  CHECK(h1_of(preimage, "p@v1") == "h1:" + to_base64(sha256(list)));
}

TEST_CASE("the hash of a tree does not depend on the number of threads") {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 300; ++i) files[fmt::format("d{}/f{}", i % 7, i)] = std::string(static_cast<std::size_t>(i), 'x');
  const auto tree = make_memory_tree(std::move(files));
  CHECK(preimage_of(*tree, 1) == preimage_of(*tree, 4));
}

TEST_CASE("a file name with a line feed cannot be hashed, since the list has lines") {
  const auto tree = make_memory_tree({{"a\nb", ""}});
  const Cancellation cancellation;
  WorkerPool pool(1, cancellation);
  CHECK_ERROR(hash_tree(*tree, pool), Code::kBadFileName, "dirhash: filenames with newlines are not supported");
}

TEST_CASE("two trees hashed together hash as each does alone, whatever they share") {
  const std::string large(200'000, 'x');
  const auto first = make_memory_tree(
      {{"only-first", "1"}, {"same", "s"}, {"empty", ""}, {"large", large}, {"shorter", "ab"}, {"other", "left"}});
  const auto second = make_memory_tree(
      {{"empty", ""}, {"large", large + "y"}, {"other", "right"}, {"same", "s"}, {"shorter", "a"}, {"z-only", "2"}});
  const Cancellation cancellation;
  WorkerPool pool(2, cancellation);
  for (const auto& [one, two] : {std::pair(first.get(), second.get()), {second.get(), first.get()}}) {
    const auto hashed = REQUIRE_OK(hash_twins(*one, *two, pool));
    CHECK(hashed.first == preimage_of(*one));
    CHECK(hashed.second == preimage_of(*two));
  }
}

TEST_CASE("twins that are too large for memory hash as each does alone") {
  const std::string large(kLargeFile + 1, 'x');
  const auto first = make_memory_tree({{"a", "1"}, {"large", large}});
  const auto second = make_memory_tree({{"b", "2"}, {"large", large + "y"}});
  const Cancellation cancellation;
  WorkerPool pool(2, cancellation);
  const auto hashed = REQUIRE_OK(hash_twins(*first, *second, pool));
  CHECK(hashed.first == preimage_of(*first));
  CHECK(hashed.second == preimage_of(*second));
}

TEST_CASE("a go.mod file alone is hashed as a list with its bare name") {
  CHECK(h1_of_go_mod("module example.com/m\n") == "h1:flS2VctbRrTv+sBE+VKgxx6hlkMGPVz9MGOmzMYFg3k=");
}

TEST_CASE("only h1 and canonical base64 of 32 bytes is an h1 hash") {
  const std::string good = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  CHECK(is_h1(good));
  for (const std::string& hash :
       {std::string(), std::string("h1:"), good + "=", good.substr(0, good.size() - 1), "h2:" + good.substr(3),
        good.substr(0, good.size() - 2) + "V=", "H1:" + good.substr(3), good + "\n", "h1: " + good.substr(4)}) {
    CAPTURE(hash);
    CHECK_FALSE(is_h1(hash));
  }
}
