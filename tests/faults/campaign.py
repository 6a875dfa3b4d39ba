#!/usr/bin/env python3
"""Lets every call of modtool fail once, and ends it at every call: what it then says and leaves must be true.

    campaign.py MODTOOL INJECT_LIBRARY [--most N] [--only SCENARIO | --children] [--jobs N] [-v]

For each scenario the calls are counted first (inject.cpp); then the command is run anew for a call and a fault. With
--children it is the calls of its children that are modtool itself: they talk to a server, or lay out a graph. It holds:
- the exit status is that of the run without a fault, and then so are the output and the files; or it is that of an error,
  and never that of another verdict: a damaged tree is never good, a good one never stale;
- a check of what a killed `vendor` left says what is true of the old or the new state, or that the run was ended;
- the same command, run again, ends as without a fault, and leaves no file behind.
--most is how many injections are made in all, spread over scenarios, calls and faults; without it: all.
"""
import argparse
import errno
import fnmatch
import multiprocessing
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from world import confine, World, place, remove

ERRORS = ["EIO", "EACCES", "ENOSPC", "EMFILE"]
SIGNALS = ["KILL", "INT", "TERM"]
MOST_CHILDREN = 12  # of one run whose calls are counted
INTERRUPTED = {"INT": 130, "TERM": 143}


def append(name, text):
    def step(world):
        path = os.path.join(world.root, name)
        os.chmod(os.path.dirname(path), 0o755)
        os.chmod(path, 0o644)
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)
    return step


def copy(source, target):
    return lambda world: shutil.copy(os.path.join(world.project, source), os.path.join(world.project, target))


