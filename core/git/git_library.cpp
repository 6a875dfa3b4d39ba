#include "core/git/git_library.hpp"

#include "core/io/shared_library.hpp"

namespace modtool::git {
namespace {

using io::FunctionLoader;

void load_repositories(FunctionLoader& load, GitLibrary& git) {
  load(git.repository_open_ext, "git_repository_open_ext");
  load(git.repository_odb, "git_repository_odb");
  load(git.repository_workdir, "git_repository_workdir");
  load(git.repository_commondir, "git_repository_commondir");
  load(git.repository_is_shallow, "git_repository_is_shallow");
  load(git.repository_index, "git_repository_index");
  load(git.repository_set_index, "git_repository_set_index");
  load(git.repository_free, "git_repository_free");
  load(git.index_new, "git_index_new");
  load(git.index_read_tree, "git_index_read_tree");
  load(git.index_entrycount, "git_index_entrycount");
  load(git.index_get_byindex, "git_index_get_byindex");
  load(git.index_get_bypath, "git_index_get_bypath");
  load(git.index_free, "git_index_free");
  load(git.ignore_path_is_ignored, "git_ignore_path_is_ignored");
  load(git.attr_get_many, "git_attr_get_many");
  load(git.attr_value, "git_attr_value");
  load(git.reference_lookup, "git_reference_lookup");
  load(git.reference_target, "git_reference_target");
  load(git.reference_symbolic_target, "git_reference_symbolic_target");
  load(git.reference_free, "git_reference_free");
}

void load_objects(FunctionLoader& load, GitLibrary& git) {
  load(git.odb_read, "git_odb_read");
  load(git.odb_read_prefix, "git_odb_read_prefix");
  load(git.odb_read_header, "git_odb_read_header");
  load(git.odb_object_id, "git_odb_object_id");
  load(git.odb_object_type, "git_odb_object_type");
  load(git.odb_object_data, "git_odb_object_data");
  load(git.odb_object_size, "git_odb_object_size");
  load(git.odb_object_free, "git_odb_object_free");
  load(git.odb_free, "git_odb_free");
  load(git.odb_add_backend, "git_odb_add_backend");
  load(git.revparse_single, "git_revparse_single");
  load(git.object_type, "git_object_type");
  load(git.object_free, "git_object_free");
  load(git.blob_rawcontent, "git_blob_rawcontent");
  load(git.blob_rawsize, "git_blob_rawsize");
}

void load_network(FunctionLoader& load, GitLibrary& git) {
  load(git.repository_init, "git_repository_init");
  load(git.remote_create_detached, "git_remote_create_detached");
  load(git.remote_create_anonymous, "git_remote_create_anonymous");
  load(git.remote_connect_ext, "git_remote_connect_ext");
  load(git.remote_ls, "git_remote_ls");
  load(git.remote_fetch, "git_remote_fetch");
  load(git.remote_free, "git_remote_free");
  load(git.stream_register, "git_stream_register");
  load(git.credential_username_new, "git_credential_username_new");
  load(git.credential_ssh_key_new, "git_credential_ssh_key_new");
  load(git.credential_ssh_key_from_agent, "git_credential_ssh_key_from_agent");
}

void load_configuration(FunctionLoader& load, GitLibrary& git) {
  load(git.config_new, "git_config_new");
  load(git.config_add_file_ondisk, "git_config_add_file_ondisk");
  load(git.config_iterator_glob_new, "git_config_iterator_glob_new");
  load(git.config_next, "git_config_next");
  load(git.config_iterator_free, "git_config_iterator_free");
  load(git.config_free, "git_config_free");
  load(git.config_set_string, "git_config_set_string");
  load(git.config_get_string_buf, "git_config_get_string_buf");
  load(git.buf_dispose, "git_buf_dispose");
}

void load_merging(FunctionLoader& load, GitLibrary& git) {
  load(git.merge_file, "git_merge_file");
  load(git.merge_file_result_free, "git_merge_file_result_free");
}

// Nothing outside a repository decides how it is read.
void isolate(const GitLibrary& git) {
  for (const int level :
       {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
    git.libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
  }
  git.libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
}

Result<GitLibrary> load_git() {
  MODTOOL_TRY(const auto library, io::SharedLibrary::load("libgit2.so." LIBGIT2_SOVERSION, "libgit2-1.5"));
  GitLibrary git{};
  FunctionLoader load(library);
  load(git.libgit2_init, "git_libgit2_init");
  load(git.libgit2_opts, "git_libgit2_opts");
  load(git.error_last, "git_error_last");
  load(git.error_set_str, "git_error_set_str");
  load_repositories(load, git);
  load_objects(load, git);
  load_network(load, git);
  load_configuration(load, git);
  load_merging(load, git);
  MODTOOL_CHECK(load.outcome());
  git.libgit2_init();
  isolate(git);
  return git;
}

}  // namespace

std::string GitLibrary::last_error() const {
  const git_error* const error = error_last();
  return error != nullptr && error->message != nullptr ? error->message : "unknown error";
}

Result<const GitLibrary*> git_library() {
  static const Result<GitLibrary> library = load_git();
  if (!library) return fail(library.error());
  return &*library;
}

}  // namespace modtool::git
