"""The worlds of the hostile campaign: how each is made, which of its files turn hostile, and what is run in it."""
import os
import shutil
import subprocess


def write(name, text):
    def step(world):
        path = os.path.join(world.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)
    return step


def copy(source, target):
    def step(world):
        os.makedirs(os.path.dirname(os.path.join(world.root, target)), exist_ok=True)
        shutil.copy(os.path.join(world.root, source), os.path.join(world.root, target))
    return step


def git(*words):
    def step(world):
        subprocess.run(["git", "-c", "user.name=e", "-c", "user.email=e@example.com", "-c", "gc.auto=0", *words], cwd=world.project,
                       env=world.environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return step


CHECKOUT = [git("init", "--quiet"), git("add", "--force", "go.mod"), git("add", "."), git("commit", "--quiet", "-m", "x"),
            git("pack-refs", "--all"), git("remote", "add", "origin", "https://git.example.com/acme/app")]
NATIVE_CHECKOUT = [CHECKOUT[0], *CHECKOUT[2:]]
HOME = [write("home/.config/go/env", "GOPRIVATE=example.com/private\nGOFLAGS=-mod=mod\n"),
        write("home/.netrc", "machine 127.0.0.1 login me password secret\n"),
        write("p/.gitattributes", "modtool.sums -text -diff linguist-generated\n*.txt text eol=crlf\n")]
HOME_FILES = ["home/.gitconfig", "home/.netrc", "home/.config/go/env", "p/.gitattributes", "p/.git/config", "p/.git/index", "p/.git/HEAD",
              "p/.git/packed-refs"]

# Those that write nothing but caches and, where they succeed, the lock.
GO_READING = [
    ["graph"], ["graph", "--format=json"], ["graph", "--json"], ["graph", "--format=dot"], ["graph", "--format=tree"],
    ["graph", "--format=svg"], ["graph", "--go", "1.16"], ["graph", "--focus", "example.com/*", "--reduce"], ["list"], ["list", "--json"],
    ["list", "--versions", "example.com/greet", "--json"], ["why", "example.com/greet"], ["why", "--all", "example.com/greet", "--json"],
    ["verify"], ["verify", "--json"], ["verify", "--format=sarif"], ["verify", "--format=github"], ["verify", "--since", "HEAD", "--json"],
    ["vendor", "--check"], ["vendor", "--check", "--json"], ["vendor", "--check", "--as-committed", "--json"], ["mod", "graph"],
    ["mod", "verify"], ["download", "--json"], ["outdated", "--json"]]
GO_WRITING = [["vendor"], ["vendor", "--json"], ["vendor", "--sums-only"], ["mod", "vendor"], ["mod", "vendor", "-e"], ["vendor", "-o", "../out"],
              ["download"], ["merge-driver", "install", "--json"], ["init", "--json"]]
TEXT = "git.example.com/acme/text"
READING = [
    ["graph"], ["graph", "--format=json"], ["graph", "--json"], ["graph", "--format=dot"], ["graph", "--format=tree", "--depth", "2"],
    ["graph", "--format=svg"], ["graph", "--to", TEXT, "--reverse"], ["list"], ["list", "--json"], ["list", "-u", "--json"],
    ["list", "--dirs", "--json"], ["list", "--versions", TEXT], ["list", "--versions", TEXT, "--json"], ["why", TEXT],
    ["why", "--version", TEXT, "--json"], ["verify"], ["verify", "--json"], ["verify", "--format=sarif"], ["verify", "--format=github"],
    ["verify", "--upstream", "--json"], ["verify", "--since", "HEAD", "--json"], ["vendor", "--check"], ["vendor", "--check", "--json"],
    ["vendor", "--check", "--as-committed"], ["vendor", "--check", "--as-committed=HEAD", "--json"], ["tidy", "--check", "--json"],
    ["outdated"], ["outdated", "--json"], ["download", "--json"], ["get", TEXT + "@latest", "--dry-run", "--json"],
    ["get", "127.0.0.1/acme/y@latest", "--dry-run", "--json"],
    ["edit", "--require", TEXT + "@v1.1.0", "--dry-run", "--json"], ["edit", "--print", "--json"]]
WRITING = [["tidy"], ["tidy", "--json"], ["get", TEXT + "@latest"], ["get", TEXT + "@none", "--json"], ["get", "-u", "--json"],
           ["get", TEXT + "@<v1.2", "--json"], ["edit", "--require", TEXT + "@v1.1.0"],
           ["edit", "--require", TEXT + "@v1.1.0", "--exclude", TEXT + "@v1.0.0", "--group", "test", "--json"],
           ["replace", TEXT, "./local", "--json"], ["vendor"], ["vendor", "--json"], ["vendor", "--sums-only", "--json"], ["cmake", "--json"],
           ["cmake", "--mod=mod"], ["merge-driver", "install"], ["init"]]
MERGED = ["modtool.json", "modtool.lock", "modtool.sums", "go.mod", "go.sum", "vendor/modules.txt"]

WORLDS = [
    {"name": "go", "example": "go-hello", "before": [["vendor"], *HOME, *CHECKOUT],
     "files": ["p/go.mod", "p/go.mod", "p/go.sum", "p/main.go", "p/vendor/modules.txt", "p/vendor/modules.txt", "p/modtool.sums",
               "p/modtool.sums", "p/vendor/example.com/greet/greet.go", "p/vendor", *HOME_FILES,
               "gopath/pkg/mod/cache/download/example.com/greet/@v/v1.1.0.mod", "gopath/pkg/mod/cache/download/example.com/greet/@v/v1.1.0.zip",
               "gopath/pkg/mod/cache/download/example.com/greet/@v/v1.1.0.info",
               "gopath/pkg/mod/cache/download/example.com/greet/@v/v1.1.0.ziphash",
               "gopath/pkg/mod/cache/download/example.com/greet/@v/list", "home/.cache/modtool/requirements.index",
               "gopath/pkg/mod/example.com/greet@v1.1.0"],
     "reading": GO_READING, "writing": GO_WRITING},
    {"name": "go-cold", "example": "go-service", "before": [*HOME],
     "files": ["p/go.mod", "p/go.sum", "p/proxy/**.mod", "p/proxy/**.mod", "p/proxy/**.info", "p/proxy/**.zip", "p/proxy/**.zip",
               "p/proxy/**list", "p/cmd/**.go", "p/internal/**.go"],
     "zips": True, "reading": GO_READING, "writing": [["vendor"], ["vendor", "--json"], ["mod", "vendor"], ["download"], ["vendor"]]},
    {"name": "native", "example": "cpp-app", "before": [["vendor"], *HOME, *NATIVE_CHECKOUT],
     "files": ["p/modtool.json", "p/modtool.json", "p/modtool.json", "p/modtool.lock", "p/modtool.lock", "p/modtool.lock", "p/modtool.sums",
               "p/vendor/modules.txt", "p/vendor/git.example.com/acme/greet/modtool.json", "p/vendor/git.example.com/acme/text/text.hpp",
               "p/vendor", "p/CMakeLists.txt", *HOME_FILES, "home/.gitconfig", "repositories/acme/text/HEAD",
               "repositories/acme/text/config", "repositories/acme/text/refs/tags/*", "repositories/acme/text/objects/**",
               "repositories/acme/greet/objects/**", "repositories/acme/text"],
     "commits": True, "reading": READING, "writing": WRITING},
    {"name": "native-cold", "example": "cpp-app", "before": [lambda w: os.remove(w.project + "/modtool.lock"), *HOME],
     "files": ["p/modtool.json", "home/.gitconfig", "repositories/acme/text/HEAD", "repositories/acme/text/config",
               "repositories/acme/text/refs/tags/*", "repositories/acme/text/objects/**", "repositories/acme/greet/objects/**"],
     "commits": True, "reading": [["list", "--versions", TEXT, "--json"], ["tidy", "--check"]],
     "writing": [["tidy", "--json"], ["vendor"], ["get", TEXT + "@latest"], ["graph"], ["list", "--json"], ["download", "--json"], ["cmake"]]},
    {"name": "patched", "example": "cpp-plain-library", "before": [["vendor"]],
     "files": ["p/modtool.json", "p/modtool.lock", "p/modtool.d/zap/no-gets.patch", "p/modtool.d/zap/no-gets.patch", "p/modtool.sums",
               "p/vendor/**"],
     "reading": [["vendor", "--check", "--json"], ["verify"], ["list", "--dirs", "--json"], ["tidy", "--check"]],
     "writing": [["tidy"], ["vendor", "--json"], ["cmake"], ["vendor", "--sums-only"]]},
    {"name": "left", "example": "cpp-app",
     "before": [["vendor"], copy("p/modtool.sums", "p/.vendor.tmp-0123456789abcdef/sums"),
                write("p/vendor/.modtool-staged", ".vendor.tmp-0123456789abcdef\n"),
                write("p/.modtool.journal", '{"modtool.json": {"old": "", "new": ""}}\n')],
     "files": ["p/.modtool.journal", "p/vendor/.modtool-staged", "p/.vendor.tmp-0123456789abcdef/sums", "p/.vendor.tmp-0123456789abcdef"],
     "left": True, "reading": [], "writing": [["vendor"], ["vendor", "--check", "--json"], ["verify"], ["list", "--json"], ["tidy"],
                                              ["get", TEXT + "@latest", "--json"], ["vendor", "--sums-only"]]},
    {"name": "merge", "example": "cpp-app",
     "before": [["vendor"]] + [copy(f"p/{name}" if "go." not in name else "../../../", f"p/{side}/{name}")
                               for name in MERGED if "go." not in name for side in ("base", "ours", "theirs")]
     + [lambda w: [copy_example(w, name, side) for name in ("go.mod", "go.sum") for side in ("base", "ours", "theirs")]],
     "files": [f"p/{side}/{name}" for name in MERGED for side in ("base", "ours", "theirs")],
     "reading": [], "writing": [["merge-driver", f"base/{name}", f"ours/{name}", f"theirs/{name}", name] for name in MERGED]
     + [["merge-driver", f"base/{name}", f"ours/{name}", f"theirs/{name}", name, "--json"] for name in MERGED]},
]


def copy_example(world, name, side):
    from world import ROOT
    shutil.copy(os.path.join(ROOT, "examples/go-service", name), os.path.join(world.project, side, name))


VARIABLES = ["HOME", "GOPATH", "GOMODCACHE", "GOPROXY", "GONOPROXY", "GOPRIVATE", "GOFLAGS", "GOENV", "GOWORK", "GO111MODULE", "GOSUMDB",
             "GONOSUMDB", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_0", "GIT_CONFIG_GLOBAL",
             "GIT_CONFIG_SYSTEM", "GIT_SSL_CAINFO", "NETRC", "SSH_AUTH_SOCK", "PATH", "PWD", "https_proxy", "no_proxy", "TERM", "NO_COLOR",
             "GIT_ASKPASS", "LANG", "LC_ALL", "GODEBUG", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CEILING_DIRECTORIES"]
FLAGS = ["-C", "--dialect", "-j", "--timeout", "--modfile", "--format", "-o", "--go", "--focus", "--depth", "--since", "--group", "--require",
         "--replace", "--exclude", "--allow-unproven", "--color", "--from", "--prune", "-mod", "-overlay"]
