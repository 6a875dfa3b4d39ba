#include "core/git/git_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/git/git_location.hpp"
#include "core/git/git_moved.hpp"
#include "core/git/git_pseudo_version.hpp"
#include "core/git/git_submodules.hpp"
#include "core/git/version_tags.hpp"
#include "core/module/semver.hpp"
#include "core/module/zip_rules.hpp"
#include "core/source/entry_tree.hpp"
#include "core/source/once_per_key.hpp"

namespace modtool::git {
namespace {

using manifest::GitPin;
using module::ModuleVersion;
using RepositoryPtr = std::shared_ptr<const GitRepository>;

// A path, and where it leads.
struct PathPlace {
  const manifest::Description* description = nullptr;
  GitLocation location;
  std::shared_ptr<GitOrigin> origin;
};

// A commit that a module version stands for.
struct Found {
  RepositoryPtr repository;
  std::string ref;  // empty for a pseudo-version
  GitId id;
  GitCommit commit;
};

const GitRef* find_ref(const std::vector<GitRef>& refs, const std::string& name) {
  const auto found = std::ranges::find(refs, name, &GitRef::name);
  return found == refs.end() ? nullptr : &*found;
}

class GitSourceImpl final : public GitSource {
 public:
  explicit GitSourceImpl(GitSourceOptions options) : options_(std::move(options)) {}

  Result<std::vector<std::string>> versions(const std::string& path) override {
    MODTOOL_TRY(const auto tags, tags_of(path));
    return tags->versions();
  }

  Result<source::VersionInfo> stat(const std::string& path, const std::string& query) override {
    MODTOOL_CHECK(check_git_revision(query));
    if (query == "latest") return latest(path);
    if (module::canonical_version(query) == query) return info_of({path, query});
    if (module::is_valid_version(query)) return fail(Code::kUnknownVersion, query + " is no whole version");
    MODTOOL_TRY(const auto version, version_of_revision(path, query));
    return info_of({path, version});
  }

  Result<std::string> manifest(const ModuleVersion& module) override {
    MODTOOL_TRY(const auto place, place_of(module.path));
    MODTOOL_TRY(const auto found, find(module));
    const std::string& directory = place.location.subdirectory;
    const std::string name = directory.empty() ? options_.manifest_name : directory + "/" + options_.manifest_name;
    auto bytes = read_git_blob(*found.repository, found.commit.tree, name, module::kMaxGoMod);
    if (bytes || bytes.error().code != Code::kFileNotFound) return bytes;
    return options_.synthesise(module);
  }

  Result<std::shared_ptr<const module::ModuleTree>> tree(const ModuleVersion& module) override {
    MODTOOL_TRY(auto tree, git_tree(module));
    return std::move(tree.files);
  }

  Result<source::FoundModule> find_module(const ModuleVersion& module) override {
    source::FoundModule found;
    MODTOOL_TRY(found.git, pin(module));
    MODTOOL_TRY(auto tree, git_tree(module));
    found.submodules = std::move(tree.submodules);
    found.submodules_left_out = tree.submodules_left_out;
    found.links_left_out = std::move(tree.links_left_out);
    found.omitted = std::move(tree.omitted);
    found.files = std::move(tree.files);
    return found;
  }

  Result<GitPin> pin(const ModuleVersion& module) override {
    MODTOOL_TRY(const auto found, find(module));
    return GitPin{found.ref, to_string(found.id), to_string(found.commit.tree)};
  }

  // A pseudo-version names its commit itself.
  Result<void> check_upstream(const ModuleVersion& module) override {
    const auto* const locked = options_.locked(module);
    if (locked == nullptr || locked->git.ref.empty()) return {};
    const GitPin& pin = locked->git;
    MODTOOL_TRY(const auto place, place_of(module.path));
    MODTOOL_TRY(const auto refs, refs_of(place));
    const GitRef* const now = find_ref(*refs, pin.ref);
    if (now == nullptr) return fail(Code::kCommitGone, pin.ref + " is gone from " + place.location.url.shown());
    if (to_string(now->commit) == pin.commit) return {};
    MODTOOL_TRY(const auto repository, place.origin->fetch(*now));
    return fail(moved_error(*repository, pin, now->commit));
  }

