#include "core/source/entry_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/name_collisions.hpp"
#include "core/module/path.hpp"

namespace modtool::source {
namespace {

using module::TreeFile;

// github.com/git-lfs/git-lfs/blob/main/docs/spec.md: a pointer is shorter than 1024 bytes and starts like this.
constexpr std::string_view kLfsStart = "version https://git-lfs.github.com/spec/";
constexpr std::uint64_t kMaxLfsPointer = 1023;

constexpr std::string_view kWayOut = "; `\"omit\": [\"its name\"]` in the module's description leaves a file out";

// LICENSE, COPYING.LIB, licence-mit.txt; not license_check.c.
bool is_licence(std::string_view name) {
  constexpr std::string_view kNames[] = {"copying", "copyright", "licence",  "license",
                                         "notice",  "patents",   "unlicense"};
  constexpr std::string_view kCode[] = {".c", ".cc", ".cmake", ".cpp", ".cxx", ".h", ".hpp", ".in", ".py", ".sh"};
  const std::string base = to_lower(name.substr(name.rfind('/') + 1));  // npos + 1 is 0
  const bool is_code = std::ranges::any_of(kCode, [&](std::string_view ending) { return base.ends_with(ending); });
  return !is_code && std::ranges::find(kNames, base.substr(0, base.find_first_of("-._"))) != std::end(kNames);
}

class ContentTree final : public module::ModuleTree {
 public:
  ContentTree(std::shared_ptr<const TreeContents> contents, std::vector<TreeFile> list,
              std::vector<std::size_t> numbers)
      : contents_(std::move(contents)), list_(std::move(list)), numbers_(std::move(numbers)) {}

  const std::vector<TreeFile>& list() const override { return list_; }

  Result<std::string> read(std::string_view name) const override {
    const TreeFile* const file = find_file(*this, name);
    if (file == nullptr) return fail(Code::kFileNotFound, fmt::format("no file `{}` in the tree", name));
    return contents_->read(numbers_[static_cast<std::size_t>(file - list_.data())]);
  }

 private:
  std::shared_ptr<const TreeContents> contents_;
  std::vector<TreeFile> list_;
  std::vector<std::size_t> numbers_;  // of the content of each file of the list
};

class TreeMaker {
 public:
  explicit TreeMaker(EntryTreeInputs inputs) : inputs_(std::move(inputs)), problems_(std::move(inputs_.problems)) {}

  Result<EntryTree> run() && {
    for (const auto& omitted : inputs_.omit) check_omitted(without_slash(omitted));
    for (const auto& [name, entry] : inputs_.entries) MODTOOL_CHECK(add(name, entry));
    MODTOOL_CHECK(add_license());
    MODTOOL_CHECK(check_problems());
    return finish();
  }

 private:
  static std::string_view without_slash(std::string_view name) {
    while (name.ends_with('/')) name.remove_suffix(1);
    return name;
  }

  // A directory is omitted with all that is in it.
  bool is_omitted(std::string_view name) const {
    return std::ranges::any_of(
        inputs_.omit, [name](std::string_view omitted) { return has_path_prefix(name, without_slash(omitted)); });
  }

  // What a module is, and on which terms, is not for its users to leave out.
  void check_omitted(std::string_view name) {
    const auto problem = [&](std::string_view what) {
      refuse(Code::kManifestField, fmt::format("\"omit\" names {}, {}", quote(name), what));
    };
    const auto found = inputs_.entries.find(std::string(name));
    if (found == inputs_.entries.end()) return problem("and there is no such file or directory in the module");
    if (found->second.kind == EntryKind::kDirectory) return;
    if (is_licence(name)) problem("which is a licence");
    if (name == inputs_.manifest_name) problem("which is the module's own manifest");
  }

  Result<void> add(const std::string& name, const TreeEntry& entry) {
    if (is_omitted(name)) {
      if (entry.kind != EntryKind::kDirectory) omitted_.push_back(name);
      return {};
    }
    if (entry.kind == EntryKind::kSymlink) return add_link(name, entry.target);
    if (is_file(entry.kind)) return add_file(name, entry);
    check_name(name, true);
    return {};
  }

