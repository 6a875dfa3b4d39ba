#include "core/build/cmake/file_api.hpp"

#include <fmt/format.h>

#include "core/build/build_tool.hpp"
#include "core/build/json_fields.hpp"

namespace modtool::build {
namespace {

constexpr std::string_view kApi = ".cmake/api/v1";
constexpr std::string_view kClient = "client-modtool";

Result<json::Value> read_reply(const io::FileReader& files, const std::string& directory, const std::string& name) {
  const std::string path = io::join_path(directory, name);
  MODTOOL_TRY(const std::string text, files.read(path).required());
  return json::parse(text, path);
}

const json::Value* find_path(const json::Value& root, const std::vector<std::string_view>& keys) {
  const json::Value* value = &root;
  for (const auto key : keys) value = value == nullptr ? nullptr : json::find(*value, key);
  return value;
}

// The newest index is the last by name.
Result<json::Value> read_index(const io::FileReader& files, const std::string& directory) {
  MODTOOL_TRY(const auto entries, files.list(directory).required());
  std::string newest;
  for (const auto& entry : entries) {
    if (entry.name.starts_with("index-")) newest = entry.name;
  }
  return read_reply(files, directory, newest);
}

Result<json::Value> read_codemodel(const io::FileReader& files, const std::string& directory) {
  MODTOOL_TRY(const auto index, read_index(files, directory));
  const auto* answer = find_path(index, {"reply", kClient, "codemodel-v2"});
  if (answer == nullptr) return fail(Code::kIo, directory + ": CMake did not tell its targets");
  return read_reply(files, directory, read_text(*answer, "jsonFile"));
}

// The elements of a member; none where it is not there.
const std::vector<json::Value>& elements_of(const json::Value& object, std::string_view key) {
  static const std::vector<json::Value> kNone;
  const auto* member = json::find(object, key);
  return member == nullptr ? kNone : member->elements;
}

BuiltTarget read_target(const json::Value& details) {
  BuiltTarget target{.type = read_text(details, "type")};
  if (const auto* paths = json::find(details, "paths")) target.source_directory = read_text(*paths, "source");
  for (const auto& artifact : elements_of(details, "artifacts"))
    target.artifacts.push_back(read_text(artifact, "path"));
  for (const auto& group : elements_of(details, "compileGroups")) {
    for (const auto& include : elements_of(group, "includes")) target.includes.insert(read_text(include, "path"));
  }
  if (const auto* link = json::find(details, "link")) {
    for (const auto& fragment : elements_of(*link, "commandFragments")) {
      if (read_text(fragment, "role") == "libraries") target.linked.push_back(read_text(fragment, "fragment"));
    }
  }
  target.compiles = !elements_of(details, "compileGroups").empty();
  return target;
}

const json::Value* targets_of(const json::Value& codemodel) {
  const auto* configurations = json::find(codemodel, "configurations");
  if (configurations == nullptr || configurations->elements.empty()) return nullptr;
  return json::find(configurations->elements[0], "targets");
}

}  // namespace

Result<void> ask_for_targets(io::FileSystem& files, const std::string& build_directory) {
  const std::string directory = fmt::format("{}/{}/query/{}", build_directory, kApi, kClient);
  const std::string query = directory + "/codemodel-v2";
  MODTOOL_TRY(const auto there, files.stat(query).if_there());
  if (there) return {};
  MODTOOL_CHECK(files.make_directories(directory));
  return files.write_atomic(query, "");
}

Result<std::vector<BuiltTarget>> read_targets(const io::FileReader& files, const std::string& build_directory) {
  const std::string directory = fmt::format("{}/{}/reply", build_directory, kApi);
  MODTOOL_TRY(const auto codemodel, read_codemodel(files, directory));
  std::vector<BuiltTarget> targets;
  const auto* entries = targets_of(codemodel);
  for (const auto& entry : entries == nullptr ? std::vector<json::Value>() : entries->elements) {
    MODTOOL_TRY(const auto details, read_reply(files, directory, read_text(entry, "jsonFile")));
    targets.push_back(read_target(details));
    targets.back().name = read_text(entry, "name");
  }
  return targets;
}

Result<std::string> find_target_program(const io::FileReader& files, const std::string& build_directory,
                                        const std::string& target) {
  MODTOOL_TRY(const auto targets, read_targets(files, build_directory));
  std::vector<std::string> programs;
  for (const auto& built : targets) {
    if (built.type != "EXECUTABLE" || built.artifacts.empty()) continue;
    const std::string& program = built.artifacts.front();
    if (built.name == target) return io::is_absolute(program) ? program : io::join_path(build_directory, program);
    programs.push_back(built.name);
  }
  return fail(no_such_program(target, programs));
}

}  // namespace modtool::build
