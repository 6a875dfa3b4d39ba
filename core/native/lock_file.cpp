#include "core/native/lock_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

#include "core/base/json_writer.hpp"
#include "core/manifest/conflict_marker.hpp"
#include "core/module/hash.hpp"
#include "core/native/fields.hpp"
#include "core/native/lock_lines.hpp"
#include "core/native/value_readers.hpp"

namespace modtool::native {
namespace {

using manifest::Lock;
using manifest::LockedModule;
using manifest::LockedRoot;

constexpr std::string_view kIgnored = "ignored:";  // submodules, and then how many

auto key_of(const LockedRoot& root) { return std::tie(root.module.path, root.group); }

const module::ModuleVersion& module_of(const LockedModule& locked) { return locked.module; }

// The records in order, where they are.
template <class T>
std::vector<const T*> sorted(const std::vector<T>& records, const auto& less, const auto& key) {
  std::vector<const T*> order;
  order.reserve(records.size());
  for (const auto& record : records) order.push_back(&record);
  std::ranges::stable_sort(order, less, [&](const T* record) -> decltype(auto) { return key(*record); });
  return order;
}

// --- reading

class LockReader {
 public:
  // `most` is how many records there can be: a list that grows as they come would be there twice.
  explicit LockReader(FieldReader& fields, std::size_t most = 0) : fields_(fields) { lock_.modules.reserve(most); }

  // The records one by one, and then the list that held them.
  void read_record(const json::Value& record) { read_record({record, FieldPath::element(all_, count_++)}); }
  void finish(const json::Value& document) {
    fields_.elements({document}, [](const Field&) {});
    if (document.is_array() && !has_header_) {
      fields_.problem(document.begin, {}, Code::kLockSyntax, R"(the first record must be {"lock":1})");
    }
  }

  // A record that stands twice would be one thing for one reader and another for the next.
  void settle() {
    // As a rule they are sorted, and sorting takes half as much memory again.
    if (!std::ranges::is_sorted(lock_.modules, module::module_less, &LockedModule::module)) {
      std::ranges::stable_sort(lock_.modules, module::module_less, &LockedModule::module);
    }
    const auto same_module = [](const LockedModule& a, const LockedModule& b) { return a.module == b.module; };
    for (auto at = lock_.modules.begin();
         (at = std::adjacent_find(at, lock_.modules.end(), same_module)) != lock_.modules.end();) {
      ++at;
      fields_.problem(at->where, Code::kLockSyntax, fmt::format("{} stands there twice", to_string(at->module)));
    }
    const auto roots = sorted(lock_.roots, std::less(), key_of);
    for (std::size_t i = 1; i < roots.size(); ++i) {
      if (key_of(*roots[i - 1]) != key_of(*roots[i])) continue;
      fields_.problem(roots[i]->where, Code::kLockSyntax,
                      fmt::format("the requirement of {} stands there twice", roots[i]->module.path));
    }
  }

  Lock take() { return std::move(lock_); }

  LockedRoot read_root(const Field& record) {
    LockedRoot root{.where = fields_.where(record.value.begin)};
    fields_.object(record, {{"root", [&](const Field& f) { root.module.path = read_path(fields_, f); }, true},
                            {"version", [&](const Field& f) { root.module.version = read_version(fields_, f); }},
                            {"group", [&](const Field& f) { root.group = fields_.string(f); }},
                            {"describe", [&](const Field& f) { root.description = fields_.string(f); }}});
    return root;
  }

  LockedModule read_module(const Field& record) {
    LockedModule locked{.where = fields_.where(record.value.begin)};
    const auto text = [this](std::string& to) { return [this, &to](const Field& f) { to = fields_.string(f); }; };
    fields_.object(record,
                   {{"path", [&](const Field& f) { locked.module.path = read_path(fields_, f); }, true},
                    {"version", [&](const Field& f) { locked.module.version = read_version(fields_, f); }, true},
                    {"groups", [&](const Field& f) { locked.groups = fields_.strings(f); }},
                    {"sum", [&](const Field& f) { locked.sum = read_sum(f); }},
                    {"git", [&](const Field& f) { read_pin(f, locked.git); }},
                    {"archive", text(locked.archive)},
                    {"require", [&](const Field& f) { read_requirements(f, locked); }},
                    {"from", text(locked.from)},
                    {"modsum", [&](const Field& f) { locked.manifest_sum = read_sum(f); }},
                    {"submodules", [&](const Field& f) { read_submodules(f, locked); }},
                    {"omit", [&](const Field& f) { locked.omitted = fields_.strings(f); }},
                    {"strip", [&](const Field& f) { locked.is_unstripped = !fields_.boolean(f); }},
                    {"executables", text(locked.executables)},
                    {"overlay", text(locked.overlay)},
                    {"patches", [&](const Field& f) { locked.patches = fields_.strings(f); }}});
    return locked;
  }

