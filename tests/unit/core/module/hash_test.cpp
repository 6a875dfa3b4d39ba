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

// Fails at the call with a number: opening a file, reading it whole, each read of its stream.
class FailingTree final : public ModuleTree {
 public:
  FailingTree(const ModuleTree& inner, std::size_t& calls_left) : inner_(inner), calls_left_(calls_left) {}

  const std::vector<TreeFile>& list() const override { return inner_.list(); }
  Result<std::string> read(std::string_view name) const override {
    MODTOOL_CHECK(count());
    return inner_.read(name);
  }
  Result<std::unique_ptr<Reader>> open(std::string_view name) const override {
    MODTOOL_CHECK(count());
    MODTOOL_TRY(auto reader, inner_.open(name));
    return std::make_unique<FailingReader>(*this, std::move(reader));
  }

 private:
  struct FailingReader final : Reader {
    FailingReader(const FailingTree& in, std::unique_ptr<Reader> from) : tree(in), inner(std::move(from)) {}
    Result<std::size_t> read(std::span<char> into) override {
      MODTOOL_CHECK(tree.count());
      return inner->read(into);
    }
    const FailingTree& tree;
    std::unique_ptr<Reader> inner;
  };

  Result<void> count() const {
    if (calls_left_-- == 0) return fail(Code::kIo, "disk failure");
    return {};
  }

  const ModuleTree& inner_;
  std::size_t& calls_left_;
};

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
  CHECK_ERROR(hash_twins(*tree, *tree, pool), Code::kBadFileName, "");
  CHECK_ERROR(hash_twins(*tree, *make_memory_tree({}), pool), Code::kBadFileName, "");
  CHECK_ERROR(hash_twins(*make_memory_tree({}), *tree, pool), Code::kBadFileName, "");
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

TEST_CASE("whichever read fails, there is no hash but the failure") {
  const std::string large(kLargeFile, 'x');
  const auto first =
      make_memory_tree({{"a", "1"}, {"same", "s"}, {"large", large}, {"longer", std::string(200'000, 'y')}});
  const auto second = make_memory_tree({{"b", "2"}, {"same", "s"}, {"large", large}, {"longer", "y"}});
  const Cancellation cancellation;
  WorkerPool pool(1, cancellation);
  const auto whole = REQUIRE_OK(hash_twins(*first, *second, pool));
  constexpr std::size_t kNone = SIZE_MAX / 2;
  for (std::size_t call = 0;; ++call) {
    CAPTURE(call);
    std::size_t calls_left = call;
    const auto hashed = hash_twins(FailingTree(*first, calls_left), FailingTree(*second, calls_left), pool);
    if (calls_left < kNone) {
      CHECK(call > 20);
      CHECK(REQUIRE_OK(hashed).first == whole.first);
      CHECK(hashed->second == whole.second);
      break;
    }
    CHECK_ERROR(hashed, Code::kIo, "disk failure");
    std::size_t for_one = 0;
    CHECK_ERROR(hash_tree(FailingTree(*first, for_one), pool), Code::kIo, "disk failure");
  }
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
