#include "core/build/cmake/cmake_programs.hpp"

#include <fmt/format.h>

#include <vector>

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

std::string program_of(const json::Value& target) {
  const auto* artifacts = json::find(target, "artifacts");
  const bool is_program = read_text(target, "type") == "EXECUTABLE" && artifacts != nullptr;
  return is_program && !artifacts->elements.empty() ? read_text(artifacts->elements[0], "path") : std::string();
}

const json::Value* targets_of(const json::Value& codemodel) {
  const auto* configurations = json::find(codemodel, "configurations");
  if (configurations == nullptr || configurations->elements.empty()) return nullptr;
  return json::find(configurations->elements[0], "targets");
}

}  // namespace

Result<void> ask_for_programs(io::FileSystem& files, const std::string& build_directory) {
  const std::string directory = fmt::format("{}/{}/query/{}", build_directory, kApi, kClient);
  const std::string query = directory + "/codemodel-v2";
  MODTOOL_TRY(const auto there, files.stat(query).if_there());
  if (there) return {};
  MODTOOL_CHECK(files.make_directories(directory));
  return files.write_atomic(query, "");
}

Result<std::vector<json::Value>> read_targets(const io::FileReader& files, const std::string& build_directory) {
  const std::string directory = fmt::format("{}/{}/reply", build_directory, kApi);
  MODTOOL_TRY(const auto codemodel, read_codemodel(files, directory));
  std::vector<json::Value> details;
  const auto* targets = targets_of(codemodel);
  if (targets == nullptr) return details;
  for (const auto& entry : targets->elements) {
    MODTOOL_TRY(auto target, read_reply(files, directory, read_text(entry, "jsonFile")));
    details.push_back(std::move(target));
  }
  return details;
}

Result<std::string> find_target_program(const io::FileReader& files, const std::string& build_directory,
                                        const std::string& target) {
  MODTOOL_TRY(const auto targets, read_targets(files, build_directory));
  std::vector<std::string> programs;
  for (const auto& details : targets) {
    const std::string program = program_of(details);
    if (program.empty()) continue;
    if (read_text(details, "name") == target)
      return io::is_absolute(program) ? program : io::join_path(build_directory, program);
    programs.push_back(read_text(details, "name"));
  }
  return fail(no_such_program(target, programs));
}

}  // namespace modtool::build