  Result<std::int64_t> time(const ModuleVersion& module) override {
    MODTOOL_TRY(const auto found, find(module));
    return found.commit.time;
  }

  Result<std::string> identity(const std::string& path) override {
    MODTOOL_TRY(const auto location, locate(path, options_.describe(path)));
    return location.url.identity() + "//" + location.subdirectory;
  }

 private:
  Result<GitLocation> locate(const std::string& path, const manifest::Description* description) const {
    MODTOOL_TRY(const GitConfig* const config, options_.config());
    auto location = locate_git_module(path, description, *config, options_.directory);
    if (!location) return fail(manifest::said_of(path, description, std::move(location).error()));
    return location;
  }

  Result<PathPlace> place_of(const std::string& path) {
    return places_.get(path, [&]() -> Result<PathPlace> {
      PathPlace place{.description = options_.describe(path)};
      MODTOOL_TRY(place.location, locate(path, place.description));
      MODTOOL_TRY(place.origin, origin_of(place.location.url));
      return place;
    });
  }

  Result<std::shared_ptr<GitOrigin>> declared_origin(const GitUrl& declared) {
    MODTOOL_TRY(const GitConfig* const config, options_.config());
    MODTOOL_TRY(const auto url, rewrite_git_url(declared, *config, options_.directory));
    return origin_of(url);
  }

  Result<std::shared_ptr<GitOrigin>> origin_of(const GitUrl& url) {
    return origins_.get(url.text, [&]() -> Result<std::shared_ptr<GitOrigin>> {
      if (url.transport != GitTransport::kLocal) return options_.connect(url);
      return open_local_origin(url.path, options_.offline);
    });
  }

  Result<std::shared_ptr<const std::vector<GitRef>>> refs_of(const PathPlace& place) {
    return refs_.get(place.location.url.text, [&]() -> Result<std::shared_ptr<const std::vector<GitRef>>> {
      MODTOOL_TRY(auto refs, place.origin->refs());
      return std::make_shared<const std::vector<GitRef>>(std::move(refs));
    });
  }

  Result<std::shared_ptr<const VersionTags>> tags_of(const std::string& path) {
    MODTOOL_TRY(const auto place, place_of(path));
    return tags_.get(path, [&]() -> Result<std::shared_ptr<const VersionTags>> {
      const auto given = place.description != nullptr ? place.description->tags : std::vector<std::string>();
      const auto templates = TagTemplates::parse(given, place.location.subdirectory);
      if (!templates) return fail(manifest::said_of(path, place.description, templates.error()));
      MODTOOL_TRY(const auto refs, refs_of(place));
      return std::make_shared<const VersionTags>(*refs, *templates);
    });
  }

  Result<Found> find(const ModuleVersion& module) {
    return found_.get(module, [&]() -> Result<Found> {
      const auto* const locked = options_.locked(module);
      if (locked != nullptr && !locked->git.commit.empty()) return find_locked(module, locked->git);
      return module::is_pseudo_version(module.version) ? find_pseudo(module) : find_tagged(module);
    });
  }

  Result<Found> find_tagged(const ModuleVersion& module) {
    MODTOOL_TRY(const auto place, place_of(module.path));
    MODTOOL_TRY(const auto tags, tags_of(module.path));
    auto tag = tags->find(module.version);
    if (!tag) return explain_missing(place, module.version, std::move(tag).error());
    MODTOOL_TRY(auto repository, place.origin->fetch({tag->ref, tag->commit}));
    return found_at(std::move(repository), tag->ref, tag->commit);
  }

