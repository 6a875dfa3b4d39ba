#!/usr/bin/env python3
"""Changes lines of the product, one at a time, and tells which changes no test of their layer notices.

    tests/mutants/mutate.py [--areas vendor_tool,resolve] [--count 60] [--seed TEXT] [--plan FILE]

The work is done in a copy of the last commit, build/mutants/tree, with a build of its own; the seed (by default the day)
chooses the sample, so that a week of nightly runs looks at a week of samples. A change that does not compile is none.
Exits 1 where fewer than 85 % are noticed: each survivor is printed as the line was and as it is, to be killed by a test, or to
be seen that it changes nothing. With --plan only the changes of a file are tried: lines "area<TAB>path<TAB>old<TAB>new".
"""
import argparse
import datetime
import glob
import os
import random
import re
import subprocess
import sys

AREAS = {
    "mvs": (["core/mvs/*.cpp"], ["unit_mvs"]),
    "resolve": (["core/resolve/*.cpp"], ["unit_resolve"]),
    "vendor_tool": (["vendor_tool/apply/*.cpp", "vendor_tool/plan/*.cpp", "vendor_tool/proof/*.cpp", "vendor_tool/sums/*.cpp"],
                    ["unit_vendor_tool"]),
    # What composes the vendor_tool for the commands has no tests but those of the commands.
    "vendor_run": (["vendor_tool/run/*.cpp"], ["unit_vendor_tool", "script_(vendor|verify)_"]),
    "verification": (["core/source/checksum_verifier.cpp", "core/goproxy/cache_verification.cpp", "core/goproxy/module_store.cpp",
                      "core/source/tree_store.cpp", "core/module/hash.cpp", "core/module/proven_tree.cpp"],
                     ["unit_source", "unit_goproxy", "unit_module"]),
    "io": (["core/io/disk*.cpp", "core/io/overlay.cpp", "core/io/zip.cpp"], ["unit_io"]),
    "native": (["core/native/lock*.cpp"], ["unit_native"]),
    "graph": (["graph/reduce.cpp"], ["unit_graph"]),
    "settings": (["cli/settings.cpp"], ["unit_cli"]),
}
ENOUGH = 0.85