  Result<void> add_link(const std::string& name, const std::string& target) {
    MODTOOL_TRY(const auto end, links_.follow(name));
    const auto found = end ? inputs_.entries.find(*end) : inputs_.entries.end();
    const bool is_directory = end && (end->empty() || found->second.kind == EntryKind::kDirectory);
    if (end && !is_directory) return add_file(name, found->second);
    if (is_directory || inputs_.symlinks == manifest::Symlinks::kIgnore) {
      links_left_out_.push_back(fmt::format("{} -> {}", make_printable_line(name), make_printable_line(target)));
    } else {
      refuse(Code::kGitLink,
             fmt::format("{}: a symbolic link to {}, which is no file of the module", quote(name), quote(target)));
    }
    return {};
  }

  Result<void> add_file(std::string_view name, const TreeEntry& entry) {
    check_name(name, false);
    MODTOOL_TRY(const auto size, inputs_.contents->size(entry.content));
    total_ += std::min(size, kMaxTreeBytes);
    if (total_ > kMaxTreeBytes) return fail(Code::kTooLarge, fmt::format("more than {} bytes in all", kMaxTreeBytes));
    MODTOOL_TRY(const bool is_pointer, is_lfs_pointer(entry.content, size));
    if (is_pointer && !inputs_.lfs)
      refuse(Code::kGitLfs, fmt::format("{}: a pointer of Git LFS, not the file", quote(name)));
    files_.push_back({{std::string(name), size, entry.kind == EntryKind::kExecutable}, entry.content});
    return {};
  }

  Result<void> add_license() {
    if (!inputs_.license) return {};
    const bool has_own = std::ranges::any_of(files_, [](const File& file) { return file.listed.name == kLicenseName; });
    return has_own ? Result<void>() : add_file(kLicenseName, *inputs_.license);
  }

  Result<bool> is_lfs_pointer(std::size_t content, std::uint64_t size) const {
    if (size < kLfsStart.size() || size > kMaxLfsPointer) return false;
    MODTOOL_TRY(const auto bytes, inputs_.contents->read(content));
    return bytes.starts_with(kLfsStart);
  }

  void check_name(std::string_view name, bool is_directory) {
    if (auto checked = module::check_file_path(name); !checked) {
      problems_.push_back(std::move(checked).error());
    } else if (const auto reason = collisions_.add(name, is_directory)) {
      refuse(Code::kBadFileName, *reason);
    }
  }

  void refuse(Code code, std::string message) { problems_.push_back({.code = code, .message = std::move(message)}); }

  Result<void> check_problems() {
    if (problems_.empty()) return {};
    if (problems_.size() == 1) return fail(with_way_out(std::move(problems_.front())));
    Error all{.code = problems_.front().code,
              .message = fmt::format("{} entries of its sources cannot be part of a module", problems_.size())};
    for (auto& problem : problems_) all.problems.push_back(with_way_out(std::move(problem)));
    return fail(std::move(all));
  }

  static Error with_way_out(Error problem) {
    if (problem.code == Code::kBadFileName) problem.message += kWayOut;
    return problem;
  }

  EntryTree finish() {
    std::ranges::sort(files_, {}, [](const File& file) -> const std::string& { return file.listed.name; });
    std::vector<TreeFile> list;
    std::vector<std::size_t> numbers;
    for (auto& file : files_) {
      list.push_back(std::move(file.listed));
      numbers.push_back(file.content);
    }
    return {std::make_shared<ContentTree>(std::move(inputs_.contents), std::move(list), std::move(numbers)),
            std::move(links_left_out_), std::move(omitted_)};
  }

  struct File {
    TreeFile listed;
    std::size_t content;
  };

  EntryTreeInputs inputs_;
  LinkFollower links_{inputs_.entries};
  module::NameCollisions collisions_;
  std::vector<File> files_;
  std::vector<std::string> links_left_out_;
  std::vector<std::string> omitted_;
  std::vector<Error> problems_;
  std::uint64_t total_ = 0;
};

}  // namespace

Result<EntryTree> make_entry_tree(EntryTreeInputs inputs) { return TreeMaker(std::move(inputs)).run(); }

}  // namespace modtool::source