  // A branch that is called like the version is worth a word: it is never taken for it.
  Result<Found> explain_missing(const PathPlace& place, const std::string& version, Error error) {
    MODTOOL_TRY(const auto refs, refs_of(place));
    const bool has_branch = find_ref(*refs, "refs/heads/" + version) != nullptr ||
                            find_ref(*refs, "refs/heads/" + version.substr(1)) != nullptr;
    if (has_branch && error.code == Code::kUnknownVersion)
      error.message += "; a branch is called so, and is no version";
    return fail(std::move(error));
  }

  Result<Found> find_pseudo(const ModuleVersion& module) {
    MODTOOL_TRY(const auto place, place_of(module.path));
    MODTOOL_TRY(const auto tags, tags_of(module.path));
    MODTOOL_TRY(auto repository, place.origin->fetch_all());
    MODTOOL_TRY(const auto commit, find_pseudo_version(*repository, module.version, *tags));
    return found_at(std::move(repository), "", commit);
  }

  Result<Found> find_locked(const ModuleVersion& module, const GitPin& pin) {
    MODTOOL_TRY(const auto place, place_of(module.path));
    const auto commit = parse_git_id(pin.commit);
    if (!commit) return fail(Code::kBadVersion, quote(pin.commit) + " is no name of a commit");
    MODTOOL_TRY(auto repository, place.origin->at_hand(*commit));
    if (repository == nullptr) {
      MODTOOL_TRY(repository, fetch_locked(place, pin, *commit));
    }
    MODTOOL_TRY(const bool has_commit, repository->has(*commit));
    if (!has_commit) return fail(gone_error(pin, place.location.url.shown()));
    MODTOOL_TRY(auto found, found_at(std::move(repository), pin.ref, *commit));
    if (to_string(found.commit.tree) == pin.tree) return found;
    return fail(Code::kChecksumMismatch, fmt::format("commit {} has the tree {}, and the locked one is {}", pin.commit,
                                                     to_string(found.commit.tree), pin.tree));
  }

  Result<RepositoryPtr> fetch_locked(const PathPlace& place, const GitPin& pin, const GitId& commit) {
    MODTOOL_TRY(const auto refs, refs_of(place));
    const GitRef* const now = find_ref(*refs, pin.ref);
    if (now == nullptr) return place.origin->fetch_all();
    MODTOOL_TRY(auto repository, place.origin->fetch(*now));
    if (now->commit != commit) return fail(moved_error(*repository, pin, now->commit));
    return repository;
  }

  static Result<Found> found_at(RepositoryPtr repository, std::string ref, const GitId& id) {
    MODTOOL_TRY(auto commit, repository->commit(id));
    return Found{std::move(repository), std::move(ref), id, std::move(commit)};
  }

  Result<GitTree> git_tree(const ModuleVersion& module) {
    return trees_.get(module, [&] { return open_tree(module); });
  }

  Result<GitTree> open_tree(const ModuleVersion& module) {
    MODTOOL_TRY(const auto place, place_of(module.path));
    MODTOOL_TRY(const auto found, find(module));
    GitTreeOptions options{.subdirectory = place.location.subdirectory, .manifest_name = options_.manifest_name};
    options.open_submodule = [this](const GitPlace& parent, const std::string& path, const GitId& commit) {
      return open_git_submodule(parent, path, commit, [this](const GitUrl& url) { return declared_origin(url); });
    };
    if (place.description != nullptr) {
      options.submodules = place.description->submodules;
      options.symlinks = place.description->symlinks;
      options.omit = place.description->omit;
      options.lfs = place.description->lfs;
    }
    MODTOOL_TRY(auto tree, source::placing_omit(
                               open_git_tree({found.repository, found.commit.tree, place.location.declared}, options),
                               module.path, place.description));
    MODTOOL_CHECK(check_submodules(tree.submodules, options_.locked(module)));
    return tree;
  }