# What is looked for in a line, and what takes its place.
OPERATORS = [
    (r"==", "!="), (r"!=", "=="), (r" < ", " <= "), (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "),
    (r"&&", "||"), (r"\|\|", "&&"), (r"\btrue\b", "false"), (r"\bfalse\b", "true"), (r"(?<=[(\s])!(?=\w)", ""),
    (r"\bif \(((?!auto|const)[\w.\->]+(?:\([^()]*\))?)\)", r"if (!\1)"), (r" \+ 1\b", ""), (r" - 1\b", ""), (r"\bcontinue;", "break;"), (r"\bany_of\b", "all_of"),
    (r"\ball_of\b", "any_of"), (r"\bnone_of\b", "any_of"), (r"^(\s*)MODTOOL_CHECK\(.*\);$", r"\1;"),
    (r"^(\s*)(?!return|MODTOOL)[\w.]+(->|\.)(insert|push_back|emplace|erase|clear)\(.*\);$", r"\1;"),
    (r"^(\s*)if \(.*\) return .*;$", r"\1;"), (r"\.front\(\)", ".back()"), (r"\.back\(\)", ".front()"),
    (r"\bif_there\(\)", "or_nothing()"), (r"std::ranges::sort\(.*\);", ";"),
]


def candidates(area):
    for pattern in AREAS[area][0]:
        for path in sorted(glob.glob(pattern)):
            for number, line in enumerate(open(path).read().split("\n")):
                code = line.split("//")[0]
                if not code.strip() or code.lstrip().startswith(("#", "namespace", "using", "static_assert")):
                    continue
                for looked_for, instead in OPERATORS:
                    for match in re.finditer(looked_for, code):
                        changed = code[:match.start()] + match.expand(instead) + code[match.end():]
                        yield path, number, line, changed + line[len(code):]


def planned(file):
    for entry in open(file):
        if entry.strip() and not entry.startswith("#"):
            area, path, old, new = entry.rstrip("\n").split("\t")
            lines = open(path).read().split("\n")
            number = next((i for i, line in enumerate(lines) if old in line), None)
            if number is None:
                sys.exit(f"{path}: no line holds {old!r}")
            yield area, (path, number, lines[number], lines[number].replace(old, new))


class Copy:
    """The product of a commit in a directory of its own, built."""

    def __init__(self):
        self.tree = os.path.abspath("build/mutants/tree")
        subprocess.run(["git", "worktree", "prune"], check=True)
        if not os.path.exists(self.tree):
            subprocess.run(["git", "worktree", "add", "--detach", self.tree, "HEAD"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["git", "checkout", "--quiet", "--force", "--detach",
                        subprocess.check_output(["git", "rev-parse", "HEAD"], text=True).strip()], cwd=self.tree, check=True)
        os.chdir(self.tree)
        # The library's own assertions, so that a change that reads beside a list ends the test and does not pass by luck.
        subprocess.run(["cmake", "--preset", "dev", "--log-level=WARNING", "-D", "MODTOOL_WERROR=OFF",
                        "-D", "CMAKE_CXX_FLAGS_DEBUG=-O0 -g1 -D_GLIBCXX_ASSERTIONS"], check=True, stdout=subprocess.DEVNULL)

    # A test is a program of unit tests, or an expression for the names of scripts.
    def build(self, tests):
        targets = {test for test in tests if test.startswith("unit_")}
        if len(targets) < len(tests):
            targets |= {"modtool", "run_script"}
        return subprocess.run(["cmake", "--build", "--preset", "dev", "--target", *targets], capture_output=True).returncode == 0

    def passes(self, tests):
        for test in tests:
            command = [f"build/dev/tests/{test}"] if test.startswith("unit_") else ["ctest", "--test-dir", "build/dev", "-R", test]
            try:
                if subprocess.run(command, capture_output=True, timeout=600).returncode != 0:
                    return False
            except subprocess.TimeoutExpired:
                return False
        return True


def outcome(copy, area, change):
    path, number, _, changed = change
    text = open(path).read()
    lines = text.split("\n")
    lines[number] = changed
    try:
        open(path, "w").write("\n".join(lines))
        if not copy.build(AREAS[area][1]):
            return "none"
        return "survived" if copy.passes(AREAS[area][1]) else "killed"
    finally:
        open(path, "w").write(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--areas", default="mvs,resolve,vendor_tool,vendor_run,verification,io,native,graph,settings")
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--seed", default=datetime.date.today().isoformat())
    parser.add_argument("--plan")
    options = parser.parse_args()
    plan = os.path.abspath(options.plan) if options.plan else None
    copy = Copy()
    areas = options.areas.split(",")
    if plan:
        changes = list(planned(plan))
    else:
        everything = [(area, change) for area in areas for change in candidates(area)]
        random.Random(options.seed).shuffle(everything)
        changes = everything
    killed = survived = 0
    for area in sorted({area for area, _ in changes}):
        if not copy.build(AREAS[area][1]) or not copy.passes(AREAS[area][1]):
            sys.exit(f"{area}: the unit tests fail before anything is changed")
    for area, change in changes:
        if not plan and killed + survived >= options.count:
            break
        result = outcome(copy, area, change)
        killed += result == "killed"
        survived += result == "survived"
        if result != "killed":
            path, number, old, new = change
            print(f"{result:9}{path}:{number + 1}\n  - {old.strip()}\n  + {new.strip()}", flush=True)
    total = killed + survived
    print(f"{killed} of {total} killed")
    return 0 if total == 0 or killed >= ENOUGH * total else 1


sys.exit(main())
