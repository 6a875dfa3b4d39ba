#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/render/error.hpp"
#include "core/base/json_writer.hpp"
#include "core/engine/caches.hpp"
#include "core/engine/each_project.hpp"

namespace modtool::cli {
namespace {

// "1.5 MB": powers of a thousand, as disks are sold.
std::string readable_size(std::uint64_t bytes) {
  constexpr double kStep = 1000;
  auto size = static_cast<double>(bytes);
  if (size < kStep) return fmt::format("{} B", bytes);
  for (const auto* unit : {"kB", "MB", "GB"}) {
    size /= kStep;
    if (size < kStep) return fmt::format("{:.1f} {}", size, unit);
  }
  return fmt::format("{:.1f} TB", size / kStep);
}

std::string render_caches(const std::vector<engine::CacheUsage>& caches) {
  std::string text;
  for (const auto& [name, path, files, bytes] : caches) {
    text += fmt::format("{:<10}{:>10}  {}\n", name, readable_size(bytes), path);
  }
  return text;
}

std::string render_caches_json(const std::vector<engine::CacheUsage>& caches) {
  json::Value list = json::array();
  for (const auto& [name, path, files, bytes] : caches) {
    append(list, json::object({{"name", name}, {"path", path}, {"files", files}, {"bytes", bytes}}));
  }
  return json::format_document(json::object({{"schema", 1}, {"caches", std::move(list)}}));
}

Action configure(FlagSet&) {
  return [](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto caches, engine::list_caches(session.context));
    session.console.print(session.global.json ? render_caches_json(caches) : render_caches(caches));
    return kSuccess;
  };
}

struct Flags {
  std::string older;
  engine::PruneOptions prune;
};

// Days, at least one: what a run that is under way uses, it began to use within the last day.
Result<std::chrono::days> parse_age(const std::string& text) {
  unsigned days = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, days);
  constexpr unsigned kMostDays = 36500;
  const bool is_age = failure == std::errc() && std::string_view(rest, end) == "d" && days <= kMostDays;
  if (is_age && days >= 1) return std::chrono::days(days);
  return fail(Code::kUsage,
              is_age && days == 0
                  ? "`--older` is at least 1d: what was used within the last day may be in use by a run that goes on"
                  : "`--older` is a number of days, as in `--older 90d`");
}

std::uint64_t total(const engine::PruneReport& report) {
  std::uint64_t bytes = 0;
  for (const auto& entry : report.entries) bytes += entry.bytes;
  return bytes;
}

std::string render_pruned_json(const engine::PruneReport& report, bool dry_run) {
  json::Value list = json::array();
  for (const auto& [cache, path, bytes] : report.entries) {
    append(list, json::object({{"cache", cache}, {"path", path}, {"bytes", bytes}}));
  }
  return json::format_document(
      json::object({{"schema", 1}, {"dry_run", dry_run}, {"entries", std::move(list)}, {"bytes", total(report)}}));
}

void tell(Session& session, const engine::PruneReport& report, bool dry_run) {
  if (session.global.json) return session.console.print(render_pruned_json(report, dry_run));
  for (const auto& [cache, path, bytes] : report.entries) {
    const std::string line = fmt::format("{} {} ({})", cache, path, readable_size(bytes));
    if (dry_run) session.console.print(line + "\n");
    if (!dry_run) session.console.say_verbose(line);
  }
  session.console.tell(fmt::format("{} {} entries, {}", dry_run ? "would remove" : "removed", report.entries.size(),
                                   readable_size(total(report))));
}

Result<int> prune(Session& session, Flags flags) {
  MODTOOL_TRY(const auto age, parse_age(flags.older));
  const auto since = std::chrono::system_clock::now() - age;
  flags.prune.since_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(since.time_since_epoch()).count();
  MODTOOL_TRY(const auto report, engine::prune_caches(session.context, flags.prune));
  tell(session, report, flags.prune.dry_run);
  if (report.failures.empty()) return kSuccess;
  return fail(engine::join_errors(report.failures));
}

Action configure_prune(FlagSet& set) {
  auto flags = std::make_shared<Flags>();
  set.add_option("--older", flags->older, "what no run has used for so many days: 90d").value("TIME").required();
  set.add_switch("--dry-run", flags->prune.dry_run, "only say what would be removed");
  set.add_switch(
      "--go", flags->prune.prunes_go,
      "Go's module cache, too: what was neither fetched nor read. Its locks are taken, and no go may run then");
  return [flags](Session& session) { return prune(session, *flags); };
}

}  // namespace

constinit const Command kCacheCommand = {
    .name = "cache",
    .group = "fetch",
    .summary = "say where the caches are and how large they are",
    .example = "modtool cache --json",
    .configure = configure,
};

constinit const Command kCachePruneCommand = {
    .name = "cache prune",
    .group = "fetch",
    .summary = "remove from modtool's own caches what no run has used for long",
    .example = "modtool cache prune --older 90d --dry-run",
    .configure = configure_prune,
};

}  // namespace modtool::cli
