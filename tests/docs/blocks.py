#!/usr/bin/env python3
"""Runs every command block of the pages for users as a newcomer would, and checks what the other blocks say.

    tests/docs/blocks.py MODTOOL [SOURCES]

Each block (lines that are indented by four blanks) of README.md, examples/README.md and docs/*.md has a row in BLOCKS, by its
page and first words; a block without a row is an error, so that no recipe is added untried. Those of docs/errors are
run by error_pages.py. Everything happens in a directory of its own and on this machine.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MODTOOL = os.path.abspath(sys.argv[1])
SOURCES = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()
PAGES = ["README.md", "examples/README.md", "docs/build.md", "docs/ci.md", "docs/formats.md", "docs/proxies.md"]
failures = []


class Place:
    """A directory with an empty home, in which blocks are run one after the other."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.directory = self.root / "work"
        for name in ("home", "bin", "work", "repositories"):
            (self.root / name).mkdir()
        (self.root / "bin/modtool").symlink_to(MODTOOL)
        self.environment = {
            "PATH": f"{self.root}/bin:{os.environ['PATH']}", "HOME": str(self.root / "home"), "LC_ALL": "C.UTF-8",
            "TMPDIR": str(self.root), "GIT_CONFIG_NOSYSTEM": "1", "GOFLAGS": "", "GOPROXY": "off", "GOSUMDB": "off",
            "GOTOOLCHAIN": "local", "GOENV": "off", "GOWORK": "off", "https_proxy": "http://127.0.0.1:9"}
        for who in ("AUTHOR", "COMMITTER"):
            self.environment |= {f"GIT_{who}_NAME": "t", f"GIT_{who}_EMAIL": "t@example.com",
                                 f"GIT_{who}_DATE": "2024-01-02T03:04:05Z"}

    def run(self, script, directory=None):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=directory or self.directory,
                              env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"exit {done.returncode} of\n{script}\n{done.stdout}{done.stderr}")
        return done.stdout

    def write(self, name, text):
        file = self.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def repository(self, url, tags, files):
        """A repository that `url` leads to, with a commit for each tag."""
        bare = self.root / "repositories" / url.split("://")[1]
        tree = self.root / "trees" / url.split("://")[1]
        tree.mkdir(parents=True)
        self.run("git init -q -b main .", tree)
        for tag in tags:
            for name, text in (files | {"VERSION": tag + "\n"}).items():
                (tree / name).write_text(text)
            self.run(f"git add -A && git commit -q -m {tag} && git tag {tag}", tree)
        self.run(f"git clone -q --bare . {bare}", tree)
        self.run(f"git config --global url.file://{bare}.insteadOf {url}")


def library(name, requires=""):
    return {"CMakeLists.txt": f"cmake_minimum_required(VERSION 3.14)\nproject({name} LANGUAGES NONE)\n{requires}"
                              f"add_library({name} INTERFACE)\nadd_library({name}::{name} ALIAS {name})\n"}


def go_service(place, block):
    shutil.copytree(SOURCES / "examples/go-service", place.directory, dirs_exist_ok=True)
    place.environment["GOPROXY"] = f"file://{place.directory}/proxy"
    place.run("git init -q -b main . && git add -A && git commit -q -m start")
    lines = commands(block)
    committed = next(i for i, line in enumerate(lines) if "--as-committed" in line)
    lines.insert(committed, "git add -A -f && git commit -q -m vendored")
    for line in lines:
        place.run(line)


def cpp_project(place, block):
    fmt = library("fmt")
    place.repository("https://github.com/fmtlib/fmt", ["10.1.0", "10.2.1", "11.0.0"], fmt)
    place.repository("https://github.com/gabime/spdlog", ["v1.13.0"], library("spdlog", "find_package(fmt REQUIRED)\n"))
    place.repository("https://github.com/google/googletest", ["v1.14.0"], library("googletest"))
    place.run("git init -q -b main .")
    place.write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.14)\nproject(demo LANGUAGES NONE)\nenable_testing()\n"
                "find_package(fmt REQUIRED)\nadd_test(NAME t COMMAND ${CMAKE_COMMAND} -E true)\n")
    for line in commands(block):
        place.run(line)
    assert '"github.com/fmtlib/fmt": "v10.2.1"' in (place.directory / "modtool.json").read_text()


