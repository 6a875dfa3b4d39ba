#!/usr/bin/env python3
"""Makes examples/<name>/proxy, a GOPROXY in files, from the module sources in examples/<name>/modules.

    examples/make_proxy.py examples/go-hello examples/go-service

A module version is one text file in txtar form: a comment, then a line `-- name --` before each file. The comment's
first line is `path@version time`. A module without a go.mod gets the synthesised one in the proxy and none in its zip,
as every proxy does it. The zips are the same at every run: sorted names, no times, no modes.
"""

import json
import pathlib
import re
import shutil
import sys
import zipfile

MARKER = re.compile(r"^-- (.+) --\n", re.MULTILINE)


def parse_txtar(text):
    """The comment and the files, as a list of (name, text)."""
    comment, *rest = MARKER.split(text)
    return comment, list(zip(rest[::2], rest[1::2]))


def escape(text):
    """Upper-case letters as the GOPROXY protocol has them."""
    return re.sub("[A-Z]", lambda letter: "!" + letter.group().lower(), text)


def write_zip(path, prefix, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in sorted(files):
            entry = zipfile.ZipInfo(f"{prefix}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())


def write_version(proxy, source):
    comment, files = parse_txtar(source.read_text())
    module, time = comment.split("\n")[0].split()
    path, version = module.split("@")
    directory = proxy / escape(path) / "@v"
    directory.mkdir(parents=True, exist_ok=True)
    stem = directory / escape(version)
    go_mod = dict(files).get("go.mod", f"module {path}\n")
    pathlib.Path(f"{stem}.info").write_text(json.dumps({"Version": version, "Time": time}) + "\n")
    pathlib.Path(f"{stem}.mod").write_text(go_mod)
    write_zip(f"{stem}.zip", module, files)
    return directory, version


def is_pseudo(version):
    return re.search(r"[-.]\d{14}-[0-9a-z]+(\+incompatible)?$", version) is not None


def make_proxy(example):
    proxy = example / "proxy"
    shutil.rmtree(proxy, ignore_errors=True)
    lists = {}
    for source in sorted((example / "modules").glob("*.txtar")):
        directory, version = write_version(proxy, source)
        listed = lists.setdefault(directory, [])
        if not is_pseudo(version):
            listed.append(version)
    for directory, versions in lists.items():
        (directory / "list").write_text("".join(version + "\n" for version in versions))


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        make_proxy(pathlib.Path(argument))
