// The checks that look at this machine: certificates, caches, and the clock.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.hpp"
#include "core/engine/doctor_checks.hpp"
#include "core/io/certificate_validity.hpp"
#include "core/io/certificates.hpp"
#include "core/io/place.hpp"

namespace modtool::engine {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::uint64_t kFewBytes = 100'000'000;

// A cache, and the variable that puts it elsewhere.
struct Cache {
  std::string_view name;
  std::string directory;
  std::string_view variable;
  std::vector<std::string> inner = {};  // directories in it that are written to
  std::string lock = {};                // a lock file that is there; empty: none is known
};

// The first lock in these directories.
std::string find_lock(const io::FileReader& files, const std::vector<std::string>& directories) {
  for (const auto& directory : directories) {
    const auto entries = files.list(directory).or_nothing().value_or(std::vector<io::DirectoryEntry>());
    const auto lock = std::ranges::find_if(entries, [](const auto& entry) { return entry.name.ends_with(".lock"); });
    if (lock != entries.end()) return io::join_path(directory, lock->name);
  }
  return {};
}

Cache go_cache(const Context& context) {
  Cache cache{.name = "go", .directory = context.settings.module_cache, .variable = "GOMODCACHE"};
  if (cache.directory.empty()) return cache;
  cache.inner = {io::join_path(cache.directory, "cache"), io::join_path(cache.directory, "cache/download")};
  const std::string lock = io::join_path(cache.directory, "cache/lock");
  if (context.files.stat(lock).or_nothing()) cache.lock = lock;
  return cache;
}

Cache own_cache(const Context& context) {
  const auto& settings = context.settings;
  Cache cache{.name = "modtool", .directory = {}, .variable = "XDG_CACHE_HOME"};
  if (settings.index_path.empty()) return cache;
  cache.directory = io::directory_of(settings.index_path);
  cache.inner = {settings.git_cache, settings.archive_cache, settings.tree_store};
  cache.lock = find_lock(context.files, cache.inner);
  return cache;
}

Observation without_place(const Cache& cache) {
  const auto* const givers = cache.variable == "GOMODCACHE" ? "GOMODCACHE, GOPATH or HOME" : "XDG_CACHE_HOME or HOME";
  return warning(Code::kBadSetting, fmt::format("{}: there is no place for it; {} gives one", cache.name, givers));
}

Fix elsewhere(const Cache& cache, const std::string& temporary) {
  return Fix::command({"export", fmt::format("{}={}", cache.variable, io::join_path(temporary, "cache"))});
}

// Whoever ran something as another user has files that this one cannot change: below a directory of its own.
Fix owner_fix(const Cache& cache, const std::string& temporary) {
  if (io::owner_of(io::directory_of(cache.directory)) != io::current_user()) return elsewhere(cache, temporary);
  return Fix::command({"sudo", "chown", "-R", std::to_string(io::current_user()), cache.directory});
}

// Only a directory of the cache itself may be changed.
Fix place_fix(const Cache& cache, const io::Place& place, const std::string& temporary) {
  if (!place.is_there || place.is_read_only) return elsewhere(cache, temporary);
  return place.owner == io::current_user() ? Fix::command({"chmod", "u+rwx", place.nearest})
                                           : owner_fix(cache, temporary);
}

Observation unwritable(const Cache& cache, const io::Place& place, const std::string& temporary) {
  const auto* const why = place.is_read_only ? "is on a file system that is read-only" : "cannot be written to";
  const std::string where = place.is_there ? "" : fmt::format("{} is not there, and ", cache.directory);
  return problem(Code::kPermission, fmt::format("{}: {}{} {}", cache.name, where, place.nearest, why))
      .with(place_fix(cache, place, temporary));
}

Fix lock_fix(const Cache& cache, const std::string& temporary) {
  const bool is_own = io::owner_of(cache.lock) == io::current_user();
  return is_own ? Fix::command({"chmod", "u+w", cache.lock}) : owner_fix(cache, temporary);
}

std::optional<Observation> look_at_lock(const Cache& cache, const std::string& temporary) {
  if (cache.lock.empty()) return std::nullopt;
  const auto probe = io::probe_lock(cache.lock);
  if (!probe) {
    auto seen = problem(Error(probe.error()).in(std::string(cache.name) + ": its lock cannot be taken"));
    if (*seen.code == Code::kPermission) seen.fix = lock_fix(cache, temporary);
    return seen;
  }
  if (*probe != io::LockProbe::kNoLocks) return std::nullopt;
  return warning(Code::kNotSupported, fmt::format("{}: the file system of {} knows no locks, so that two runs may do "
                                                  "the same work",
                                                  cache.name, cache.directory));
}

Observation in_the_way(const Cache& cache, const Error& error, const std::string& temporary) {
  auto seen = problem(Error(error).in(std::string(cache.name)));
  if (error.code == Code::kNotADirectory) seen.fix = elsewhere(cache, temporary);
  return seen;
}

Observation look_at_cache(const Cache& cache, const std::string& temporary) {
  if (cache.directory.empty()) return without_place(cache);
  const auto place = io::look_at_place(cache.directory);
  if (!place) return in_the_way(cache, place.error(), temporary);
  if (!place->can_write) return unwritable(cache, *place, temporary);
  for (const auto& directory : cache.inner) {
    const auto inner = io::look_at_place(directory);
    if (!inner) return in_the_way(cache, inner.error(), temporary);
    if (!inner->can_write) return unwritable(cache, *inner, temporary);
  }
  if (auto lock = look_at_lock(cache, temporary)) return *std::move(lock);
  if (place->free_bytes < kFewBytes) {
    return warning(Code::kDiskFull, fmt::format("{}: little room is left at {}", cache.name, place->nearest))
        .with(Fix::modtool("cache prune", {"--older", "30d"}));
  }
  return fine(fmt::format("{}: {}{}", cache.name, cache.directory, place->is_there ? "" : ", which can be made"));
}

io::HttpAuthorities authorities_of(const Settings& settings) {
  return {.file = settings.git_network.ca_file, .directories = settings.git_network.ca_directory};
}

// What is named and not there vouches for nobody; of directories that is no harm where another certificate is.
void look_at_named_certificates(const Context& context, std::vector<Observation>& seen) {
  const auto authorities = authorities_of(context.settings);
  if (!authorities.file.empty()) {
    const auto text = context.files.read(authorities.file).required();
    const Grade grade = authorities.directories.empty() ? Grade::kProblem : Grade::kWarning;
    if (!text) seen.push_back(observe(grade, Error(text.error()).in("SSL_CERT_FILE")).of("SSL_CERT_FILE"));
  }
  for (const auto directory : split(authorities.directories, ':')) {
    if (directory.empty()) continue;
    const auto entries = context.files.list(std::string(directory)).required();
    if (!entries) seen.push_back(warning(Error(entries.error()).in("SSL_CERT_DIR")).of("SSL_CERT_DIR"));
  }
}

std::string place_of_certificates(const Context& context) {
  const auto authorities = authorities_of(context.settings);
  const std::string file = io::certificate_file(context.files, authorities);
  return authorities.directories.empty() ? file
         : file.empty()                  ? authorities.directories
                                         : file + " and " + authorities.directories;
}

Observation look_at_validities(const Context& context, sys_seconds now) {
  const auto authorities = authorities_of(context.settings);
  const auto found = io::parse_certificate_validities(io::read_certificates(context.files, authorities));
  const std::string place = place_of_certificates(context);
  if (place.empty()) {
    return problem(Code::kCertificate,
                   "this system has no certificates of authorities, so that no https server is trusted")
        .with(Fix::command({"sudo", "apt-get", "install", "ca-certificates"}));
  }
  if (found.empty()) {
    auto seen = problem(Code::kCertificate, "there are no certificates in " + place);
    const bool is_named = !authorities.file.empty() || !authorities.directories.empty();
    if (is_named) seen.setting = authorities.file.empty() ? "SSL_CERT_DIR" : "SSL_CERT_FILE";
    return seen;
  }
  const auto valid = std::ranges::count_if(found, [&](const auto& each) { return each.holds_at(now); });
  if (valid == 0) {
    return problem(Code::kCertificate,
                   fmt::format("none of the {} certificates in {} is valid now, by the clock of this machine",
                               found.size(), place));
  }
  return fine(fmt::format("{} of {} certificates in {} are valid", valid, found.size(), place));
}

std::string describe_span(seconds span) {
  using std::chrono::duration_cast;
  if (span >= std::chrono::days(2)) return fmt::format("{} days", duration_cast<std::chrono::days>(span).count());
  if (span >= std::chrono::hours(2)) return fmt::format("{} hours", duration_cast<std::chrono::hours>(span).count());
  return fmt::format("{} minutes", duration_cast<std::chrono::minutes>(span).count());
}

Fix clock_fix() { return Fix::command({"sudo", "timedatectl", "set-ntp", "true"}); }

// Files that somebody has written here, and so not later than now.
std::vector<std::string> dated_files(const Patient& patient) {
  const auto& settings = patient.context.settings;
  std::vector<std::string> files = {io::certificate_file(patient.context.files, authorities_of(settings)),
                                    settings.git_network.netrc, settings.index_path, settings.git_cache,
                                    settings.archive_cache};
  if (!settings.module_cache.empty()) files.push_back(io::join_path(settings.module_cache, "cache/download"));
  for (const auto& side : patient.sides) {
    if (side.project() == nullptr) continue;
    files.push_back(side.project()->manifest_path);
    files.push_back(side.project()->lock_path);
  }
  return files;
}

}  // namespace

