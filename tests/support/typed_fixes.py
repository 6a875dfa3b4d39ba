#!/usr/bin/env python3
"""Whether scripts run through the places whose fixes they say to type (`fix PLACE`), by what gcov counts.

    tests/support/typed_fixes.py BUILD      of the preset `coverage`

`lint fixes` knows that a test names each place; this knows that a script which names it comes there. Prints the places where
none does, and exits 1 where there are some. What tests in C++ type is not looked at.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
MADE = re.compile(r"(?<!\.then\()\bFix::(modtool|command|again)\(")


def places_of(script):
    """What the steps `fix` of a script name: ("core/io/zip.cpp", "open")."""
    steps = script.read_text().split("\n-- ")[0].splitlines()
    words = [word for step in steps if step.startswith("fix ") for word in step.split()]
    return {tuple(word.split(":")) for word in words if ".cpp:" in word}


def read_counts(counted, source):
    """What gcov tells of a source that was run: its functions and lines."""
    for data in counted.rglob(pathlib.Path(source).name + ".gcda"):
        notes = pathlib.Path("/", data.relative_to(counted)).with_suffix(".gcno")
        shutil.copy(notes, data.with_suffix(".gcno"))
        told = subprocess.run(["gcov", "--json-format", "--stdout", data], capture_output=True, check=True, cwd=counted)
        for file in json.loads(told.stdout)["files"]:
            if file["file"].endswith(source):
                return file
    return {"functions": [], "lines": []}


def lines_of(counts, source, function):
    """How often the lines of a function that make a fix were run."""
    text = (TOP / source).read_text().splitlines()
    name = re.compile(rf"\b{function}\(")
    spans = [(each["start_line"], each["end_line"]) for each in counts["functions"] if name.search(each["demangled_name"])]
    run = collections.Counter()
    for line in counts["lines"]:
        at = line["line_number"]
        if MADE.search(text[at - 1]) and any(start <= at <= end for start, end in spans):
            run[at] += line["count"]
    return run


def main(build):
    run = collections.defaultdict(collections.Counter)
    for script in sorted((TOP / "tests/scripts").glob("*.txtar")):
        places = places_of(script)
        if not places:
            continue
        with tempfile.TemporaryDirectory() as counted:
            command = [build / "tests/scripts/run_script", build / "cli/modtool", script]
            subprocess.run(command, env=dict(os.environ, GCOV_PREFIX=counted), check=True)
            for source, function in places:
                run[source, function].update(lines_of(read_counts(pathlib.Path(counted), source), source, function))
    never = {place: lines for place, lines in run.items() if not lines or not all(lines.values())}
    for (source, function), lines in sorted(never.items()):
        at = min((at for at, count in lines.items() if not count), default=1)
        print(f"{source}:{at}: no script that types a fix of `{function}` comes here")
    print(f"{len(run) - len(never)} of {len(run)} places are run by the scripts that type their fixes")
    return 1 if never else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
