#!/usr/bin/env python3
"""judge.py JUDGES OUTPUT BANXIN: run the judges on everything in OUTPUT and print a line for each verdict.

Every PDF must pass as PDF/UA-1 and PDF/A-2a and in its Chinese layout, every EPUB EPUBCheck and Ace, and the Markdown round trip must
not fall below its floors. The documents of tests/constructs, which hold every construct there is, are made in every standard and must
pass in each, and as PDF/X-4. Exit code 0 when all do.
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

# Percent of the specifications' examples whose HTML survives reading and writing, and that a second pass leaves alone.
# Raise them when the figures rise.
FLOORS = {"commonmark": (100.0, 100.0), "gfm": (100.0, 100.0)}

TIMEOUT = 600


def run(command):
    begun = time.monotonic()
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT)
        code, out, err = done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        code, out, err = 124, "", f"not done after {TIMEOUT} s"
    return code, out, err, time.monotonic() - begun


def verdict(out):
    try:
        return json.loads(out)
    except ValueError:
        return {}


def why(code, out, err):
    """What a judge found wrong, in a few lines."""
    said = verdict(out)
    if said.get("broken"):
        rules = said.get("rules", {})
        return [f"{rule}: {rules[rule]['violations']} of {rules[rule]['examined']}, {rules[rule]['examples'][:2]}" for rule in said["broken"]]
    deciding = [check for check in said.get("failed", []) if check.get("level") in ("error", "policy")]
    if deciding:
        return [f"{check['check']}: {str(check.get('detail', ''))[:300]}" for check in deciding[:6]]
    return [f"exit code {code}", *(said.get("why") and [said["why"]] or []), *(err or out).strip().splitlines()[-3:]]


def languages(banxin):
    """Language of each sample by the name of its result."""
    code, out, _, _ = run([banxin, "check", "input", "-t", "json", "-q", "--json-report", "-"])
    events = [json.loads(line) for line in out.splitlines() if line]
    return {pathlib.Path(event["source"]).stem: event.get("language", "") for event in events if event["event"] == "file"}


def layout_options(language):
    if language.startswith("ja"):
        return ["--indent", "1"]
    if "Hant" in language or "TW" in language or "HK" in language:
        return ["--region", "tw"]
    return []


def tasks(judges, output, banxin):
    """Name and command of everything to ask, the slow ones first."""
    language_of = languages(banxin)
    python = sys.executable
    for path in sorted(output.rglob("*.epub")):
        yield f"epub      {path}", [python, f"{judges}/epub_judge.py", str(path), "--ace"]
    for path in sorted(output.rglob("*.pdf")):
        for profile in ("ua1", "a2a"):
            yield f"pdf {profile}   {path}", [python, f"{judges}/pdf_judge.py", str(path), "--profile", profile, "--brief"]
        options = layout_options(language_of.get(path.stem, ""))
        yield f"layout    {path}", [python, f"{judges}/cjk_layout_judge.py", str(path), *options]


# What the documents of tests/constructs are made as: options, and the judge's profiles for it.
EDITIONS = {
    "usual": (["-t", "pdf,epub"], ["ua1", "a2a"]),
    "a-2u": (["-t", "pdf", "--pdf-standard", "a-2u"], ["a2u"]),
    "a-2b": (["-t", "pdf", "--pdf-standard", "a-2b"], ["a2b"]),
    "a-3a": (["-t", "pdf", "--pdf-standard", "a-3a"], ["ua1"]),
    "a-4": (["-t", "pdf", "--pdf-standard", "a-4"], ["a4"]),
    "gray": (["-t", "pdf", "--print"], ["x4"]),
    "cmyk": (["-t", "pdf", "--print", "--ink", "cmyk"], ["x4"]),
    "full fonts": (["-t", "epub", "--epub-fonts", "full"], []),
}


def construct_tasks(judges, banxin, folder):
    """The documents with every construct, in every edition."""
    for edition, (options, profiles) in EDITIONS.items():
        made = folder / edition
        code, out, err, _ = run([str(banxin), "tests/constructs", "-q", "-o", str(made), *options])
        if code:
            yield f"construct {edition}: {err.strip()[-300:]}", ["false"]
        for path in sorted(made.rglob("*.epub")):
            yield f"epub      {edition}/{path.name}", [sys.executable, f"{judges}/epub_judge.py", str(path), "--ace"]
        for path in sorted(made.rglob("*.pdf")):
            for profile in profiles:
                command = [sys.executable, f"{judges}/pdf_judge.py", str(path), "--profile", profile, "--brief"]
                yield f"pdf {profile:5} {edition}/{path.name}", command


def round_trip(judges, banxin, suite):
    """One suite against its floors; `None` where its examples are not there."""
    home = pathlib.Path(os.environ.get("JUDGES_HOME") or os.path.join(tempfile.gettempdir(), "judges"))
    if suite == "gfm" and not ((home / "corpora/cmark-gfm/test/spec.txt").is_file() and shutil.which("cmark-gfm")):
        return None
    command = [sys.executable, f"{judges}/md_roundtrip.py", "--suite", suite, "--show", "3", "--"]
    code, out, err, seconds = run([*command, str(banxin.resolve()), "-f", suite, "-t", suite])
    said = verdict(out)
    kept, stable = said.get("roundtrip_pct", 0), said.get("stable_pct", 0)
    good = kept >= FLOORS[suite][0] and stable >= FLOORS[suite][1] and said.get("product_failures", 1) == 0
    notes = [] if good else [f"floors are {FLOORS[suite]}; {said.get('product_failures')} runs failed", *err.strip().splitlines()[-3:]]
    return good, f"markdown  {suite}: {kept} % kept, {stable} % stable", seconds, notes


def tell(good, name, seconds, notes):
    print(f"{'passed' if good else 'FAILED'} {seconds:6.1f} s  {name}", flush=True)
    for note in notes:
        print(f"           {note}")


def main():
    judges, output, banxin = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    asked = list(tasks(judges, output, banxin))
    bad = 0
    if not asked:
        print("FAILED: there is nothing to judge in", output)
        bad += 1
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        asked += construct_tasks(judges, banxin, pathlib.Path(folder))
        results = pool.map(lambda task: (task[0], run(task[1])), asked)
        for name, (code, out, err, seconds) in results:
            tell(code == 0, name, seconds, [] if code == 0 else why(code, out, err))
            bad += code != 0
    for suite in FLOORS:
        result = round_trip(judges, banxin, suite)
        if result is None:
            print(f"NOT RUN           markdown  {suite}: its examples are not there")
            continue
        tell(*result)
        bad += not result[0]
    print(f"{bad} verdicts against us" if bad else "all verdicts are good")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
