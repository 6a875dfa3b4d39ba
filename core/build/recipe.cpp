#include "core/build/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/build/json_fields.hpp"
#include "core/module/path.hpp"

namespace modtool::build {
namespace {

// What may stand in the name of a package, variable or target: everything that needs no quotes in CMake.
bool is_plain_name(std::string_view name, std::string_view extra) {
  const auto is_plain = [&](char c) { return is_ascii_alphanumeric(c) || extra.contains(c); };
  return !name.empty() && std::ranges::all_of(name, is_plain);
}

// `what` is "CMake package" and the like.
Result<void> check_name(std::string_view what, const std::string& name, std::string_view extra) {
  if (is_plain_name(name, extra)) return {};
  return fail(Code::kManifestField, fmt::format("{} is no name of a {}", quote(name), what));
}

constexpr std::string_view kPackageCharacters = "_.+-";
constexpr std::string_view kVariableCharacters = "_";
constexpr std::string_view kTargetCharacters = "_.+-:";
constexpr std::string_view kOptionCharacters = "_.-";

// How a build tool writes what is true and what is not.
struct Truth {
  std::string_view yes, no;
};
constexpr Truth kCMakeTruth = {"ON", "OFF"};
constexpr Truth kMesonTruth = {"true", "false"};

std::string value_of(const json::Value& value, Truth truth) {
  if (value.kind == json::Kind::kBool) return std::string(value.is_true() ? truth.yes : truth.no);
  return value.text;
}

Result<void> check_value(const std::string& name, const std::string& value) {
  if (!value.contains('\0')) return {};
  return fail(Code::kManifestField, fmt::format("the value of {} holds a NUL, which no build tool reads", quote(name)));
}

Result<Values> read_values(const json::Value& object, std::string_view key, std::string_view what,
                           std::string_view characters, Truth truth = kCMakeTruth) {
  Values values;
  const auto* member = json::find(object, key);
  if (member == nullptr) return values;
  for (const auto& [name, value, begin] : member->members) {
    MODTOOL_CHECK(check_name(what, name, characters));
    values.emplace_back(name, value_of(value, truth));
    MODTOOL_CHECK(check_value(name, values.back().second));
  }
  return values;
}

Result<void> read_cmake(const json::Value& cmake, Recipe& recipe) {
  recipe.names = read_texts(cmake, "names");
  for (const auto& name : recipe.names) MODTOOL_CHECK(check_name("CMake package", name, kPackageCharacters));
  recipe.subdir = read_text(cmake, "subdir");
  recipe.version = read_text(cmake, "version");
  MODTOOL_TRY(recipe.options, read_values(cmake, "options", "CMake variable", kVariableCharacters));
  MODTOOL_TRY(recipe.vars, read_values(cmake, "vars", "CMake variable", kVariableCharacters));
  MODTOOL_TRY(recipe.aliases, read_values(cmake, "alias", "CMake target", kTargetCharacters));
  recipe.module_path = read_texts(cmake, "modulePath");
  for (const auto& directory : recipe.module_path) {
    if (directory != ".") MODTOOL_CHECK(module::check_file_path(directory));
  }
  recipe.absent = read_texts(cmake, "absent");
  for (const auto& name : recipe.absent) MODTOOL_CHECK(check_name("CMake package", name, kPackageCharacters));
  for (const auto& [alias, target] : recipe.aliases) {
    MODTOOL_CHECK(check_name("CMake target", target, kTargetCharacters));
  }
  return {};
}

// The name of a dependency may become that of a directory.
Result<void> check_dependency(const std::string& name) {
  if (!name.starts_with('.') && !name.starts_with('-')) return check_name("Meson dependency", name, kPackageCharacters);
  return fail(Code::kManifestField, fmt::format("{} is no name of a Meson dependency", quote(name)));
}

Result<void> read_meson(const json::Value& meson, MesonRecipe& recipe) {
  recipe.names = read_texts(meson, "names");
  for (const auto& name : recipe.names) MODTOOL_CHECK(check_dependency(name));
  MODTOOL_TRY(recipe.provide, read_values(meson, "provide", "Meson dependency", kPackageCharacters));
  for (const auto& [name, variable] : recipe.provide) {
    MODTOOL_CHECK(check_dependency(name));
    MODTOOL_CHECK(check_name("Meson variable", variable, kVariableCharacters));
  }
  MODTOOL_TRY(recipe.options, read_values(meson, "options", "Meson option", kOptionCharacters, kMesonTruth));
  return {};
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

Result<Recipe> parse_recipe(std::string_view text) {
  Recipe recipe;
  if (text.empty()) return recipe;
  MODTOOL_TRY(const json::Value build, json::parse(text, "build"));
  if (const auto* cmake = json::find(build, "cmake")) MODTOOL_CHECK(read_cmake(*cmake, recipe));
  if (const auto* meson = json::find(build, "meson")) MODTOOL_CHECK(read_meson(*meson, recipe.meson));
  recipe.header_only = read_texts(build, "headerOnly");
  recipe.copy = read_truth(build, "copy");
  for (const auto& directory : recipe.header_only) {
    if (directory != ".") MODTOOL_CHECK(module::check_file_path(directory));
  }
  return recipe;
}

Result<std::string> cmake_version(const std::string& version, const std::string& version_template) {
  const auto numbers = split(std::string_view(version).substr(1, version.find_first_of("-+") - 1), '.');
  constexpr std::string_view kNames[] = {"{major}", "{minor}", "{patch}"};
  std::string seen = version_template.empty() ? "{version}" : version_template;
  seen = replace_all(std::move(seen), "{version}", "{major}.{minor}.{patch}");
  for (std::size_t i = 0; i < std::size(kNames) && i < numbers.size(); ++i) {
    seen = replace_all(std::move(seen), kNames[i], numbers[i]);
  }
  if (is_plain_name(seen, ".") && seen.find_first_not_of("0123456789.") == seen.npos) return seen;
  return fail(Code::kManifestField, fmt::format("{} makes {} of {}, and CMake's versions are digits and dots",
                                                quote(version_template), quote(seen), version));
}

}  // namespace modtool::build
