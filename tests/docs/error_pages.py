#!/usr/bin/env python3
"""Runs the commands of docs/errors in small projects: what a page tells people to type is there, and ends well.

    tests/docs/error_pages.py MODTOOL [SOURCES]

Each page with commands has a row in PAGES: the project that they are run in, in order, each of which must exit with 0. A
command that cannot be run in a test stands in its row's `not_run` with the reason. A page without a row is an error, and
so is a row, or a command in `not_run`, that the page no longer has. Members of a manifest are tried in one.
"""
import dataclasses
import pathlib
import re
import shutil
import sys
import zipfile

sys.dont_write_bytecode = True  # nothing is left among the sources
import blocks
from blocks import SOURCES, Place, attempt, fragment, library, scratch

ASKS_A_SERVER = "asks a server that is not there"
INSTALLS = "installs software on this machine"


@dataclasses.dataclass
class Page:
    project: str = "go"  # a template: "go", "vendored", "native" or "empty"
    setup: str = ""      # makes of the project what the page is about
    given: dict = dataclasses.field(default_factory=dict)    # what stands in the page for something of the reader's
    not_run: dict = dataclasses.field(default_factory=dict)  # command → why it cannot be run here


COMMITTED = "git add -A && git commit -q -m change"
A_CLONE = "git clone -q --depth=1 file://$REPOSITORIES/github.com/fmtlib/fmt clone"

PAGES = {
    "MT0001": Page(),
    "MT0002": Page(setup="printf 'go 1.21\\n\\nuse .\\n' >go.work"),
    "MT0003": Page("empty", setup="mkdir -p path/to && cp -R $TEMPLATES/go path/to/project"),
    "MT0004": Page(),
    "MT1001": Page(),
    "MT1002": Page(setup="echo broken >>go.sum"),
    "MT1003": Page("vendored", setup="sed -i 1d vendor/modules.txt"),
    "MT1004": Page("vendored", setup=f"""echo a >modtool.lock && {COMMITTED} && git checkout -q -b other &&
        echo b >modtool.lock && {COMMITTED} && git checkout -q main && echo c >modtool.lock && {COMMITTED}
        ! git merge -q other >/dev/null"""),
    "MT1005": Page(given={"BAD-PATH": "example.com/bad"}),
    "MT1006": Page(),
    "MT1007": Page(),
    "MT1008": Page(),
    "MT1009": Page(),
    "MT1011": Page(),
    "MT1013": Page("native"),
    "MT1020": Page(setup="rm -rf .git"),
    "MT1030": Page(),
    "MT1060": Page("native", setup=f"mkdir patches && touch patches/win32.patch && {COMMITTED} && rm -r patches"),
    "MT1205": Page("native"),
    "MT1210": Page("native"),
    "MT1212": Page("native", setup="tar -czf lib-1.2.0.tar.gz modtool.json"),
    "MT2002": Page("vendored"),
    "MT2003": Page(),
    "MT2004": Page(setup="echo 'import _ \"example.com/zz\"' >>m.go"),
    "MT2005": Page(setup="go get example.com/a@v1.0.0 example.com/a/b@v1.1.0"),
    "MT2006": Page(),
    "MT2007": Page(),
    "MT2008": Page(setup="rm -r local"),
    "MT2009": Page(),
    "MT2010": Page(),
    "MT2011": Page("native"),
    "MT2012": Page("native"),
    "MT2030": Page("native"),
    "MT2101": Page("native", setup=A_CLONE, given={"/src/repo": "clone"}),
    "MT3001": Page(),
    "MT3002": Page(),
    "MT3003": Page(),
    "MT3004": Page(not_run={"apt install libgvc6": INSTALLS}),
    "MT3102": Page("native"),
    "MT4001": Page("vendored"),
    "MT4002": Page(setup="sed -i '/^example.com\\/a /d' go.sum"),
    "MT4003": Page("vendored", setup="sed 's/h1:./h1:A/' go.sum >double && cat double >>go.sum"),
    "MT4004": Page(),
    "MT4005": Page(),
    "MT4101": Page("vendored", setup="echo changed >>vendor/example.com/a/a.go"),
    "MT4102": Page("vendored", setup="echo init.go >.gitignore"),
    "MT4103": Page("vendored", setup="echo 'package a' >vendor/example.com/a/evil.go"),
    "MT4104": Page("vendored", setup="rm -r vendor/example.com/a && ln -s .. vendor/example.com/a"),
    "MT4105": Page("vendored", setup="sed -i 's/1.21/1.16/' vendor/modules.txt"),
    "MT4106": Page("vendored", setup="echo '# foo' >>modtool.sums"),
    "MT4107": Page("vendored", setup="rm modtool.sums"),
    "MT4108": Page("vendored"),
    "MT4109": Page("vendored", setup="rm -r local"),
    "MT4110": Page("vendored"),
    "MT4111": Page(),
    "MT4112": Page("vendored"),
    "MT4201": Page("native", setup=f"{A_CLONE} && git -C clone fetch -q --unshallow",
                   given={"/src/repo": "clone", "OLD": "HEAD~1", "NEW": "HEAD"}),
    "MT4202": Page("native"),
    "MT5001": Page(),
    "MT5002": Page(not_run={"machine proxy.example.com login me password token": "a line of ~/.netrc"}),
    "MT5003": Page(),
    "MT5004": Page(given={"http://proxy.example.com": "file:///nonexistent", "http://other.example.com": "$GOPROXY",
                          "'": '"'}),
    "MT5005": Page(not_run={"curl -s http://proxy.example.com/example.com/a/@v/v1.0.0.info": ASKS_A_SERVER}),
    "MT5006": Page(not_run={"GOPROXY= modtool download": ASKS_A_SERVER}),
    "MT5007": Page(given={"file:///srv/proxy": "$GOPROXY"}),
    "MT5008": Page(not_run={"ssh-keyscan git.example.com >> ~/.ssh/known_hosts": ASKS_A_SERVER}),
    "MT5009": Page(not_run={"ssh-keygen -R git.example.com && ssh-keyscan git.example.com >> ~/.ssh/known_hosts":
                            ASKS_A_SERVER}),
    "MT5010": Page(setup="mkdir ~/.ssh && echo key >~/.ssh/id_ed25519.pub",
                   not_run={"ssh-add ~/.ssh/id_ed25519": "asks for the passphrase of a key"}),
    "MT5011": Page(),
    "MT5012": Page(not_run={"machine git.example.com login me password token": "a line of ~/.netrc",
                            "git ls-remote https://git.example.com/a/b": ASKS_A_SERVER}),
    "MT5013": Page(),
    "MT5014": Page(),
    "MT5015": Page(),
    "MT8001": Page(),
    "MT8002": Page("vendored"),
    "MT8003": Page(given={"/home/you/project": "."}),
    "MT8004": Page("vendored"),
    "MT8005": Page(setup="rm go.sum && mkdir go.sum"),
    "MT8006": Page("vendored", setup="mv vendor real && ln -s real vendor"),
    "MT8007": Page(given={"go clean": "GOCACHE=$HOME/cache go clean"}),
    "MT8008": Page(not_run={"dmesg | tail": "needs a right that a test may lack"}),
    "MT8009": Page(),
    "MT8010": Page(),
    "MT8011": Page(),
    "MT8012": Page(not_run={"apt install libcurl4": INSTALLS}),
    "MT8013": Page("native", setup=A_CLONE, given={"/src/repo": "clone"}),
    "MT8014": Page("native", setup="tar -czf lib-1.2.0.tar.gz modtool.json"),
    "MT8015": Page(setup=f"touch vendor.patch && {COMMITTED} && rm vendor.patch && mkfifo vendor.patch"),
    "MT9001": Page(),
    "MT9004": Page(),
}