def as_manifest(place, block):
    place.run("rm -rf vendor modtool.sums modtool.lock build .modtool")
    place.write("modtool.json", "\n".join(block))
    place.run("echo 'find_package(spdlog REQUIRED)' >>CMakeLists.txt")
    place.run("modtool tidy && modtool build --strict")


def in_place(place, block):
    for line in commands(block):
        place.run(line)


def ci(place, block):
    """The steps of a workflow, for a pull request and for a push, on a Go project and on a mixed one."""
    depth = 0 if any("fetch-depth: 0" in line for line in block) else 1
    for is_mixed in (False, True):
        upstream = make_upstream(place, is_mixed)
        for event, base in (("pull_request", "main"), ("push", "")):
            checkout = place.root / f"checkout-{is_mixed}-{event}"
            reference = "refs/pull/1/merge" if base else "refs/heads/main"
            place.run(f"git init -q {checkout} && cd {checkout} && git remote add origin file://{upstream}")
            # As the checkout action does it.
            everything = "" if depth == 1 else "+refs/heads/*:refs/remotes/origin/*"
            limit = "--depth=1" if depth == 1 else ""
            place.run(f"git fetch -q --no-tags {limit} origin {everything} +{reference}:refs/remotes/ci && "
                      "git checkout -q --detach refs/remotes/ci", checkout)
            for command, condition in steps(block):
                if condition not in (None, "github.base_ref"):
                    raise AssertionError(f"a condition that this test does not know: {condition}")
                if condition is None or base:
                    place.run(re.sub(r"\$\{\{ *github\.base_ref *\}\}", base, command), checkout)


def steps(block):
    found = []
    for line in commands(block):
        if line.startswith("- run: "):
            found.append((line.removeprefix("- run: "), None))
        if line.startswith("if: "):
            found[-1] = (found[-1][0], line.removeprefix("if: "))
    assert found
    return found


def make_upstream(place, is_mixed):
    """A bare repository: main, and a pull request that adds to it."""
    work = place.root / f"upstream-{is_mixed}"
    shutil.copytree(SOURCES / "examples/go-hello", work)
    place.environment["GOPROXY"] = f"file://{work}/proxy"
    place.run("git init -q -b main . && modtool vendor && git add -A -f && git commit -q -m start && git branch pull", work)
    if is_mixed:
        place.repository("https://git.example.com/acme/lib", ["v1.0.0"], library("lib"))
        place.run("""git checkout -q pull && cat >modtool.json <<'END'
{ "schema": 1, "module": "example.com/c", "require": { "git.example.com/acme/lib": "v1.0.0" }, "vendor": { "dir": "native/vendor" } }
END
modtool tidy && modtool vendor && git add -A -f && git commit -q -m native && git checkout -q main""", work)
    bare = place.root / f"upstream-{is_mixed}.git"
    place.run(f"git clone -q --bare . {bare} && git -C {bare} update-ref refs/pull/1/merge pull", work)
    return bare


def scripts_of(lines):
    """The scripts behind `run: |` in a workflow."""
    scripts, indent = [], None
    for line in lines:
        depth = len(line) - len(line.lstrip())
        if indent is not None and line.strip() and depth <= indent:
            indent = None
        if indent is not None:
            scripts[-1] += line[indent + 2:] + "\n"
        if line.strip().removeprefix("- ") == "run: |":
            indent = depth + (2 if line.strip().startswith("- ") else 0)
            scripts.append("")
    return scripts


