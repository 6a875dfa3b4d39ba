// A build by the go command, told where its modules come from.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/build/build_tool.hpp"

namespace modtool::build {
namespace {

std::string_view mode_of(Sources sources) {
  switch (sources) {
    case Sources::kVendor:
      return "vendor";
    case Sources::kUpdated:
      return "mod";
    default:
      return "readonly";
  }
}

Step step_for(std::string_view verb, const BuildRequest& request, const std::vector<std::string>& words) {
  Step step{.program = "go",
            .arguments = {std::string(verb), fmt::format("-mod={}", mode_of(request.sources))},
            .directory = request.directory};
  if (request.jobs > 0) step.arguments.push_back(fmt::format("-p={}", request.jobs));
  step.arguments.insert(step.arguments.end(), words.begin(), words.end());
  // What is proven is all that there is.
  const bool is_closed = request.sources == Sources::kVendor || request.offline;
  if (is_closed) step.environment = {"GOPROXY=off", "GOTOOLCHAIN=local"};
  return step;
}

// Flags first, then packages, as the go command wants them.
std::vector<std::string> words_of(const BuildRequest& request) {
  std::vector<std::string> words = request.passed_on;
  words.insert(words.end(), request.targets.begin(), request.targets.end());
  return words;
}

// GOFLAGS again, without a word.
std::string without(std::vector<std::string> words, const std::string& dropped) {
  std::erase(words, dropped);
  for (auto& word : words) {
    if (word.contains(' ')) word = fmt::format("'{}'", word);
  }
  return join(words, " ");
}

// With one, other files would be built than those that are proven.
Result<void> check_no_overlay(const std::vector<std::string>& words, std::string_view place) {
  const auto is_overlay = [](std::string_view word) {
    word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
    return word == "overlay" || word.starts_with("overlay=");
  };
  const auto found =
      std::ranges::find_if(words, [&](const auto& word) { return word.starts_with('-') && is_overlay(word); });
  if (found == words.end()) return {};
  Error error{.code = Code::kBadSetting,
              .message = fmt::format("`{}`{} has go build other files than those that are proven; nothing was built",
                                     *found, place)};
  if (!place.empty()) error.fix = Fix::again("", {}).under("GOFLAGS=" + without(words, *found));
  return fail(std::move(error));
}

class GoTool final : public BuildTool {
 public:
  bool uses_plan() const override { return false; }
  Result<void> check(const BuildRequest& request, const io::FileReader&) const override {
    MODTOOL_CHECK(check_no_overlay(request.inherited, " in GOFLAGS"));
    MODTOOL_CHECK(check_no_overlay(request.passed_on, ""));
    return check_flags(request, "the go command", {});
  }
  std::string directory(const BuildRequest&) const override { return {}; }

  Result<void> build(const BuildRequest& request, const Runner& runner, io::FileSystem&) const override {
    MODTOOL_TRY(const int status, runner.run(step_for("build", request, words_of(request))));
    if (status == 0) return {};
    return fail(Code::kBuildFailed, fmt::format("`go build` failed with status {}", status));
  }

  Result<void> test(const BuildRequest& request, const Runner& runner, io::FileSystem&) const override {
    MODTOOL_TRY(const int status, runner.run(step_for("test", request, words_of(request))));
    if (status == 0) return {};
    return fail(Code::kTestsFailed, fmt::format("`go test` failed with status {}", status));
  }

  // `go run` builds and runs in one step.
  Result<Step> build_program(const BuildRequest& request, const Runner&, io::FileSystem&) const override {
    std::vector<std::string> words = {request.targets[0]};
    words.insert(words.end(), request.passed_on.begin(), request.passed_on.end());
    return step_for("run", request, words);
  }
};

}  // namespace

const BuildTool& go_tool() {
  static const GoTool tool;
  return tool;
}

}  // namespace modtool::build
