#!/usr/bin/env python3
"""Whether scripts run through the places whose fixes they say to type (`fix PLACE`), by what gcov counts.

    tests/support/typed_fixes.py BUILD      of the preset `coverage`; what was counted before is forgotten

`lint fixes` knows that a test names each place; this knows that a script which names it comes there. Prints the places where
none does, and exits 1 where there are some. What tests in C++ type is not looked at.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
MADE = re.compile(r"(?<!\.then\()\bFix::(modtool|command|again)\(")


def places_of(script):
    """What the steps `fix` of a script name: ("core/io/zip.cpp", "open")."""
    steps = script.read_text().split("\n-- ")[0].splitlines()
    words = [word for step in steps if step.startswith("fix ") for word in step.split()]
    return {tuple(word.split(":")) for word in words if ".cpp:" in word}


def read_counts(build, source):
    """What gcov tells of a source that was run: its functions and lines."""
    for data in build.rglob(pathlib.Path(source).name + ".gcda"):
        told = subprocess.run(["gcov", "--json-format", "--stdout", data], capture_output=True, check=True, cwd=build)
        for file in json.loads(told.stdout)["files"]:
            if file["file"].endswith(source):
                return file
    return {"functions": [], "lines": []}


def forget_counts(build):
    """Afterwards, whoever a script runs as may count anew."""
    for data in build.rglob("*.gcda"):
        data.unlink()
    for notes in build.rglob("*.gcno"):
        notes.parent.chmod(0o777)


def lines_of(counts, source, function):
    """How often the lines of a function that make a fix were run."""
    text = (TOP / source).read_text().splitlines()
    name = re.compile(rf"\b{function}\(")
    spans = [(each["start_line"], each["end_line"]) for each in counts["functions"] if name.search(each["demangled_name"])]
    counted = collections.Counter()
    for line in counts["lines"]:
        counted[line["line_number"]] += line["count"]
    run = collections.Counter()
    for at in (at for at, line in enumerate(text, 1) if MADE.search(line)):
        begins = [other for start, end in spans if start <= at <= end for other in counted if start <= other <= at]
        if begins:  # a statement is counted where it begins
            run[at] += counted[max(begins)]
    return run


def main(build):
    run = collections.defaultdict(collections.Counter)
    for script in sorted((TOP / "tests/scripts").glob("*.txtar")):
        places = places_of(script)
        if not places:
            continue
        forget_counts(build)
        subprocess.run([build / "tests/scripts/run_script", build / "cli/modtool", script], check=True)
        for source, function in places:
            run[source, function].update(lines_of(read_counts(build, source), source, function))
    never = {place: lines for place, lines in run.items() if not lines or not all(lines.values())}
    for (source, function), lines in sorted(never.items()):
        at = min((at for at, count in lines.items() if not count), default=1)
        print(f"{source}:{at}: no script that types a fix of `{function}` comes here")
    print(f"{len(run) - len(never)} of {len(run)} places are run by the scripts that type their fixes")
    return 1 if never else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