 private:
  void read_record(const Field& record) {
    if (!has_header_) {
      has_header_ = true;
      return fields_.object(record, {{"lock", [this](const Field& f) { check_format(f); }, true}});
    }
    if (json::find(record.value, "root") != nullptr) return lock_.roots.push_back(read_root(record));
    add(read_module(record));
  }

  void check_format(const Field& field) {
    const std::string_view text = field.value.text;
    if (field.value.kind == json::Kind::kNumber && (text == "1" || text == "2")) return;
    fields_.problem(field, Code::kNotSupported, "this modtool reads locks of formats 1 and 2; a newer one wrote this");
  }

  void add(LockedModule locked) {
    const auto& module = locked.module;
    if (!locked.sum.empty()) lock_.checksums.add(module, locked.sum, locked.where);
    if (!locked.manifest_sum.empty()) {
      lock_.checksums.add(manifest::go_mod_key(module), locked.manifest_sum, locked.where);
    }
    lock_.modules.push_back(std::move(locked));
  }

  std::string read_sum(const Field& field) {
    std::string sum = fields_.string(field);
    if (field.value.is_string() && sum.find(':') == sum.npos) {
      fields_.problem(field, Code::kLockSyntax, "must be a hash: \"h1:…\"");
    }
    return sum;
  }

  void read_pin(const Field& field, manifest::GitPin& pin) {
    fields_.object(field, {{"ref", [&](const Field& f) { pin.ref = fields_.string(f); }},
                           {"commit", [&](const Field& f) { pin.commit = read_object_id(f); }, true},
                           {"tree", [&](const Field& f) { pin.tree = read_object_id(f); }, true}});
  }

  // "ignored:2", or a list of those that are included.
  void read_submodules(const Field& field, LockedModule& locked) {
    if (field.value.is_string()) return read_left_out(field, locked.submodules_left_out);
    fields_.elements(field, [&](const Field& element) {
      manifest::SubmodulePin pin;
      fields_.object(element, {{"path", [&](const Field& f) { pin.path = read_inside(fields_, f); }, true},
                               {"url", [&](const Field& f) { pin.url = fields_.string(f); }, true},
                               {"commit", [&](const Field& f) { pin.commit = read_object_id(f); }, true}});
      locked.submodules.push_back(std::move(pin));
    });
    std::ranges::sort(locked.submodules, {}, &manifest::SubmodulePin::path);
  }

  void read_left_out(const Field& field, std::size_t& count) {
    std::string_view text = field.value.text;
    const bool is_named = text.starts_with(kIgnored);
    if (is_named) text.remove_prefix(kIgnored.size());
    const auto [end, failure] = std::from_chars(text.begin(), text.end(), count);
    if (is_named && failure == std::errc() && end == text.end() && count > 0) return;
    fields_.problem(field, Code::kLockSyntax, "must be \"ignored:\" and a number, or a list");
  }

  std::string read_object_id(const Field& field) {
    std::string id = fields_.string(field);
    const bool is_hex =
        std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (field.value.is_string() && (!is_hex || (id.size() != 40 && id.size() != 64))) {
      fields_.problem(field, Code::kLockSyntax, "must be the id of a Git object");
    }
    return id;
  }

  void read_requirements(const Field& field, LockedModule& locked) {
    for (auto& required : read_required(fields_, field)) locked.require.push_back(std::move(required.module));
    std::ranges::sort(locked.require, module::module_less);
  }