def publish(proxy, path, versions, packages=("",)):
    """A module of a Go proxy: a package in each of the directories."""
    place = proxy / re.sub("[A-Z]", lambda letter: "!" + letter.group().lower(), path) / "@v"
    place.mkdir(parents=True)
    (place / "list").write_text("".join(version + "\n" for version in versions))
    manifest = f"module {path}\n\ngo 1.21\n"
    for version in versions:
        (place / f"{version}.mod").write_text(manifest)
        (place / f"{version}.info").write_text(f'{{"Version":"{version}","Time":"2024-01-02T03:04:05Z"}}')
        with zipfile.ZipFile(place / f"{version}.zip", "w") as archive:
            archive.writestr(f"{path}@{version}/go.mod", manifest)
            for package in packages:
                archive.writestr(f"{path}@{version}/{package}{'/' if package else ''}a.go", "package a\n")


class World:
    """The proxy, the repositories and the projects that every page starts from."""

    def __init__(self, top):
        self.top = pathlib.Path(top)
        self.maker = self.place("maker")
        proxy = self.top / "proxy"
        publish(proxy, "example.com/a", ["v1.0.0", "v1.2.0", "v1.2.2", "v1.2.3", "v1.3.0", "v1.4.0"])
        publish(proxy, "example.com/a/b", ["v1.1.0"])
        for path in ("A", "new", "old", "zz"):
            publish(proxy, f"example.com/{path}", ["v1.4.0"])
        publish(proxy, "example.com/fork", ["v1.4.1"])
        publish(proxy, "example.com/you/fork", ["v1.0.1"])
        self.templates = self.top / "templates"
        self.templates.mkdir()
        (self.templates / "empty").mkdir()
        self.make_go()
        self.make_native()

    def place(self, name):
        root = self.top / name
        root.mkdir()
        place = Place(root)
        (root / "goenv").touch()
        place.environment |= {"GOPROXY": f"file://{self.top}/proxy", "GOENV": str(root / "goenv"),
                              "GOFLAGS": "-modcacherw", "GOCACHE": str(self.top / "cache"),
                              "TEMPLATES": str(self.top / "templates"),
                              "REPOSITORIES": str(self.top / "maker/repositories")}
        return place

    def make_go(self):
        go = self.maker
        go.write("go.mod", "module example.com/m\n\ngo 1.21\n\nrequire (\n\texample.com/a v1.2.3\n"
                 "\texample.com/local v1.0.0\n)\n\nreplace example.com/local => ./local\n")
        go.write("m.go", 'package m\n\nimport _ "example.com/a"\nimport _ "example.com/local"\n')
        go.write("local/go.mod", "module example.com/local\n\ngo 1.21\n")
        go.write("local/l.go", "package local\n")
        origin = go.root / "origin.git"
        go.run(f"git init -q -b main . && go mod tidy && {COMMITTED} && git clone -q --bare . {origin} && "
               f"git remote add origin {origin}")
        shutil.copytree(go.directory, self.templates / "go", symlinks=True)
        go.run(f"modtool vendor && {COMMITTED}")
        shutil.move(go.directory, self.templates / "vendored")
        go.directory.mkdir()

    def make_native(self):
        native = self.maker
        native.repository("https://github.com/fmtlib/fmt", ["10.1.0", "10.2.1", "11.0.2"], library("fmt"))
        native.repository("https://github.com/gabime/spdlog", ["v1.13.0"], library("spdlog"))
        native.repository("https://example.com/owner/repo", ["v1.0.0", "v1.1.0"], library("repo"))
        native.write("modtool.json", '{ "schema": 1, "module": "example.com/demo", "require": {\n'
                     '  "example.com/owner/repo": "v1.0.0", "github.com/fmtlib/fmt": "v10.2.1",\n'
                     '  "github.com/gabime/spdlog": "v1.13.0" } }\n')
        native.run(f"git init -q -b main . && modtool tidy && {COMMITTED}")
        shutil.move(native.directory, self.templates / "native")

    def start(self, name, project):
        """A copy of a project, for a page."""
        place = self.place(name)
        shutil.copytree(self.templates / project, place.directory, symlinks=True, dirs_exist_ok=True)
        shutil.copy(self.maker.root / "home/.gitconfig", place.root / "home")
        return place


