#include "core/build/compiled/look.hpp"

#include <fmt/format.h>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/build/compiled/compiled_files.hpp"

namespace modtool::build {
namespace {

// In the build directory: the key of what was looked at, and what was found, records that end with a NUL. It is made
// anew when the key is another.
constexpr std::string_view kLookedFile = ".modtool-looked";
constexpr std::string_view kFormat = "1";

struct Verdict {
  std::vector<std::string> foreign;
  std::vector<std::string> unseen;
};

// Where compilers look besides.
constexpr std::string_view kSearchVariables[] = {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"};

class Look {
 public:
  Look(const BuildRequest& request, const Runner& runner, io::FileSystem& files, const BuildFacts& facts)
      : request_(request), runner_(runner), files_(files), facts_(facts) {}

  Result<Verdict> verdict() const {
    MODTOOL_TRY(const std::string key, make_key());
    const std::string file = io::join_path(facts_.build_directory, kLookedFile);
    MODTOOL_TRY(const auto before, files_.read(file).if_there());
    if (before && before->starts_with(key + '\0')) return parse(std::string_view(*before).substr(key.size() + 1));
    MODTOOL_TRY(Verdict found, look());
    MODTOOL_CHECK(files_.write_unsynced(file, key + '\0' + format(found)));
    return found;
  }

 private:
  static std::string format(const Verdict& verdict) {
    std::string text;
    for (const auto& line : verdict.foreign) text += "+" + line + '\0';
    for (const auto& line : verdict.unseen) text += "?" + line + '\0';
    return text;
  }

  static Verdict parse(std::string_view text) {
    Verdict verdict;
    for (const auto record : split(text, '\0')) {
      if (record.empty()) continue;
      (record[0] == '+' ? verdict.foreign : verdict.unseen).emplace_back(record.substr(1));
    }
    return verdict;
  }

  Result<std::string> make_key() const {
    std::string text(kFormat);
    for (const auto& module : request_.plan.modules) {
      text += fmt::format("\n{} {} {}", to_string(module.module), module.directory, module.overlay);
      for (const auto& name : module.recipe.names) text += " " + name;
      for (const auto& name : module.recipe.header_only) text += " " + name;
    }
    for (const auto& name : request_.plan.allowed) text += "\n" + name;
    for (const auto name : kSearchVariables) text += "\n" + runner_.variable(name);
    MODTOOL_TRY(const auto listed, list_dependency_files(files_, facts_.build_directory));
    for (const auto* names : {&facts_.marks, &listed}) {
      for (const auto& name : *names) {
        MODTOOL_TRY(const auto info, files_.stat(name).if_there());
        text += fmt::format("\n{} {} {}", name, info ? info->size : 0, info ? info->modified_ns : -1);
      }
    }
    return to_hex(sha256(text));
  }

  BuildPlaces places() const {
    BuildPlaces places{.directory = facts_.build_directory,
                       .inside = facts_.inside,
                       .search = {},
                       .allowed = request_.plan.allowed,
                       .modules = {}};
    places.inside.insert(places.inside.end(), {request_.root, facts_.build_directory});
    for (const auto& module : request_.plan.modules) {
      places.modules.push_back(place_of(module, request_.root, files_));
      const auto& directories = places.modules.back().directories;
      places.inside.insert(places.inside.end(), directories.begin(), directories.end());
    }
    for (const auto name : kSearchVariables) {
      const std::string listed = runner_.variable(name);
      for (const auto directory : split(listed, ':')) {
        if (io::is_absolute(directory)) places.search.push_back(io::clean_path(directory));
      }
    }
    return places;
  }

  Result<Verdict> look() const {
    auto places = this->places();
    MODTOOL_TRY(auto compiled, read_compiled(files_, facts_.build_directory));
    if (const auto described = facts_.describe(places, compiled.links); !described) {
      compiled.unseen.push_back(to_line(described.error()));
    }
    Verdict verdict{.foreign = find_foreign_headers(files_, compiled.read, places),
                    .unseen = std::move(compiled.unseen)};
    for (auto& line : find_foreign_libraries(files_, compiled.links, places))
      verdict.foreign.push_back(std::move(line));
    return verdict;
  }

  const BuildRequest& request_;
  const Runner& runner_;
  io::FileSystem& files_;
  const BuildFacts& facts_;
};

std::string words_of_unseen(const std::string& why) {
  return "what was compiled was not looked at, so nobody knows that it is the modules': " + why;
}

}  // namespace

Result<void> look_at_build(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
                           const BuildFacts& facts) {
  if (request.plan.modules.empty()) return {};
  MODTOOL_TRY(const Verdict verdict, Look(request, runner, files, facts).verdict());
  if (request.strict && !verdict.foreign.empty()) return fail(Code::kPackageMissing, verdict.foreign.front());
  if (request.strict && !verdict.unseen.empty()) {
    return fail(Code::kPackageMissing, words_of_unseen(verdict.unseen.front()));
  }
  for (const auto& found : verdict.foreign) {
    const std::string text = "warning: " + found;
    for (const auto line : split_lines(text)) runner.note(std::string(line));
  }
  if (!verdict.unseen.empty()) runner.note("warning: " + words_of_unseen(verdict.unseen.front()));
  return {};
}

}  // namespace modtool::build