  FieldReader& fields_;
  FieldPath all_;          // the list of records
  std::size_t count_ = 0;  // of them
  bool has_header_ = false;
  Lock lock_;
};

// --- writing

// Collects `"key":value` pairs, empty values left out.
class Record {
 public:
  Record& text(std::string_view key, const std::string& value) {
    return value.empty() ? *this : raw(key, json::string_literal(value));
  }
  Record& texts(std::string_view key, const std::vector<std::string>& values) {
    std::string list;
    for (const auto& value : values) list += (list.empty() ? "" : ",") + json::string_literal(value);
    return values.empty() ? *this : raw(key, "[" + list + "]");
  }
  Record& raw(std::string_view key, const std::string& value) {
    if (!text_.empty()) text_ += ',';
    text_.append(json::string_literal(key)).append(":").append(value);
    return *this;
  }
  std::string str() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

std::string format_requirements(const std::vector<module::ModuleVersion>& require) {
  Record record;
  for (const auto& [path, version] : require) record.text(path, version);
  return record.str();
}

std::string format_submodules(const std::vector<manifest::SubmodulePin>& pins) {
  std::string list;
  for (const auto& pin : pins) {
    list += list.empty() ? "" : ",";
    list += Record().text("path", pin.path).text("url", pin.url).text("commit", pin.commit).str();
  }
  return "[" + list + "]";
}

// One record, all of a text.
template <class T>
Result<T> parse_record(std::string_view text, T (LockReader::*read)(const Field&)) {
  MODTOOL_TRY(const auto value, json::parse(text, {}));
  FieldReader fields(text, {}, UnknownKeys::kRefuse);
  T record = (LockReader(fields).*read)({value});
  MODTOOL_CHECK(std::move(fields).result());
  return record;
}

}  // namespace

bool root_less(const LockedRoot& a, const LockedRoot& b) { return key_of(a) < key_of(b); }

Result<LockedRoot> parse_locked_root(std::string_view text) { return parse_record(text, &LockReader::read_root); }

Result<LockedModule> parse_locked_module(std::string_view text) { return parse_record(text, &LockReader::read_module); }

Result<Lock> parse_lock(std::string_view text, const std::string& file) {
  MODTOOL_CHECK(manifest::check_no_conflict(text, file));
  FieldReader fields(text, file, UnknownKeys::kRefuse);
  LockReader reader(fields, static_cast<std::size_t>(std::ranges::count(text, '\n')));
  MODTOOL_TRY(const auto document,
              json::parse_each(text, file, [&](const json::Value& record) { reader.read_record(record); }));
  reader.finish(document);
  reader.settle();
  MODTOOL_CHECK(std::move(fields).result());
  return reader.take();
}

std::string format_locked_root(const LockedRoot& root) {
  return Record()
      .text("root", root.module.path)
      .text("version", root.module.version)
      .text("group", root.group)
      .text("describe", root.description)
      .str();
}

std::string format_locked_module(const LockedModule& locked) {
  Record record;
  record.text("path", locked.module.path).text("version", locked.module.version).texts("groups", locked.groups);
  record.text("sum", locked.sum);
  if (!locked.git.commit.empty()) {
    record.raw(
        "git",
        Record().text("ref", locked.git.ref).text("commit", locked.git.commit).text("tree", locked.git.tree).str());
  }
  record.text("archive", locked.archive);
  if (!locked.require.empty()) record.raw("require", format_requirements(locked.require));
  record.text("from", locked.from).text("modsum", locked.manifest_sum);
  if (locked.submodules_left_out > 0) {
    record.text("submodules", fmt::format("{}{}", kIgnored, locked.submodules_left_out));
  }
  if (!locked.submodules.empty()) record.raw("submodules", format_submodules(locked.submodules));
  record.texts("omit", locked.omitted);
  if (locked.is_unstripped) record.raw("strip", "false");
  record.text("executables", locked.executables).text("overlay", locked.overlay).texts("patches", locked.patches);
  return record.str();
}

std::string format_lock(const Lock& lock) {
  const auto is_new = [](const LockedModule& locked) { return !locked.omitted.empty() || locked.is_unstripped; };
  std::string text(std::ranges::any_of(lock.modules, is_new) ? kLockHead2 : kLockHead);
  for (const auto* root : sorted(lock.roots, std::less(), key_of)) text += "," + format_locked_root(*root) + "\n";
  for (const auto* locked : sorted(lock.modules, module::module_less, module_of)) {
    text += "," + format_locked_module(*locked) + "\n";
  }
  return text.append(kLockTail);
}

}  // namespace modtool::native
