#!/usr/bin/env python3
"""Hostile files of every format, each converted by one process, with time and memory.

    python3 tests/hostile/hostile.py [--banxin target/release/banxin] [--only PART] [--work DIR]

Each must end within ten seconds and one GiB, with exit code 0, 1 or 2, without a panic, and with nothing written outside its output
folder. The files are made by `cases/`, up to 50 MB each; `tests/suite/hostile.rs` has the small ones.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from cases import CASES
from cases.collection import text

SECONDS, MEBIBYTES = 10, 1024


def watch_memory(pid, peak):
    """The largest resident size, asked for now and then; the kernel's own peak includes what Python held before exec."""
    while True:
        try:
            with open(f"/proc/{pid}/status") as status:
                line = next(line for line in status if line.startswith("VmHWM:"))
        except (OSError, StopIteration):
            return
        peak[0] = max(peak[0], int(line.split()[1]) // 1024)
        time.sleep(0.01)


def run(banxin, folder, case, to, seconds, busy):
    """One conversion: wall and processor seconds, most memory in MiB, exit code, what it said of failures."""
    command = [banxin, "./" + case.name, "-t", to, "-o", "out/", "--json-report", "report.jsonl", "-q", *case.options]
    command += ["--limit-seconds", "100"] if busy else []
    begun = time.monotonic()
    limit = (6 << 30, 6 << 30)
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=folder, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit), **silent)
    peak, said = [0], []
    threads = [
        threading.Thread(target=watch_memory, args=(process.pid, peak)),
        threading.Thread(target=lambda: said.append(process.stderr.read())),
    ]
    for thread in threads:
        thread.start()
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    timer.cancel()
    for thread in threads:
        thread.join()
    wall = time.monotonic() - begun
    return wall, usage.ru_utime + usage.ru_stime, peak[0], process.returncode, failures(folder, process.returncode, said[0])


def failures(folder, code, said):
    """What the report says went wrong; what was said aloud where nothing was begun."""
    found = []
    if code == 2:
        return [said.decode("utf-8", "replace").strip()[:160]]
    try:
        with open(folder / "report.jsonl", encoding="utf-8") as report:
            for line in report:
                found += [f"{one['code']}: {one['message'][:110]}" for one in json.loads(line).get("failures", [])]
    except (OSError, ValueError):
        found.append("no report")
    return found


def try_one(case, options, banxin, work):
    """Make its files, convert, look what is there afterwards; gives the faults and a line to print."""
    folder = work / "case"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    before = {path.name for path in work.iterdir()}
    (folder / case.name).write_bytes(text(case.make()))
    for other, content in (case.beside() if case.beside else {}).items():
        (folder / other).parent.mkdir(parents=True, exist_ok=True)
        (folder / other).write_bytes(content)
    if case.prepare:
        case.prepare(folder)
    inside = {path.name for path in folder.iterdir()} | {"out", "report.jsonl"}
    seconds = 120 if options.busy else 30
    wall, cpu, memory, code, said = run(banxin, folder, case, options.to, seconds, options.busy)
    faults = []
    if (cpu if options.busy else wall) > SECONDS:
        faults.append("slow")
    if memory > MEBIBYTES:
        faults.append("memory")
    if code not in (0, 1, 2):
        faults.append(f"code {code}")
    if any(one.startswith(("panic", "no report")) for one in said):
        faults.append("panic")
    if {path.name for path in folder.iterdir()} - inside or {path.name for path in work.iterdir()} - before:
        faults.append("file outside")
    shutil.rmtree(folder, ignore_errors=True)
    word = "BAD " if faults else "good"
    return faults, f"{word} {case.name!r:30} {wall:6.2f} s {cpu:6.2f} CPU s {memory:5d} MiB code {code} {' '.join(faults)} {said[:3]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--banxin", default="target/release/banxin")
    parser.add_argument("--only", default="", help="cases with this in their names; several with commas")
    parser.add_argument("--to", default="pdf,epub,md", help="formats, all in one process")
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "banxin-hostile"))
    parser.add_argument("--all", action="store_true", help="print the good ones too")
    parser.add_argument("--busy", action="store_true", help="the machine has other work: judge by processor seconds, not by the clock")
    options = parser.parse_args()
    banxin, work = os.path.abspath(options.banxin), pathlib.Path(options.work)
    bad, count = 0, 0
    for case in CASES:
        if not any(part in case.name for part in options.only.split(",")):
            continue
        count += 1
        faults, line = try_one(case, options, banxin, work)
        bad += bool(faults)
        if faults or options.all:
            print(line, flush=True)
    print(f"{count} files, {bad} bad")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