def action(place, block):
    """What action.yml runs: for a pull request, for a push, and for the first push of a branch, in shallow clones."""
    install, verify = scripts_of((SOURCES / "action.yml").read_text().splitlines())
    place.run(f"bash -n <<'END'\n{install}END")
    upstream = make_upstream(place, False)
    place.run(f"git -C {upstream} config uploadpack.allowAnySHA1InWant true")
    base = place.run(f"git -C {upstream} rev-parse main").strip()
    for number, before in enumerate((base, "0" * 40, "'; exit 1 #")):
        checkout = place.root / f"action-{number}"
        place.run(f"git clone -q --depth=1 --branch main file://{upstream} {checkout}")
        place.run("touch new && git add new && git commit -q -m new", checkout)
        place.environment |= {"DIRECTORY": ".", "BASE": before}
        said = place.run(verify, checkout)
        assert ("since " + before in said) == (before == base), said
    place.run("echo >>vendor/modules.txt", checkout)
    try:
        place.run(verify, checkout)
    except AssertionError as error:
        assert "exit 4" in str(error) and "::error file=vendor/modules.txt" in str(error), error
    else:
        raise AssertionError("a changed vendor/ passed")


def renew(place, block):
    """The job for a bot's branch: modtool.sums is renewed on it, and nothing else is committed or run."""
    (script,) = scripts_of(block)
    upstream = make_upstream(place, False)
    place.run(f"git clone -q file://{upstream} bot && cd bot && git checkout -q -b bot/a\\;b && rm modtool.sums && "
              "git commit -q -a -m bump && git push -q origin HEAD")
    checkout = place.root / "renewed"
    place.run(f"git clone -q --branch 'bot/a;b' file://{upstream} {checkout}")
    hook = checkout / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    place.environment["BRANCH"] = "bot/a;b"
    for _ in range(2):  # the second time there is nothing to do
        place.run(script, checkout)
    said = place.run(f"git -C {upstream} show --stat --format=%s 'bot/a;b'")
    assert "Renew modtool.sums" in said and "1 file changed" in said, said


def renovate(place, block):
    tasks = json.loads("\n".join(block))["postUpgradeTasks"]
    upstream = make_upstream(place, False)
    place.run(f"git clone -q file://{upstream} renovate && cd renovate && rm modtool.sums && " + " && ".join(tasks["commands"]))


def hook(place, block):
    upstream = make_upstream(place, False)
    place.run(f"git clone -q file://{upstream} hook")
    checkout = place.directory / "hook"
    file = checkout / ".git/hooks/pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(block) + "\n")
    file.chmod(0o755)
    place.run("touch x && git add x && git commit -q -m x", checkout)
    place.run("echo >>vendor/modules.txt && git add vendor && ! git commit -q -m y", checkout)


def gitlab(place, block):
    shutil.copytree(SOURCES / "examples/go-hello", place.directory, dirs_exist_ok=True)
    place.environment["GOPROXY"] = f"file://{place.directory}/proxy"
    script = next(line.strip().removeprefix("script: ") for line in block if "script:" in line)
    place.run("modtool vendor && " + script)


def go_example(place, block):
    shutil.copytree(SOURCES / "examples", place.directory / "examples")
    place.run("\n".join(commands(block)))


def native_example(place, block):
    text = "\n".join(commands(block)).replace("/tmp", str(place.root / "t"))
    (place.root / "t").mkdir()
    shutil.copytree(SOURCES / "examples", place.directory / "examples")
    place.run(text.replace(".../", f"{place.directory}/"))


def synopsis(place, block):
    """Commands with placeholders: they are there, and their help knows the flags."""
    for line in block:
        for verb, flags in known_commands(line):
            check_help(place, verb, flags)


def fragment(place, block):
    """Members of a manifest."""
    place.write("modtool.json", '{ "schema": 1, "module": "example.com/x",\n' + "\n".join(block) + "\n}\n")
    said = place.run("modtool tidy --offline 2>&1 || true")
    if re.search(r"MT10[0-9]{2}", said):  # of the manifest
        raise AssertionError(said)


def elsewhere(place, block):
    """Run by a test of its own."""


