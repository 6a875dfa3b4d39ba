#include "core/source/cache_verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <string_view>

#include "core/base/text.hpp"
#include "core/module/hash.hpp"
#include "core/module/windows_names.hpp"
#include "core/source/directory_tree.hpp"
#include "core/source/module_store.hpp"
#include "core/source/zip_tree.hpp"

namespace modtool::source {
namespace {

using module::ModuleVersion;

using Problems = std::vector<Error>;

// The work that one module makes: two hashes at most.
struct Job {
  enum class Part { kZip, kTree };
  std::size_t module = 0;  // position in the list
  Part part = Part::kZip;
  std::string path;
  std::uint64_t size = 0;  // bytes of the zip: how long it may take
};

// What is there of one module, before anything large is read.
struct Subject {
  ModuleVersion module;
  std::string expected;  // hash; empty where there is nothing to compare with
  Problems problems;
};

Error problem(const ModuleVersion& module, Code code, std::string_view message) {
  return {.code = code, .message = fmt::format("{} {}: {}", module.path, module.version, message)};
}

class Verification {
 public:
  Verification(const CacheVerification& inputs, const std::vector<ModuleVersion>& modules)
      : inputs_(inputs), subjects_(modules.size()) {
    for (std::size_t i = 0; i < modules.size(); ++i) subjects_[i].module = modules[i];
  }

  Result<std::vector<CachedModule>> run() {
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      if (auto looked = look_at(i); !looked) note(subjects_[i], looked.error());
    }
    std::ranges::stable_sort(jobs_, std::ranges::greater(), &Job::size);
    std::vector<Problems> found(jobs_.size());
    std::atomic<std::size_t> done = 0;
    MODTOOL_CHECK(inputs_.pool.for_each(jobs_.size(), [&](std::size_t i) -> Result<void> {
      found[i] = compare(jobs_[i]);
      if (inputs_.progress) inputs_.progress(subjects_[jobs_[i].module].module, ++done, jobs_.size());
      return inputs_.pool.cancellation().check();  // which may be why something could not be hashed
    }));
    return collect(found);
  }

 private:
  Result<void> look_at(std::size_t position) {
    Subject& subject = subjects_[position];
    MODTOOL_TRY(const ModulePlaces places, places_of(inputs_.layout, subject.module));
    const auto zip = inputs_.files.stat(places.zip);
    const bool has_zip = zip.has_value();
    const bool has_tree = is_extracted(places);
    const auto recorded = inputs_.files.read(places.zip_hash);
    if (inputs_.checksums != nullptr) MODTOOL_CHECK(check_go_mod(subject));
    if (!recorded && !has_zip && !has_tree) return {};
    if (!recorded) return fail(Code::kCacheModified, "missing ziphash: " + to_line(recorded.error()));
    subject.expected = trim(*recorded);
    use_checksums(subject, places);
    if (has_zip) jobs_.push_back({position, Job::Part::kZip, places.zip, zip->size});
    if (has_tree) jobs_.push_back({position, Job::Part::kTree, places.tree, has_zip ? zip->size : 0});
    return {};
  }

  // Left-overs of an extraction that did not end are not looked at, and a tree without .ziphash is one.
  bool is_extracted(const ModulePlaces& places) const { return check_extracted(inputs_.files, places).has_value(); }

  // Takes the checksums' word for it, and compares the cache's own with it.
  void use_checksums(Subject& subject, const ModulePlaces& places) const {
    if (inputs_.checksums == nullptr) return;
    const auto hash = inputs_.checksums->h1(subject.module);
    if (hash.empty()) return;
    if (hash != subject.expected) {
      note(subject,
           {.code = Code::kCacheModified, .message = fmt::format("ziphash has been modified ({})", places.zip_hash)});
    }
    subject.expected = hash;
  }

  Result<void> check_go_mod(Subject& subject) const {
    MODTOOL_TRY(const std::string file, inputs_.layout.file(subject.module, "mod"));
    const auto expected = inputs_.checksums->h1(manifest::go_mod_key(subject.module));
    const auto text = inputs_.files.read(file);
    if (!text || expected.empty() || module::h1_of_go_mod(*text) == expected) return {};
    note(subject, {.code = Code::kCacheModified, .message = fmt::format("go.mod has been modified ({})", file)});
    return {};
  }

  Problems compare(const Job& job) const {
    const Subject& subject = subjects_[job.module];
    const bool is_zip = job.part == Job::Part::kZip;
    const auto hashed = is_zip ? hash_module_zip(inputs_.files, job.path, subject.module, inputs_.pool)
                               : hash_extracted_module(inputs_.files, job.path, subject.module, inputs_.pool);
    if (!hashed) return {problem(subject.module, hashed.error().code, to_line(hashed.error()))};
    const bool is_good =
        hashed->h1 == subject.expected || (!is_zip && is_but_for_directories(subject, hashed->preimage));
    if (is_good) return check_names(subject, hashed->preimage);
    return {problem(subject.module, Code::kCacheModified,
                    fmt::format("{} has been modified ({})", is_zip ? "zip" : "dir", job.path))};
  }

  // Whether an extracted tree lacks only the entries that its zip has for directories; the go command does not ask.
  bool is_but_for_directories(const Subject& subject, const module::Preimage& files) const {
    const auto places = places_of(inputs_.layout, subject.module);
    if (inputs_.checksums == nullptr || !places) return false;
    const auto whole = with_directory_entries(files, inputs_.files, places->zip, subject.module);
    return module::h1_of(whole, to_string(subject.module)) == subject.expected;
  }

  // The go command takes names as they are.
  Problems check_names(const Subject& subject, const module::Preimage& files) const {
    if (inputs_.checksums == nullptr) return {};
    const auto good = module::check_names_on_windows(files);
    if (good) return {};
    return {problem(subject.module, good.error().code, good.error().message)};
  }

  // In the order of the modules, and of each the zip before the tree.
  std::vector<CachedModule> collect(const std::vector<Problems>& found) {
    std::vector<CachedModule> modules(subjects_.size());
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      modules[i].module = subjects_[i].module;
      modules[i].problems = std::move(subjects_[i].problems);
    }
    for (const auto part : {Job::Part::kZip, Job::Part::kTree}) {
      for (std::size_t i = 0; i < jobs_.size(); ++i) {
        if (jobs_[i].part != part) continue;
        CachedModule& module = modules[jobs_[i].module];
        ++module.checked;
        module.problems.insert(module.problems.end(), found[i].begin(), found[i].end());
      }
    }
    return modules;
  }

  static void note(Subject& subject, const Error& error) {
    subject.problems.push_back(problem(subject.module, error.code, to_line(error)));
  }

  const CacheVerification& inputs_;
  std::vector<Subject> subjects_;
  std::vector<Job> jobs_;
};

}  // namespace

Result<std::vector<CachedModule>> verify_cache(const CacheVerification& verification,
                                               const std::vector<ModuleVersion>& modules) {
  return Verification(verification, modules).run();
}

}  // namespace modtool::source