std::vector<Observation> check_certificates(Patient& patient) {
  std::vector<Observation> seen;
  look_at_named_certificates(patient.context, seen);
  const bool is_told = std::ranges::any_of(seen, [](const auto& each) { return each.grade == Grade::kProblem; });
  if (!is_told) seen.push_back(look_at_validities(patient.context, patient.options.now));
  return seen;
}

std::vector<Observation> check_caches(Patient& patient) {
  std::vector<Observation> seen;
  for (const auto& cache : {go_cache(patient.context), own_cache(patient.context)}) {
    seen.push_back(look_at_cache(cache, patient.context.settings.temp_directory));
  }
  return seen;
}

std::vector<Observation> check_clock(Patient& patient) {
  constexpr std::chrono::hours kSlack{1};  // of file systems of other machines
  std::string newest;
  sys_seconds latest{};
  for (const auto& file : dated_files(patient)) {
    const auto info = file.empty() ? std::nullopt : patient.context.files.stat(file).or_nothing();
    if (!info) continue;
    const sys_seconds written{std::chrono::duration_cast<seconds>(std::chrono::nanoseconds(info->modified_ns))};
    if (written <= latest) continue;
    latest = written;
    newest = file;
  }
  if (latest <= patient.options.now + kSlack) return {fine("no file at hand is newer than now")};
  return {warning(Code::kBadSetting, fmt::format("the clock is {} behind the time of {}",
                                                 describe_span(latest - patient.options.now), newest))
              .with(clock_fix())};
}

void add_drift(sys_seconds here, sys_seconds there, const std::string& whose, std::vector<Observation>& seen) {
  constexpr std::chrono::minutes kSlack{5};
  const seconds drift = here > there ? here - there : there - here;
  if (drift <= kSlack) return;
  seen.push_back(warning(Code::kBadSetting, fmt::format("the clock is {} {} that of {}", describe_span(drift),
                                                        here > there ? "ahead of" : "behind", whose))
                     .with(clock_fix()));
}

}  // namespace modtool::engine