BLOCKS = {
    ("README.md", "examples/run.sh"): elsewhere,  # that is what calls this
    ("README.md", "modtool graph"): go_service,
    ("README.md", "modtool init"): cpp_project,
    ("README.md", "{"): (as_manifest, "modtool init"),
    ("README.md", "modtool tidy"): (in_place, "modtool init"),
    ("README.md", "- uses:"): ci,
    ("README.md", "verify:"): gitlab,
    ("examples/README.md", "cd examples/go-service"): go_example,
    ("examples/README.md", "cp -R examples/cpp-app"): native_example,
    ("docs/ci.md", "- uses: actions/checkout"): action,
    ("docs/ci.md", "- uses: actions/cache"): elsewhere,  # it runs no command
    ("docs/ci.md", "name: renew"): renew,
    ("docs/ci.md", "{"): renovate,
    ("docs/ci.md", "#!/bin/sh"): hook,
    ("docs/build.md", "modtool build [TARGET…]"): synopsis,
    ("docs/build.md", '"describe"'): fragment,
    ("docs/build.md", '"github.com/nlohmann/json"'): elsewhere,  # an entry of "describe", in tests/scripts/build_by_meson*
}


def commands(block):
    """The lines without their comments."""
    return [line for line in (re.sub(r"\s+#( .*)?$", "", line).strip() for line in block) if line]


def blocks_of(page):
    """Each run of indented lines outside of fences, less the indentation."""
    block, fenced = [], False
    for line in (SOURCES / page).read_text().splitlines() + [""]:
        if line.startswith("```"):
            fenced = not fenced
        if line.startswith("    ") and not fenced:
            block.append(line[4:])
        elif block and line.strip():
            yield block
            block = []
        elif block and not line:
            block.append("")
    if any(block):
        yield block


def split_blocks(page):
    """Blank lines within a run separate blocks, but for braces that are open."""
    for block in blocks_of(page):
        part, depth = [], 0
        for line in block + [""]:
            depth += line.count("{") - line.count("}")
            if line or depth > 0:
                part.append(line)
            elif part:
                yield part
                part = []


def known_commands(line):
    """(verb, flags) of each modtool command in a line."""
    for match in re.finditer(r"(?<![\w/.-])modtool ((?:mod |merge-driver )?[a-z-]+)((?: [^|&;`#]*)?)", line):
        yield match.group(1), re.findall(r"(?<= )--[a-z][a-z-]*", match.group(2))


def check_help(place, verb, flags):
    text = place.run(f"modtool {verb} --help")
    for flag in flags:
        if flag not in text:
            raise AssertionError(f"`modtool {verb} --help` does not know {flag}")


@contextlib.contextmanager
def scratch():
    """A directory for everything, with projects of somebody else above it, as a temporary directory may have them."""
    with tempfile.TemporaryDirectory(prefix="modtool-docs.") as top:
        above = pathlib.Path(top)
        (above / "go.mod").write_text("module stray\n\ngo 1.99\n")
        (above / "go.work").write_text("go 1.99\n\nuse ./nowhere\n")
        (above / "modtool.json").write_text('{ "schema": 1, "module": "example.com/stray", "require": { "a.b/c": "v1.0.0" } }\n')
        (above / "here").mkdir()
        try:
            yield str(above / "here")
        finally:
            subprocess.run(["chmod", "-R", "u+w", top], check=False)


def attempt(name, action):
    try:
        action()
        print(f"ok   {name}")
    except Exception as error:  # what went wrong is the message
        failures.append(name)
        print(f"FAIL {name}: {error}")


def main():
    places = {}
    with scratch() as top:
        def place_for(key):
            if key not in places:
                root = pathlib.Path(top) / str(len(places))
                root.mkdir()
                places[key] = Place(root)
            return places[key]

        for page in PAGES:
            for block in split_blocks(page):
                row = next((key for key in BLOCKS if key[0] == page and block[0].startswith(key[1])), None)
                name = f"{page}: {block[0].strip()[:60]}"
                if row is None:
                    failures.append(name)
                    print(f"FAIL {name}: no row in tests/docs/blocks.py runs it")
                    continue
                action = BLOCKS[row]
                key = row
                if isinstance(action, tuple):
                    action, before = action
                    key = (page, before)
                attempt(name, lambda: action(place_for(key), block))
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