def replace(name, old, new):
    def step(world):
        path = os.path.join(world.root, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert old in text
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
    return step


def lead_to(git_url):
    """Has the user's configuration lead to the repositories there."""
    return replace("home/.gitconfig", "file://", git_url)


TEXT = "git.example.com/acme/text"
GREET = "p/vendor/example.com/greet/greet.go"
CACHED = "gopath/pkg/mod/cache/download/example.com/greet/@v/v1.1.0.zip"
SCENARIOS = [
    {"name": "go-list", "example": "go-hello", "before": [["download"]], "run": ["list"]},
    {"name": "go-graph", "example": "go-hello", "before": [["download"]], "run": ["graph", "--format=dot"]},
    {"name": "go-mod-graph", "example": "go-hello", "before": [["download"]], "run": ["mod", "graph"], "go": True},
    {"name": "go-download", "example": "go-hello", "run": ["download"], "kept": ["p", "gopath/pkg/mod"]},
    {"name": "go-mod-download", "example": "go-hello", "go": True,
     "before": [append("p/go.mod", "\nexclude example.com/wrap v0.0.9\n\nrequire example.com/wrap v0.0.9 // indirect\n")],
     "run": ["mod", "download"], "kept": ["p", "gopath/pkg/mod"]},
    {"name": "go-vendor", "example": "go-hello", "run": ["vendor"]},
    {"name": "go-vendor-anew", "example": "go-service", "before": [["vendor"], append("p/vendor/modules.txt", "# x\n")],
     "run": ["vendor"]},
    {"name": "go-mod-vendor", "example": "go-service", "run": ["mod", "vendor"], "go": True},
    {"name": "go-sums-only", "example": "go-hello", "before": [["mod", "vendor"]], "run": ["vendor", "--sums-only"]},
    {"name": "go-check", "example": "go-hello", "before": [["vendor"]], "run": ["vendor", "--check"]},
    {"name": "go-check-tampered", "example": "go-hello", "before": [["vendor"], append(GREET, "// x\n")],
     "run": ["vendor", "--check"], "status": 4},
    {"name": "go-verify", "example": "go-hello", "before": [["vendor"]], "run": ["verify"]},
    {"name": "go-verify-tampered", "example": "go-hello", "before": [["vendor"], append(CACHED, "x")], "run": ["verify"],
     "status": 4},
    {"name": "go-mod-verify-tampered", "example": "go-hello", "before": [["download"], append(CACHED, "x")],
     "run": ["mod", "verify"], "status": 1, "go": True},
    {"name": "tidy", "example": "cpp-app", "before": [lambda w: os.remove(w.project + "/modtool.lock")], "run": ["tidy"]},
    {"name": "get", "example": "cpp-app", "run": ["get", "git.example.com/acme/greet@none"]},
    {"name": "get-latest", "example": "cpp-app", "run": ["get", "git.example.com/acme/text@latest"]},
    {"name": "edit", "example": "cpp-app", "run": ["edit", "--require", "git.example.com/acme/text@v1.1.0"]},
    {"name": "replace", "example": "cpp-app", "run": ["replace", "git.example.com/acme/text", "git.example.com/acme/text@v1.1.0"]},
    {"name": "outdated", "example": "cpp-app", "run": ["outdated"]},
    {"name": "list", "example": "cpp-app", "run": ["list"]},
    {"name": "why", "example": "cpp-app", "run": ["why", "git.example.com/acme/text"]},
    {"name": "download", "example": "cpp-app", "run": ["download"]},
    {"name": "vendor", "example": "cpp-app", "run": ["vendor"]},
    {"name": "vendor-patched", "example": "cpp-plain-library", "run": ["vendor"]},
    {"name": "vendor-anew", "example": "cpp-app", "before": [["vendor"], ["get", "git.example.com/acme/greet@none"]],
     "run": ["vendor"]},
    {"name": "check", "example": "cpp-plain-library", "before": [["vendor"]], "run": ["vendor", "--check"]},
    {"name": "check-stale", "example": "cpp-app", "before": [["vendor"], ["get", "git.example.com/acme/greet@none"]],
     "run": ["vendor", "--check"], "status": [1, 4]},
    {"name": "check-tampered", "example": "cpp-app",
     "before": [["vendor"], append("p/vendor/git.example.com/acme/text/text.hpp", "// x\n")],
     "run": ["vendor", "--check"], "status": 4},
    {"name": "verify", "example": "cpp-app", "before": [["vendor"]], "run": ["verify"]},
    {"name": "verify-tampered", "example": "cpp-app",
     "before": [["vendor"], append("p/vendor/git.example.com/acme/text/text.hpp", "// x\n")], "run": ["verify"],
     "status": 4},
    {"name": "merge", "example": "cpp-app",
     "before": [copy("modtool.json", "base"), copy("modtool.json", "ours"), copy("modtool.json", "theirs"),
                replace("p/theirs", '"v0.3.1"', '"v0.3.2"')],
     "run": ["merge-driver", "base", "ours", "theirs", "modtool.json"]},
    {"name": "child-layout", "example": "cpp-app", "run": ["graph", "--format=svg"], "children": True},
    {"name": "child-layout-go", "example": "go-service", "before": [["download"]], "run": ["graph", "-o", "g.svg"], "children": True},
    {"name": "child-versions", "example": "cpp-app", "served": True, "children": True, "run": ["list", "--versions", TEXT]},
    {"name": "child-tidy", "example": "cpp-app", "served": True, "children": True,
     "before": [lambda w: os.remove(w.project + "/modtool.lock")], "run": ["tidy"]},
    {"name": "child-get", "example": "cpp-app", "served": True, "children": True, "run": ["get", TEXT + "@latest"]},
    {"name": "child-outdated", "example": "cpp-app", "served": True, "children": True, "run": ["outdated"]},
    {"name": "child-upstream", "example": "cpp-app", "served": True, "children": True, "run": ["verify", "--upstream"]},
    {"name": "child-download", "example": "cpp-app", "served": True, "children": True, "run": ["download"]},
    {"name": "child-vendor", "example": "cpp-app", "served": True, "children": True, "run": ["vendor"]},
]


class Server:
    """Serves the repositories of a world over git:// on this machine, until it is stopped."""

    def __init__(self, root):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            ["git", "daemon", "--listen=127.0.0.1", f"--port={self.port}", "--export-all", "--reuseaddr", "--base-path=" + root, root],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for _ in range(200):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit("git daemon does not answer")

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Scenario:
    """A scenario in a world of its own, with what the run without a fault says and leaves."""

    def __init__(self, number, directory, modtool, library):
        self.about = SCENARIOS[number]
        self.library = library
        self.world = World(directory, modtool)
        self.world.make(self.about)
        self.server = Server(self.world.root) if self.about.get("served") else None
        if self.server:
            self.serve()
        self.kept = self.about.get("kept", ["p"])
        self.log = os.path.join(directory, "log")
        self.old = self.world.digest(self.kept)
        good = self.world.run(self.about["run"])
        self.status, self.out = good.returncode, good.stdout
        wanted = self.about.get("status", 0)
        if self.status not in (wanted if isinstance(wanted, list) else [wanted]):
            raise SystemExit(f"{self.about['name']}: exit {self.status} without a fault: {good.stderr.decode()}")
        self.new = self.world.digest(self.kept)
        self.checks = []
        if self.about["run"] == ["vendor"]:
            self.checks.append(self.check())
            self.world.put_back()
            self.checks.append(self.check())
            self.world.run(["download"])  # an ended run may have got as far
            self.checks.append(self.check())
        self.calls = self.count_children() if self.about.get("children") else self.count_calls(0)

    def serve(self):
        """The saved world, and so every one that is put back, leads to the server."""
        lead_to(f"git://127.0.0.1:{self.server.port}")(self.world)
        replace("home/.gitconfig", self.world.root + "/", "/")(self.world)
        shutil.copy(os.path.join(self.world.root, "home/.gitconfig"), os.path.join(self.world.saved, "home/.gitconfig"))

    def count_calls(self, process):
        """The calls of the parent (0) or of a child (from 1): number and what it was."""
        if os.path.exists(self.log):
            os.remove(self.log)
        self.world.put_back()
        self.world.run(self.about["run"], LD_PRELOAD=self.library, FAULT_LOG=self.log, FAULT_IN=str(process))
        if not os.path.exists(self.log):
            return []
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return [(process, number, line.rstrip("\n").split(" ", 1)[1]) for number, line in enumerate(log, 1)]

    def count_children(self):
        calls = []
        for child in range(1, MOST_CHILDREN + 1):
            counted = self.count_calls(child)
            if not counted:
                break
            calls += counted
        return calls

    def cases(self):
        return [(call, fault) for call in self.calls for fault in ERRORS + SIGNALS]

    def check(self):
        """What a check of the vendor directory says."""
        run = self.world.run(["vendor", "--check"])
        return run.returncode, run.stdout

    def misleads(self):
        """What a check says of what an ended run left, unless that is the state before or after, or it names the run."""
        if self.world.digest(self.kept) == self.old:
            return None  # though the run may have filled the cache
        status, said = self.check()
        if (status, said) in self.checks or (status == 4 and said.startswith(b"MT4109 vendor: a `modtool vendor` was ended")):
            return None
        return f"and then a check says: {said.decode(errors='replace')[:160]!r}"

    def judge(self, call, fault):
        """What is wrong, or nothing."""
        self.world.put_back()
        process, number, what = call
        how = str(getattr(errno, fault)) if fault in ERRORS else fault
        run = self.world.run(self.about["run"], LD_PRELOAD=self.library, FAULT_AT=str(number), FAULT_WITH=how, FAULT_IN=str(process))
        told = f"{self.about['name']}: {fault} at {number} ({what}{f' in child {process}' if process else ''}): "
        status = run.returncode
        said = (run.stderr or run.stdout).decode(errors="replace").strip().split("\n")[0][:120]
        if status < 0 and (process or fault != "KILL"):
            return told + f"ended by signal {-status}: {said}"
        if (process or fault != "KILL") and not self.allows(status, fault):
            return told + f"exit {status} for {self.status}: {said}"
        if status == self.status and status == 0:
            if run.stdout != self.out:
                return told + f"exit 0, and another output: {run.stdout.decode(errors='replace')[:100]!r}"
            if self.world.digest(self.kept) != self.new:
                return told + "exit 0, and other files"
        elif status != self.status and fault not in SIGNALS and self.world.digest(self.kept) not in (self.old, self.new):
            pending = self.world.left_behind()
            if not pending and self.kept == ["p"]:
                return told + f"exit {status}, and files half old, half new"
        misled = self.misleads() if self.checks and fault == "KILL" else None
        if misled:
            return told + misled
        again = self.world.run(self.about["run"])
        if again.returncode != self.status:
            return told + f"exit {status}, and then {again.returncode}: {again.stderr.decode(errors='replace').strip()[-300:]}"
        if self.world.digest(self.kept) != self.new:
            return told + f"exit {status}, and then other files than without a fault"
        left = self.world.left_behind()
        return told + f"exit {status}, left behind: {', '.join(left)}" if left else None

    def allows(self, status, fault):
        if fault in INTERRUPTED and not self.about.get("children"):
            return status in (self.status, INTERRUPTED[fault])
        if status == self.status:
            return True
        if self.about.get("go"):
            return status == 1 and self.status == 0
        return status in (2, 3, 4, 5, 6, 70) and status != 1


def work(job):
    number, cases, modtool, library, verbose = job
    with tempfile.TemporaryDirectory(prefix="faults-", dir=place(), ignore_cleanup_errors=True) as directory:
        confine(directory, network=True)
        scenario = Scenario(number, directory, modtool, library)
        try:
            every = scenario.cases()
            if cases is None:
                return len(every), []
            wrong = []
            for position in cases:
                said = scenario.judge(*every[position % len(every)])
                if said:
                    wrong.append(said)
                    if verbose:
                        print("WRONG " + said, flush=True)
            return len(cases), wrong
        finally:
            if scenario.server:
                scenario.server.stop()
            remove(directory)


def is_chosen(scenario, options):
    if options.only:
        return fnmatch.fnmatch(scenario["name"], options.only)
    return scenario.get("children", False) == options.children


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modtool")
    parser.add_argument("library")
    parser.add_argument("--most", type=int)
    parser.add_argument("--only")
    parser.add_argument("--children", action="store_true", help="the scenarios with children, and no others")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    chosen = [i for i, s in enumerate(SCENARIOS) if is_chosen(s, options)]
    with multiprocessing.Pool(options.jobs) as pool:
        arguments = (os.path.abspath(options.modtool), os.path.abspath(options.library), options.v)
        counts = pool.map(work, [(i, None, *arguments) for i in chosen], chunksize=1)
        jobs = []
        total = sum(count for count, _ in counts)
        for i, (count, _) in zip(chosen, counts):
            share = count if options.most is None else min(count, max(1, options.most * count // total))
            cases = random.Random(i).sample(range(count), share)
            jobs += [(i, cases[at:at + 150], *arguments) for at in range(0, len(cases), 150)]
        made, wrong = 0, []
        for count, said in pool.imap_unordered(work, jobs):
            made += count
            wrong += said
    for said in sorted(wrong):
        print("WRONG " + said)
    print(f"{made} of {total} injections in {len(chosen)} scenarios, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
