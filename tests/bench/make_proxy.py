#!/usr/bin/env python3
"""make_proxy.py COUNT DIRECTORY [BYTES]: a module proxy with so many modules of 20 files each (or of one file of so
many bytes), in DIRECTORY/proxy, and a project that requires all of them, with its go.sum, in DIRECTORY/project."""
import base64
import hashlib
import io
import pathlib
import random
import sys
import zipfile

VERSION = "v1.0.0"
TIME = "2024-01-02T03:04:05Z"


def h1(files):
    lines = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "h1:" + base64.b64encode(hashlib.sha256(lines.encode()).digest()).decode()


def sources(path, seed, size):
    numbers = random.Random(seed)
    if size:
        yield "big.go", b"package p\n\n// " + numbers.randbytes(size // 2).hex().encode() + b"\n"
        return
    for i in range(20):
        words = " ".join(str(numbers.getrandbits(32)) for _ in range(300))
        yield f"f{i}.go", f"package p\n\n// {words}\n".encode()


def add_module(proxy, path, seed, size):
    mod = f"module {path}\n\ngo 1.21\n".encode()
    prefix = f"{path}@{VERSION}/"
    files = {prefix + "go.mod": mod} | {prefix + name: data for name, data in sources(path, seed, size)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    place = proxy / path / "@v"
    place.mkdir(parents=True)
    (place / "list").write_text(VERSION + "\n")
    (place / f"{VERSION}.info").write_text(f'{{"Version":"{VERSION}","Time":"{TIME}"}}')
    (place / f"{VERSION}.mod").write_bytes(mod)
    (place / f"{VERSION}.zip").write_bytes(packed.getvalue())
    return [f"{path} {VERSION} {h1(files)}\n", f"{path} {VERSION}/go.mod {h1({'go.mod': mod})}\n"]


def main(count, directory, size=0):
    root = pathlib.Path(directory)
    paths = [f"example.com/module{i:03}" for i in range(int(count))]
    sums = [line for i, path in enumerate(paths) for line in add_module(root / "proxy", path, i, int(size))]
    project = root / "project"
    project.mkdir()
    requires = "".join(f"\t{path} {VERSION}\n" for path in paths)
    imports = "".join(f'\t_ "{path}"\n' for path in paths)
    (project / "go.mod").write_text(f"module example.com/main\n\ngo 1.21\n\nrequire (\n{requires})\n")
    (project / "go.sum").write_text("".join(sums))
    (project / "main.go").write_text(f"package main\n\nimport (\n{imports})\n\nfunc main() {{}}\n")


main(*sys.argv[1:])