  // A commit has the commits of its submodules in its hash, so only a lock that was edited can differ.
  static Result<void> check_submodules(const std::vector<manifest::SubmodulePin>& pins,
                                       const manifest::LockedModule* locked) {
    if (locked == nullptr) return {};
    for (const auto& pin : locked->submodules) {
      const auto found = std::ranges::find(pins, pin.path, &manifest::SubmodulePin::path);
      if (found == pins.end() || found->commit == pin.commit) continue;
      return fail(Code::kChecksumMismatch,
                  fmt::format("the submodule {} is at {}, and was locked at {}", pin.path, found->commit, pin.commit));
    }
    return {};
  }

  // The highest release, or pre-release where there is none, or the default branch as it is now.
  Result<source::VersionInfo> latest(const std::string& path) {
    MODTOOL_TRY(const auto tags, tags_of(path));
    const auto versions = tags->versions();
    const auto is_release = [](const std::string& version) { return module::version_prerelease(version).empty(); };
    const auto release = std::find_if(versions.rbegin(), versions.rend(), is_release);
    if (release != versions.rend()) return info_of({path, *release});
    if (!versions.empty()) return info_of({path, versions.back()});
    MODTOOL_TRY(const auto place, place_of(path));
    MODTOOL_TRY(const auto head, place.origin->head());
    MODTOOL_TRY(const auto version, version_of_commit(place, *tags, head.commit));
    return info_of({path, version});
  }

  Result<std::string> version_of_revision(const std::string& path, const std::string& revision) {
    MODTOOL_TRY(const auto place, place_of(path));
    MODTOOL_TRY(const auto tags, tags_of(path));
    MODTOOL_TRY(const auto refs, refs_of(place));
    if (const GitRef* const tag = find_ref(*refs, "refs/tags/" + revision)) {
      const auto version = tags->version_of(tag->name);
      return version.empty() ? version_of_commit(place, *tags, tag->commit) : version;
    }
    if (const GitRef* const branch = find_ref(*refs, "refs/heads/" + revision)) {
      return version_of_commit(place, *tags, branch->commit);
    }
    MODTOOL_TRY(const auto repository, place.origin->fetch_all());
    auto commit = repository->find_commit(revision);
    if (commit) return version_of_commit(place, *tags, *commit);
    return fail(commit.error().code, fmt::format("{}: no tag or branch, and {}", revision, commit.error().message));
  }

  static Result<std::string> version_of_commit(const PathPlace& place, const VersionTags& tags, const GitId& commit) {
    if (auto tagged = tags.highest_at(commit); !tagged.empty()) return tagged;
    MODTOOL_TRY(const auto repository, place.origin->fetch_all());
    return pseudo_version_of(*repository, commit, tags);
  }

  Result<source::VersionInfo> info_of(const ModuleVersion& module) {
    MODTOOL_TRY(const auto found, find(module));
    return source::VersionInfo{.version = module.version, .time = format_git_time(found.commit.time)};
  }

  GitSourceOptions options_;
  source::OncePerKey<std::string, PathPlace> places_;                                 // by path
  source::OncePerKey<std::string, std::shared_ptr<GitOrigin>> origins_;               // by URL
  source::OncePerKey<std::string, std::shared_ptr<const std::vector<GitRef>>> refs_;  // by URL
  source::OncePerKey<std::string, std::shared_ptr<const VersionTags>> tags_;          // by path
  source::OncePerKey<ModuleVersion, Found> found_;
  source::OncePerKey<ModuleVersion, GitTree> trees_;
};

}  // namespace

Result<std::unique_ptr<GitOrigin>> refuse_git_remote(const GitUrl& url) {
  return fail(Code::kUnsupportedScheme, url.shown() + " is not on this machine, and no network is used");
}

Result<const GitConfig*> no_git_config() {
  static const GitConfig empty;
  return &empty;
}

std::unique_ptr<GitSource> make_git_source(GitSourceOptions options) {
  return std::make_unique<GitSourceImpl>(std::move(options));
}

}  // namespace modtool::git
