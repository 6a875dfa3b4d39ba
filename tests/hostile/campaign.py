#!/usr/bin/env python3
"""Runs modtool on hostile inputs, made of valid ones by chance: files, repositories, zips, arguments and variables.

    campaign.py MODTOOL [--count N] [--seed N] [--only WORLD] [--case N] [--jobs N] [-v]

Each case follows from the seed and its number alone: a world (worlds.py), what turns hostile in it (mutations.py), a command.
It holds:
- the exit status is one of the documented ones; no signal ends the program, and no error is an internal one (MT9001);
- it ends within ten seconds, and within 4 GiB;
- what it prints is UTF-8 without control characters; with --json or a format that is JSON, one JSON document;
- who only reads leaves the project as it was, and so does a failure; temporary files stay nowhere.
--case runs one of them, shows what it did, and leaves its world in place.
"""
import argparse
import json
import multiprocessing
import os
import random
import re
import resource
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../support")]
import mutations
from world import LEFT, World, confine, place, remove
from worlds import FLAGS, VARIABLES, WORLDS

SECONDS = 10
MEMORY = 4 << 30
STATUSES = {0, 1, 2, 3, 4, 5, 6, 70}
GO_STATUSES = {0, 1, 2}
# C0 but tab and line end, DEL, C1, and what turns the direction of text.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")
OUTSIDE = "https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy"


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def content(path):
    """What stands there: its kind, mode and bytes."""
    info = os.lstat(path)
    kind = stat.S_IFMT(info.st_mode)
    if kind == stat.S_IFLNK:
        return kind, os.readlink(path)
    if kind == stat.S_IFREG and info.st_size < 64 << 20:
        with open(path, "rb") as file:
            return kind, info.st_mode & 0o111, file.read()
    return kind, info.st_size if kind == stat.S_IFREG else 0


def everything(top):
    """Every name below a directory, as bytes, with its path."""
    for directory, names, files in os.walk(os.fsencode(top)):
        for name in names + files:
            yield name, os.path.join(directory, name)


def snapshot(top):
    return {path: content(path) for _, path in everything(top)}


def signatures(top):
    found = {}
    for _, path in everything(top):
        info = os.lstat(path)
        found[path] = (info.st_mode, info.st_size, info.st_mtime_ns, info.st_ino)
    return found


def may_be_pipe(name):
    """Who names a pipe on the command line waits for its writer, and so does libgit2 where a repository's file is one."""
    return name.startswith(("p/", "home/")) and "/.git/" not in name and not re.match("p/(base|ours|theirs)/", name)


