#include "core/build/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"

namespace modtool::build {
namespace {

class NameTable {
 public:
  explicit NameTable(std::string_view field) : field_(field) {}

  Result<void> claim(const std::string& name, const PlannedModule& module) {
    const auto [known, is_new] = owners_.emplace(to_lower(name), &module);
    if (is_new || known->second == &module) return {};
    const PlannedModule& owner = *known->second;
    return fail(Error{.code = Code::kNameClash,
                      .message = fmt::format("{} and {} would both be found as `{}`; describe other names of one in "
                                             "\"build\": {{{}}}",
                                             to_string(owner.module), to_string(module.module), name, field_),
                      .where = module.where.known() ? module.where : owner.where});
  }
  bool has(const std::string& name) const { return owners_.contains(to_lower(name)); }

 private:
  std::string_view field_;
  std::map<std::string, const PlannedModule*> owners_;
};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Result<void> settle_names(std::vector<NameClaim>& claims, std::string_view field) {
  NameTable described(field);
  for (const auto& claim : claims) {
    for (const auto& name : claim.names) {
      if (claim.is_described) MODTOOL_CHECK(described.claim(name, *claim.module));
    }
  }
  NameTable made_up(field);
  for (auto& claim : claims) {
    std::vector<std::string> kept;
    for (const auto& name : claim.names) {
      if (contains(kept, name) || (!claim.is_described && (name.empty() || described.has(name)))) continue;
      if (!claim.is_described) MODTOOL_CHECK(made_up.claim(name, *claim.module));
      kept.push_back(name);
    }
    claim.names = std::move(kept);
  }
  return {};
}

bool is_name_character(char c) { return is_ascii_alphanumeric(c) || std::string_view("_.+-").contains(c); }

std::string_view last_element(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace modtool::build