def is_output(block):
    return re.match(r"error\[|MT[0-9]{4} |go: ", block[0]) is not None


def is_manifest(block):
    return block[0].startswith('"')


def as_member(block):
    """A key of a description, in one."""
    is_whole = block[0].startswith('"describe"')
    return block if is_whole else ['"describe": { "example.com/owner/repo": {', *block, "} }"]


def check_page(world, code, found):
    for block in filter(is_manifest, found):
        fragment(world.start(f"{code}.json", "empty"), as_member(block))
    commands = [line for block in found if not is_output(block) and not is_manifest(block)
                for line in blocks.commands(block)]
    page = PAGES.get(code)
    if page is None:
        assert not commands, f"no row in {__file__} runs {commands[0]}"
        return
    assert commands, f"it has a row in {__file__} and no command"
    gone = [command for command in page.not_run if command not in commands]
    assert not gone, f"it is not to be run, and not there: {gone[0]}"
    place = world.start(code, page.project)
    if page.setup:
        place.run(page.setup)
    for command in commands:
        for name, meaning in page.given.items():
            command = command.replace(name, meaning)
        if command not in page.not_run:
            place.run(command)


def main():
    with scratch() as top:
        world = World(top)
        pages = sorted((SOURCES / "docs/errors").glob("MT*.md"))
        for page in pages:
            found = list(blocks.split_blocks(str(page.relative_to(SOURCES))))
            attempt(page.stem, lambda: check_page(world, page.stem, found))
        for code in sorted(set(PAGES) - {page.stem for page in pages}):
            attempt(code, lambda: (_ for _ in ()).throw(AssertionError("it has a row, and there is no such page")))
    print(f"{len(blocks.failures)} failures")
    return 1 if blocks.failures else 0


if __name__ == "__main__":
    sys.exit(main())