class Case:
    """One hostile input: what is done to the world, and what is run."""

    def __init__(self, world, about, rng):
        self.world, self.about, self.rng = world, about, rng
        self.environment = {name: "http://127.0.0.1:9" for name in OUTSIDE}
        self.done = []
        self.is_reading = bool(about["reading"]) and rng.random() < 0.6
        self.command = [os.fsencode(word) for word in rng.choice(about["reading" if self.is_reading else "writing"])]
        kinds = ["file"] * 14 + ["name", "variable", "variable", "argument", "argument", "argument"]
        kinds += ["zip"] * 6 * bool(about.get("zips")) + ["commit"] * 6 * bool(about.get("commits"))
        for _ in range(rng.choice([1, 1, 1, 2])):
            getattr(self, "turn_" + rng.choice(kinds))()

    def path(self, name):
        return os.path.join(self.world.root, name)

    def candidates(self, pattern):
        if "*" not in pattern:
            return [pattern] if os.path.lexists(self.path(pattern)) else []
        top, suffix = pattern.split("*", 1)
        return sorted(os.path.relpath(os.fsdecode(path), self.world.root) for name, path in everything(self.path(top))
                      if os.fsdecode(name).endswith(suffix.lstrip("*")) and os.path.isfile(path))

    def turn_file(self):
        chosen = self.candidates(self.rng.choice(self.about["files"]))
        if not chosen:
            return
        name = self.rng.choice(chosen)
        path = self.path(name)
        if os.path.isdir(path) or self.rng.random() < 0.12:
            remove(path)
            if os.path.lexists(path):
                os.remove(path)
            self.done.append(f"{name}: {mutations.special(self.rng, path, may_be_pipe(name))}")
        elif os.path.isfile(path):
            self.write(name, mutations.bytes_of(self.rng, os.fsencode(name), self.read(name)))

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read(64 << 20)

    def write(self, name, data):
        path = self.path(name)
        mode = os.lstat(path).st_mode
        os.chmod(path, 0o644)
        with open(path, "wb") as file:
            file.write(data)
        os.chmod(path, mode & 0o777)
        self.done.append(f"{name}: {len(data)} bytes")
        if name.endswith(".mod") and self.rng.random() < 0.7:
            self.vouch(name, b"/go.mod", mutations.h1_of([(b"go.mod", data)]))

    def turn_name(self):
        top = self.rng.choice(["p", "p/vendor", "p/vendor/example.com", "p/vendor/git.example.com/acme/text", "p/proxy",
                               "repositories/acme/text/refs/tags", "repositories/acme/text"])
        word = self.rng.choice(mutations.HOSTILE_TEXTS)[:200].replace(b"/", b"_") or b"x"
        try:
            with open(os.path.join(os.fsencode(self.path(top)), word), "xb") as file:
                file.write(b"x\n")
            self.done.append(f"{top}: new {word!r}")
        except OSError:
            pass

    def turn_variable(self):
        name = self.rng.choice(VARIABLES)
        value = self.rng.choice(mutations.HOSTILE_TEXTS)
        self.environment[name] = os.fsdecode(value)
        self.done.append(f"{name}={value[:40]!r}")

    def turn_argument(self):
        word = self.rng.choice(mutations.HOSTILE_TEXTS)
        if word in (b"-x", b"--") and b"--json" in self.command:
            return
        at = self.rng.randrange(1, len(self.command) + 1)
        what = self.rng.randrange(3)
        if what == 0:
            self.command.insert(at, word)
        elif what == 1 and at < len(self.command) and self.command[at] != b"--json":
            self.command[at] = word if b"=" not in self.command[at] else self.command[at].split(b"=")[0] + b"=" + word
        else:
            self.command[at:at] = [self.rng.choice(FLAGS).encode(), word]

    def turn_zip(self):
        name = self.rng.choice(self.candidates("p/proxy/**.zip"))
        prefix = self.module_of(name)
        data, h1 = mutations.hostile_zip(self.rng, prefix, self.read(name))
        self.write(name, data)
        if self.rng.random() < 0.7:
            self.vouch(name, b"", h1)

    @staticmethod
    def module_of(name):
        path, version = name.removeprefix("p/proxy/").split("/@v/")
        unescaped = re.sub("!(.)", lambda m: m.group(1).upper(), path)
        return f"{unescaped}@{version.rsplit('.', 1)[0]}"

    def vouch(self, name, suffix, h1):
        """Lets go.sum agree with what was made hostile, so that it gets past the hash."""
        if not name.startswith("p/proxy/") or not os.path.isfile(self.path("p/go.sum")):
            return
        module = self.module_of(name).replace("@", " ").encode() + suffix + b" "
        lines = [module + h1 + b"\n" if line.startswith(module) else line for line in self.read("p/go.sum").splitlines(keepends=True)]
        self.write("p/go.sum", b"".join(lines))

    def turn_commit(self):
        directory = self.path("repositories/acme/text")
        if not os.path.isdir(directory + "/objects"):
            return
        source = self.path("p/repositories/acme/text/2")
        files = [(os.fsencode(n), content(os.path.join(source, n))[2]) for n in sorted(os.listdir(source))]
        self.done.append(f"commit of kind {mutations.hostile_commit(self.rng, directory, files)}")

    def told(self):
        words = b" ".join(word[:60] for word in self.command)
        return f"{self.about['name']}: `{words!r}` ({'; '.join(self.done)})"

    def run(self):
        environment = {os.fsencode(k): os.fsencode(v) for k, v in {**self.world.environment, **self.environment}.items()}
        return subprocess.run([self.world.modtool, *self.command], cwd=self.world.project, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS, preexec_fn=limits, check=False)


def wants_json(command, status):
    """--json gives a document in any case, a format of the answer where there is one."""
    to_a_file = b"-o" in command or b"--format" in command
    return b"--json" in command or status == 0 and not to_a_file and any(word in command for word in (b"--format=json", b"--format=sarif"))


def judge_status(case, run):
    if run.returncode < 0:
        return f"ended by signal {-run.returncode}"
    allowed = GO_STATUSES if case.command[:1] == [b"mod"] else STATUSES
    if run.returncode not in allowed:
        return f"exit {run.returncode}"
    if b"MT9001" in run.stderr + run.stdout:
        return "an internal error"
    return None


