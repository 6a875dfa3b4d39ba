"""A small world that campaigns run the program in: a project, a home and caches, put back as they were after each run."""
import ctypes
import hashlib
import os
import re
import shutil
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What only a run that was ended may leave.
LEFT = re.compile(r"^\.modtool-[0-9a-f]{16}$|^\.modtool\.journal$|^\..*\.tmp-|\.tmp$|\.tmp-[0-9a-f]+$|\.unpacked$|^pack_git2_|\.lock\.tmp")


def confine(directory, network=False):
    """Leaves the calling process and its children nothing to write to but a directory, the temporary ones and what is mounted apart,
    and no network if there need be none, where this machine lets us: as root a hostile argument is an order like any other."""
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if system.unshare(0x00020000 | (0 if network else 0x40000000)) != 0:  # CLONE_NEWNS, CLONE_NEWNET
            return
        bind, remount, read_only, private = 0x1000, 0x20, 0x1, 0x4000 | 0x40000
        system.mount(None, b"/", None, private, None)
        for kept in (b"/tmp", os.fsencode(directory)):
            system.mount(kept, kept, None, bind, None)
        system.mount(None, b"/", None, bind | remount | read_only, None)
    except (OSError, AttributeError):
        pass


class World:
    """A place with a project, a home and caches, put back as it was before each run."""

    def __init__(self, directory, modtool):
        self.root = os.path.join(directory, "world")
        self.saved = os.path.join(directory, "saved")
        self.project = os.path.join(self.root, "p")
        self.environment = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": os.path.join(self.root, "home"),
            "GOPATH": os.path.join(self.root, "gopath"), "GOSUMDB": "off", "GIT_CONFIG_NOSYSTEM": "1",
            # Nobody is there: whatever GOPROXY becomes, nothing leaves this machine.
            "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "localhost,127.0.0.1",
            "GOPROXY": "file://" + os.path.join(self.root, "p/proxy"), "GOFLAGS": "", "TMPDIR": os.path.join(self.root, "tmp")}
        self.modtool = modtool

    def make(self, scenario):
        remove(self.root)
        for name in ("p", "home", "tmp"):
            os.makedirs(os.path.join(self.root, name))
        example = os.path.join(ROOT, "examples", scenario["example"])
        shutil.copytree(example, self.project, dirs_exist_ok=True)
        if os.path.isdir(os.path.join(self.project, "repositories")):
            subprocess.run([os.path.join(ROOT, "examples/make_repositories.sh"), self.project,
                            os.path.join(self.root, "repositories"), os.path.join(self.root, "home/.gitconfig")],
                           check=True, stdout=subprocess.DEVNULL)
        for step in scenario.get("before", []):
            if callable(step):
                step(self)
            elif self.run(step).returncode != 0:
                raise SystemExit(f"{scenario['name']}: cannot be set up: {step}")
        remove(self.saved)
        shutil.copytree(self.root, self.saved, symlinks=True)

    def put_back(self):
        remove(self.root)
        shutil.copytree(self.saved, self.root, symlinks=True)

    def run(self, arguments, **fault):
        environment = dict(self.environment, **fault)
        return subprocess.run([self.modtool, *arguments], cwd=self.project, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)

    def digest(self, folders):
        total = hashlib.sha256()
        for folder in folders:
            for directory, names, files in os.walk(os.path.join(self.root, folder)):
                names.sort()
                for name in sorted(files):
                    path = os.path.join(directory, name)
                    if LEFT.search(name) or name.endswith(".lock") and "cache/download" in directory:
                        continue
                    total.update(os.path.relpath(path, self.root).encode() + b"\0")
                    if os.path.islink(path):
                        total.update(b"-> " + os.readlink(path).encode())
                    else:
                        with open(path, "rb") as file:
                            total.update(file.read())
        return total.hexdigest()

    def left_behind(self):
        return sorted(os.path.relpath(os.path.join(directory, name), self.root)
                      for directory, names, files in os.walk(self.root) for name in names + files if LEFT.search(name))


def remove(path):
    for _ in range(2):
        for directory, names, _files in os.walk(path):
            for name in names:
                try:
                    os.chmod(os.path.join(directory, name), 0o755)
                except OSError:
                    pass
        shutil.rmtree(path, ignore_errors=True)


def place():
    """Where worlds are made: in memory, where there is such a directory."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
