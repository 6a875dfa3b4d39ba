#include "core/project/save_project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "core/base/text.hpp"

namespace modtool::project {
namespace {

constexpr std::string_view kJournal = ".modtool.journal";
constexpr std::string_view kHeader = "modtool journal v1\n";

// A file that changes with others.
struct FileChange {
  std::string name;                    // in the directory of the journal
  std::optional<std::int64_t> before;  // when the old file was written; nothing where there was none
  std::string text;
};

Result<std::optional<std::int64_t>> time_of(const io::FileReader& files, const std::string& path) {
  MODTOOL_TRY(const auto info, files.stat(path).if_there());
  return info ? std::optional(info->modified_ns) : std::nullopt;
}

// "<time or -> <bytes> <name>", and the bytes.
std::string format_journal(const std::vector<FileChange>& changes) {
  std::string text(kHeader);
  for (const auto& change : changes) {
    const std::string before = change.before ? std::to_string(*change.before) : "-";
    text += fmt::format("{} {} {}\n{}\n", before, change.text.size(), change.name, change.text);
  }
  return text;
}

template <class Number>
std::optional<Number> take_number(std::string_view& text, char end) {
  Number number{};
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto size = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc() || size == text.size() || *stop != end) return std::nullopt;
  text.remove_prefix(size + 1);
  return number;
}

std::optional<FileChange> take_change(std::string_view& text) {
  FileChange change;
  if (text.starts_with("- ")) {
    text.remove_prefix(2);
  } else if (change.before = take_number<std::int64_t>(text, ' '); !change.before) {
    return std::nullopt;
  }
  const auto size = take_number<std::size_t>(text, ' ');
  const auto end = text.find('\n');
  if (!size || end == text.npos || text.size() - end - 1 <= *size) return std::nullopt;
  change.name = text.substr(0, end);
  change.text = text.substr(end + 1, *size);
  text.remove_prefix(end + 1 + *size + 1);
  return change;
}

// Nothing where the text is no journal.
std::optional<std::vector<FileChange>> parse_journal(std::string_view text) {
  if (!text.starts_with(kHeader)) return std::nullopt;
  text.remove_prefix(kHeader.size());
  std::vector<FileChange> changes;
  while (!text.empty()) {
    auto change = take_change(text);
    if (!change) return std::nullopt;
    changes.push_back(std::move(*change));
  }
  return changes;
}

// Whether a file is still the old one, or already the new one. The time of a file that came with a checkout, or that
// somebody has written since, is another.
Result<bool> fits(const io::FileReader& files, const std::string& directory, const FileChange& change) {
  const std::string path = io::join_path(directory, change.name);
  MODTOOL_TRY(const auto now, files.read(path).if_there());
  if (now == change.text) return true;
  MODTOOL_TRY(const auto time, time_of(files, path));
  return time == change.before;
}

Result<void> write_changes(io::FileSystem& files, const std::string& directory,
                           const std::vector<FileChange>& changes) {
  for (const auto& change : changes) {
    const std::string path = io::join_path(directory, change.name);
    MODTOOL_TRY(const auto now, files.read(path).if_there());
    if (now != change.text) MODTOOL_CHECK(files.write_atomic(path, change.text));
  }
  return {};
}

Result<void> put_back(io::FileSystem& files, const std::string& path, const std::optional<std::string>& before) {
  MODTOOL_TRY(const auto now, files.read(path).if_there());
  if (now == before) return {};
  return before ? files.write_atomic(path, *before) : files.remove_all(path);
}

}  // namespace

Result<void> save_project(io::FileSystem& files, const Project& project, const std::string& manifest,
                          const std::string& lock) {
  MODTOOL_TRY(const auto lock_time, time_of(files, project.lock_path));
  MODTOOL_TRY(const auto manifest_time, time_of(files, project.manifest_path));
  MODTOOL_TRY(const auto old_lock, files.read(project.lock_path).if_there());
  std::vector<FileChange> changes;
  if (old_lock != lock) changes.push_back({io::base_name(project.lock_path), lock_time, lock});
  if (project.manifest_text != manifest) {
    changes.push_back({io::base_name(project.manifest_path), manifest_time, manifest});
  }
  const std::string directory = io::directory_of(project.manifest_path);
  if (changes.size() < 2) return write_changes(files, directory, changes);
  const std::string journal = io::join_path(directory, kJournal);
  MODTOOL_CHECK(files.write_atomic(journal, format_journal(changes)));
  auto written = write_changes(files, directory, changes);
  // The first error is the one to tell. What cannot be taken back now, the next run completes.
  if (written || put_back(files, project.lock_path, old_lock)) static_cast<void>(files.remove_all(journal));
  return written;
}

Result<void> complete_save(io::FileSystem& files, const Cancellation& cancellation, const ProjectRoot& root) {
  const std::string journal = io::join_path(root.directory, kJournal);
  MODTOOL_TRY(const auto there, files.lstat(journal).if_there());
  if (!there) return {};
  MODTOOL_TRY(const auto held, files.lock_if_possible(root.directory, cancellation));
  MODTOOL_TRY(const auto text, files.read(journal).if_there());
  if (!text) return {};
  const auto changes = parse_journal(*text).value_or(std::vector<FileChange>());
  bool all_fit = true;
  for (const auto& change : changes) {
    const bool is_ours = std::ranges::any_of(root.rows, [&](const DialectRow& row) {
      return change.name == row.dialect->manifest_name() || change.name == row.dialect->lock_name();
    });
    MODTOOL_TRY(const bool is_known, is_ours ? fits(files, root.directory, change) : Result<bool>(false));
    all_fit = all_fit && is_known;
  }
  if (all_fit) MODTOOL_CHECK(write_changes(files, root.directory, changes));
  return files.remove_all(journal);
}

}  // namespace modtool::project
