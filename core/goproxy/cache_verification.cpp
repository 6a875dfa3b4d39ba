#include "core/goproxy/cache_verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/base/text.hpp"
#include "core/goproxy/module_store.hpp"
#include "core/goproxy/zip_tree.hpp"
#include "core/module/hash.hpp"
#include "core/module/windows_names.hpp"
#include "core/source/directory_tree.hpp"

namespace modtool::goproxy {
namespace {

using module::ModuleVersion;

using Problems = std::vector<Error>;

// The copies of a module, in Go's words.
constexpr std::string_view kZip = "zip";
constexpr std::string_view kTree = "dir";

// The work that one module makes: its zip and its extracted tree, where they are there.
struct Job {
  std::size_t module = 0;  // position in the list
  std::string zip;         // path; empty where there is none
  std::string tree;        // the same
  std::uint64_t size = 0;  // bytes of the zip: how long it may take
};

// What a copy of a module holds, and what that hashes to.
struct Hashed {
  module::Preimage files;
  std::string h1;
};

struct Copies {
  Result<Hashed> zip;
  Result<Hashed> tree;
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
    const Task hashing = inputs_.reporter.begin({.verb = inputs_.verb, .total = jobs_.size()});
    MODTOOL_CHECK(inputs_.pool.for_each(jobs_.size(), [&](std::size_t i) -> Result<void> {
      const Task step = hashing.step(to_string(subjects_[jobs_[i].module].module));
      found[i] = compare(jobs_[i]);
      return inputs_.pool.cancellation().check();  // which may be why something could not be hashed
    }));
    return collect(found);
  }

 private:
  Result<void> look_at(std::size_t position) {
    Subject& subject = subjects_[position];
    MODTOOL_TRY(const ModulePlaces places, places_of(inputs_.layout, subject.module));
    MODTOOL_TRY(const auto zip, inputs_.files.stat(places.zip).if_there());
    // Left-overs of an extraction that did not end are not looked at, and a tree without .ziphash is one.
    MODTOOL_TRY(const bool has_tree, is_extracted(inputs_.files, places));
    const auto recorded = inputs_.files.read(places.zip_hash).required();
    if (inputs_.checksums != nullptr) MODTOOL_CHECK(check_go_mod(subject));
    if (!recorded && !zip && io::is_absence(recorded.error())) return {};
    if (!recorded) return fail(Code::kCacheModified, "missing ziphash: " + to_line(recorded.error()));
    subject.expected = trim(*recorded);
    use_checksums(subject, places);
    jobs_.push_back({.module = position,
                     .zip = zip ? places.zip : "",
                     .tree = has_tree ? places.tree : "",
                     .size = zip ? zip->size : 0});
    return {};
  }

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
    MODTOOL_TRY(const auto text, inputs_.files.read(file).if_there());
    if (!text || expected.empty() || module::h1_of_go_mod(*text) == expected) return {};
    note(subject, {.code = Code::kCacheModified, .message = fmt::format("go.mod has been modified ({})", file)});
    return {};
  }

  Problems compare(const Job& job) const {
    const Subject& subject = subjects_[job.module];
    const auto copies = hash_copies(job, subject.module);
    Problems problems;
    if (!job.zip.empty()) judge(subject, copies.zip, kZip, job.zip, problems);
    if (!job.tree.empty()) judge(subject, copies.tree, kTree, job.tree, problems);
    return problems;
  }

  void judge(const Subject& subject, const Result<Hashed>& hashed, std::string_view what, const std::string& path,
             Problems& problems) const {
    if (!hashed) {
      problems.push_back(problem(subject.module, hashed.error().code, to_line(hashed.error())));
    } else if (hashed->h1 == subject.expected || (what == kTree && is_but_for_directories(subject, hashed->files))) {
      check_names(subject, hashed->files, problems);
    } else {
      problems.push_back(
          problem(subject.module, Code::kCacheModified, fmt::format("{} has been modified ({})", what, path)));
    }
  }

  Copies hash_copies(const Job& job, const ModuleVersion& module) const {
    if (!job.zip.empty() && !job.tree.empty()) {
      if (auto copies = hash_together(job, module)) return std::move(*copies);
    }
    // Each by itself, so that each has its own error.
    const auto without_tree = [](Result<source::HashedTree> hashed) -> Result<Hashed> {
      if (!hashed) return fail(std::move(hashed).error());
      return Hashed{.files = std::move(hashed->preimage), .h1 = std::move(hashed->h1)};
    };
    Copies copies;
    if (!job.zip.empty()) copies.zip = without_tree(hash_module_zip(inputs_.files, job.zip, module, inputs_.pool));
    if (!job.tree.empty()) {
      copies.tree = without_tree(source::hash_extracted_module(inputs_.files, job.tree, module, inputs_.pool));
    }
    return copies;
  }

  Result<Copies> hash_together(const Job& job, const ModuleVersion& module) const {
    MODTOOL_TRY(ModuleZip zip, open_module_zip(inputs_.files, job.zip, module));
    MODTOOL_TRY(const auto tree, source::open_directory_tree(inputs_.files, job.tree, {}));
    MODTOOL_TRY(auto preimages, module::hash_twins(*zip.tree, *tree, inputs_.pool));
    source::HashedTree zipped = with_hashes(std::move(zip), std::move(preimages.first), module);
    std::string tree_hash = module::h1_of(preimages.second, to_string(module));
    return Copies{.zip = Hashed{.files = std::move(zipped.preimage), .h1 = std::move(zipped.h1)},
                  .tree = Hashed{.files = std::move(preimages.second), .h1 = std::move(tree_hash)}};
  }

  // Whether an extracted tree lacks only the entries that its zip has for directories; the go command does not ask.
  bool is_but_for_directories(const Subject& subject, const module::Preimage& files) const {
    const auto places = places_of(inputs_.layout, subject.module);
    if (inputs_.checksums == nullptr || !places) return false;
    const auto whole = with_directory_entries(files, inputs_.files, places->zip, subject.module);
    return module::h1_of(whole, to_string(subject.module)) == subject.expected;
  }

  // The go command takes names as they are.
  void check_names(const Subject& subject, const module::Preimage& files, Problems& problems) const {
    if (inputs_.checksums == nullptr) return;
    if (const auto good = module::check_names_on_windows(files); !good) {
      problems.push_back(problem(subject.module, good.error().code, good.error().message));
    }
  }

  // In the order of the modules, and of each the zip before the tree.
  std::vector<CachedModule> collect(const std::vector<Problems>& found) {
    std::vector<CachedModule> modules(subjects_.size());
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      modules[i].module = subjects_[i].module;
      modules[i].problems = std::move(subjects_[i].problems);
    }
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      CachedModule& module = modules[jobs_[i].module];
      module.checked = std::size_t{!jobs_[i].zip.empty()} + std::size_t{!jobs_[i].tree.empty()};
      module.problems.insert(module.problems.end(), found[i].begin(), found[i].end());
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

}  // namespace modtool::goproxy
