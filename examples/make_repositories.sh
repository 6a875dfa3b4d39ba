#!/bin/sh
# Makes the Git repositories of an example, the same at every run, and a Git configuration that leads to them.
#
#   examples/make_repositories.sh EXAMPLE REPOSITORIES GITCONFIG
#
# EXAMPLE/repositories/OWNER/NAME/1, 2, … are the contents of one commit after the other; the file 1.tags beside a
# commit has its tags, a line each.
set -eu
example=$(cd "$1" && pwd)
mkdir -p "$2"
target=$(cd "$2" && pwd)
configuration=$(cd "$(dirname "$3")" && pwd)/$(basename "$3")
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=example GIT_AUTHOR_EMAIL=example@example.com GIT_AUTHOR_DATE='2024-01-02T03:04:05Z'
export GIT_COMMITTER_NAME=example GIT_COMMITTER_EMAIL=example@example.com GIT_COMMITTER_DATE='2024-01-02T03:04:05Z'

# add_commit REPOSITORY CONTENT TAGS
add_commit() {
  in_it="git --git-dir=$1 --work-tree=$2 -c core.bare=false -c core.autocrlf=false"
  $in_it add --all --force "$2"
  $in_it commit --quiet --message "$(head -n 1 "$3")"
  while read -r tag; do git -C "$1" tag "$tag"; done <"$3"
}

cd "$example/repositories"
for source in */*; do
  git init --quiet --bare --initial-branch=main "$target/$source"
  for tags in $(ls "$source" | grep '\.tags$' | sort -n); do
    add_commit "$target/$source" "$PWD/$source/${tags%.tags}" "$PWD/$source/$tags"
  done
done
printf '[url "file://%s/"]\n\tinsteadOf = https://git.example.com/\n' "$target" >"$configuration"
