// The only door to libgit2: its functions, loaded when they are first used. For the sources of this folder.
#pragma once

#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <git2/sys/stream.h>
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif

#include <memory>
#include <string>
#include <utility>

#include "core/base/result.hpp"

namespace modtool::git {

// The functions of libgit2 that are used here, by libgit2's own names less their "git_".
struct GitLibrary {
  decltype(&git_libgit2_init) libgit2_init;
  decltype(&git_libgit2_opts) libgit2_opts;
  decltype(&git_error_last) error_last;
  decltype(&git_error_set_str) error_set_str;

  decltype(&git_repository_open_ext) repository_open_ext;
  decltype(&git_repository_odb) repository_odb;
  decltype(&git_repository_workdir) repository_workdir;
  decltype(&git_repository_commondir) repository_commondir;
  decltype(&git_repository_is_shallow) repository_is_shallow;
  decltype(&git_repository_index) repository_index;
  decltype(&git_repository_set_index) repository_set_index;
  decltype(&git_repository_free) repository_free;

  decltype(&git_index_new) index_new;
  decltype(&git_index_read_tree) index_read_tree;
  decltype(&git_index_entrycount) index_entrycount;
  decltype(&git_index_get_byindex) index_get_byindex;
  decltype(&git_index_get_bypath) index_get_bypath;
  decltype(&git_index_free) index_free;
  decltype(&git_ignore_path_is_ignored) ignore_path_is_ignored;
  decltype(&git_attr_get_many) attr_get_many;
  decltype(&git_attr_value) attr_value;

  decltype(&git_odb_read) odb_read;
  decltype(&git_odb_read_prefix) odb_read_prefix;
  decltype(&git_odb_read_header) odb_read_header;
  decltype(&git_odb_object_id) odb_object_id;
  decltype(&git_odb_object_type) odb_object_type;
  decltype(&git_odb_object_data) odb_object_data;
  decltype(&git_odb_object_size) odb_object_size;
  decltype(&git_odb_object_free) odb_object_free;
  decltype(&git_odb_free) odb_free;
  decltype(&git_odb_add_backend) odb_add_backend;

  decltype(&git_reference_lookup) reference_lookup;
  decltype(&git_reference_target) reference_target;
  decltype(&git_reference_symbolic_target) reference_symbolic_target;
  decltype(&git_reference_free) reference_free;

  decltype(&git_revparse_single) revparse_single;
  decltype(&git_object_type) object_type;
  decltype(&git_object_free) object_free;
  decltype(&git_blob_rawcontent) blob_rawcontent;
  decltype(&git_blob_rawsize) blob_rawsize;

  decltype(&git_repository_init) repository_init;
  decltype(&git_remote_create_detached) remote_create_detached;
  decltype(&git_remote_create_anonymous) remote_create_anonymous;
  decltype(&git_remote_connect_ext) remote_connect_ext;
  decltype(&git_remote_ls) remote_ls;
  decltype(&git_remote_fetch) remote_fetch;
  decltype(&git_remote_free) remote_free;
  decltype(&git_stream_register) stream_register;
  decltype(&git_credential_username_new) credential_username_new;
  decltype(&git_credential_ssh_key_new) credential_ssh_key_new;
  decltype(&git_credential_ssh_key_from_agent) credential_ssh_key_from_agent;

  decltype(&git_config_new) config_new;
  decltype(&git_config_add_file_ondisk) config_add_file_ondisk;
  decltype(&git_config_iterator_glob_new) config_iterator_glob_new;
  decltype(&git_config_next) config_next;
  decltype(&git_config_iterator_free) config_iterator_free;
  decltype(&git_config_free) config_free;
  decltype(&git_config_set_string) config_set_string;
  decltype(&git_config_get_string_buf) config_get_string_buf;
  decltype(&git_buf_dispose) buf_dispose;

  decltype(&git_merge_file) merge_file;
  decltype(&git_merge_file_result_free) merge_file_result_free;

  // What libgit2 says of the failure that the calling thread saw last.
  std::string last_error() const;
};

// Loads the library at the first call. It reads no configuration of the user or the machine from then on, and takes
// repositories whoever owns them: nothing of a repository is ever run. Code::kLibraryMissing.
Result<const GitLibrary*> git_library();

// Owns what libgit2 made; `release` is its function that frees it.
template <class T>
using GitHandle = std::unique_ptr<T, void (*)(T*)>;

}  // namespace modtool::git