def judge_text(name, data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return f"{name} is not UTF-8: {data[max(0, problem.start - 40):problem.start + 20]!r}"
    found = CONTROL.search(text)
    return f"{name} has a control character: {text[max(0, found.start() - 40):found.start() + 20]!r}" if found else None


def refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def judge_json(case, run):
    if not wants_json(case.command, run.returncode) or b"--help" in case.command or b"-h" in case.command:
        return None
    try:
        json.loads(run.stdout, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as problem:
        return f"no JSON document: {problem}: {run.stdout[:80]!r}"
    return None


def judge_output(case, run):
    for name, data in (("stdout", run.stdout), ("stderr", run.stderr)):
        if name == "stdout" and b"--print" in case.command and b"--json" not in case.command:
            continue  # the bytes of the manifest, as they are
        wrong = judge_text(name, data)
        if wrong:
            return wrong
    return judge_json(case, run)


def judge_files(case, run, before):
    left = [path for name, path in everything(case.world.root) if LEFT.search(os.fsdecode(name)) and path not in before["names"]]
    if left:
        return f"left behind: {left[0]!r}"
    if case.about.get("left") or (run.returncode == 0 and not case.is_reading):
        return None
    after = snapshot(case.world.project)
    changed = [path for path in sorted(set(after) | set(before["project"])) if after.get(path) != before["project"].get(path)]
    changed = [path for path in changed if not may_change(case, run, path)]
    return f"exit {run.returncode}, and {changed[0]!r} changed" if changed else None


def may_change(case, run, path):
    name = os.path.relpath(path, os.fsencode(case.world.project))
    if run.returncode == 0 and name == b"modtool.lock":
        return b"--check" not in case.command and b"--dry-run" not in case.command
    if b"--sums-only" in case.command and run.returncode in (1, 4) and name == b"modtool.sums":
        return True  # what is there differs from what it is the proof for
    # A conflict is left in our side; build files are nobody's work.
    return (case.command[:1] == [b"merge-driver"] and run.returncode == 1 and name.startswith(b"ours/")) or name.split(b"/")[0] == b".modtool"


def judge(case):
    before = {"project": snapshot(case.world.project), "names": {path for _, path in everything(case.world.root)}}
    run = None
    for _ in range(2):  # a machine that does something else may be slow once
        try:
            run = case.run()
            break
        except subprocess.TimeoutExpired:
            continue
        except (ValueError, OSError) as problem:
            return None, f"cannot be started: {problem}" if "rgument list" not in str(problem) else None
    if run is None:
        return None, f"no end within {SECONDS} s"
    return run, judge_status(case, run) or judge_output(case, run) or judge_files(case, run, before)


class Place:
    """The worlds of one process, each made once and put back after each case."""

    def __init__(self, directory, modtool):
        self.directory, self.modtool, self.worlds = directory, modtool, {}

    def world(self, about):
        if about["name"] not in self.worlds:
            world = World(os.path.join(self.directory, about["name"]), self.modtool)
            world.make(about)
            world.was = signatures(world.root)
            self.worlds[about["name"]] = world
        world = self.worlds[about["name"]]
        if signatures(world.root) != world.was:
            world.put_back()
            world.was = signatures(world.root)
        return world


def run_case(where, number, options):
    rng = random.Random(f"{options.seed}/{number}")
    chosen = [about for about in WORLDS if not options.only or about["name"] == options.only]
    about = rng.choice(chosen)
    case = Case(where.world(about), about, rng)
    run, wrong = judge(case)
    if options.case is not None:
        print(f"case {number}: {case.told()}\nin {case.world.root}")
        if run:
            print(f"exit {run.returncode}\n{run.stdout[:3000]!r}\n{run.stderr[:3000]!r}")
    return f"case {number}: {case.told()}: {wrong}" if wrong else None, run.returncode if run else None


def work(job):
    first, last, options = job
    directory = tempfile.mkdtemp(prefix="hostile-", dir=place())
    confine(directory)
    where = Place(directory, os.path.abspath(options.modtool))
    wrong, statuses = [], {}
    for number in range(first, last):
        try:
            said, status = run_case(where, number, options)
        except Exception as problem:  # of the campaign itself; told like any other
            said, status = f"case {number}: cannot be made: {problem!r}", None
        statuses[status] = statuses.get(status, 0) + 1
        if said:
            wrong.append(said)
            if options.v:
                print("WRONG " + said, flush=True)
    if options.case is None:
        remove(directory)
    return last - first, wrong, statuses


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modtool")
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only")
    parser.add_argument("--case", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    numbers = range(options.count) if options.case is None else range(options.case, options.case + 1)
    jobs = [(first, min(first + 100, numbers.stop), options) for first in range(numbers.start, numbers.stop, 100)]
    made, wrong, statuses = 0, [], {}
    with multiprocessing.Pool(options.jobs) as pool:
        for count, said, exits in pool.imap_unordered(work, jobs):
            made += count
            wrong += said
            for status, times in exits.items():
                statuses[status] = statuses.get(status, 0) + times
    for said in sorted(wrong):
        print("WRONG " + said)
    told = ", ".join(f"{times} x {status}" for status, times in sorted(statuses.items(), key=str))
    print(f"{made} hostile inputs, {len(wrong)} wrong; exits: {told}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
