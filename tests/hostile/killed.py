#!/usr/bin/env python3
"""Kill runs at random moments, let two share a folder, fill the disk: what stands is whole, and the next run completes.

    python3 tests/hostile/killed.py [--banxin target/release/banxin] [--times 200] [--files 60] [--work DIR]

The full disk needs the right to mount a small tmpfs; where there is none it is left out and said.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

FORMATS = "pdf,epub,md"


def sources(folder, count):
    folder.mkdir(parents=True)
    for number in range(count):
        text = "".join(f"第{number}篇第{line}段。江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。\n\n" for line in range(40 + number * 7 % 60))
        (folder / f"{number}.md").write_text(f"# 文{number}\n\n{text}", encoding="utf-8")


def start(banxin, folder, *more):
    command = [banxin, "in", "-t", FORMATS, "-o", "out", "-q", "--json-report", "report.jsonl", *more]
    return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def sums(out):
    """The sum of every visible file below a folder."""
    found = {}
    for path in sorted(out.rglob("*")):
        relative = path.relative_to(out)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            found[str(relative)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def check(condition, message):
    if not condition:
        print("BAD:", message)
        sys.exit(1)


def killed(banxin, work, right, times, longest):
    """Each file that stands after a kill has the bytes an undisturbed run gives it. The folder is emptied now and then."""
    choose = random.Random(8)
    wrong = ends = 0
    for turn in range(times):
        if turn % 10 == 0:
            shutil.rmtree(work / "out", ignore_errors=True)
        process = start(banxin, work, *(["--force"] if turn % 3 == 0 else []))
        time.sleep(choose.uniform(0, longest))
        ends += process.poll() is not None
        process.kill()
        process.wait()
        wrong += sum(right.get(name) != value for name, value in sums(work / "out").items())
    check(wrong == 0, f"{wrong} broken files after kills")
    process = start(banxin, work)
    check(process.wait() == 0, "the run after the kills failed")
    check(sums(work / "out") == right, "the run after the kills did not complete")
    left = list((work / "out" / ".banxin" / "runs").iterdir())
    check(not left, f"{len(left)} unfinished folders left")
    print(f"killed {times} times ({ends} had ended before): nothing broken, the next run completed, nothing left behind")


def together(banxin, work, right):
    shutil.rmtree(work / "out", ignore_errors=True)
    for turn in range(5):
        running = [start(banxin, work, *(["--force"] if turn % 2 else [])) for _ in range(2)]
        check(all(process.wait() == 0 for process in running), "one of two runs failed")
        check(sums(work / "out") == right, "two runs at once left something wrong")
    process = start(banxin, work)
    process.wait()
    with open(work / "report.jsonl", encoding="utf-8") as report:
        last = json.loads(report.readlines()[-1])
    check(last["unchanged"] == last["files"], f"after two runs at once: {last}")
    print("two runs at once, five times: both right, and the next found all unchanged")


def full(banxin, work, right):
    disk = work / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)], capture_output=True).returncode:
        print("left out: no tmpfs can be mounted here")
        return
    try:
        command = [banxin, "in", "-t", FORMATS, "-o", "disk/out", "-q"]
        ended = subprocess.run(command, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
        check(ended.returncode in (1, 2) and "No space left" in ended.stderr, f"full disk: {ended.returncode} {ended.stderr[-300:]}")
        stands = sums(disk / "out")
        check(all(right.get(name) == value for name, value in stands.items()), "the full disk holds a broken file")
        print(f"full disk: code {ended.returncode}, {len(stands)} whole files stand, none broken")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def read_only(banxin, work):
    target = work / "locked"
    target.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(target)], capture_output=True).returncode:
        print("left out: nothing can be mounted here")
        return
    try:
        command = [banxin, "in", "-t", FORMATS, "-o", "locked", "-q"]
        ended = subprocess.run(command, cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
        check(ended.returncode == 2 and "locked" in ended.stderr, f"read-only: {ended.returncode} {ended.stderr[-300:]}")
        print("read-only folder: code 2 before any work:", ended.stderr.strip())
    finally:
        subprocess.run(["umount", str(target)], check=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--banxin", default="target/release/banxin")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "banxin-killed"))
    options = parser.parse_args()
    banxin, work = os.path.abspath(options.banxin), pathlib.Path(options.work)
    shutil.rmtree(work, ignore_errors=True)
    sources(work / "in", options.files)
    begun = time.monotonic()
    process = start(banxin, work)
    check(process.wait() == 0, "the first run failed")
    longest = time.monotonic() - begun
    right = sums(work / "out")
    check(len(right) == 3 * options.files, f"{len(right)} files")
    killed(banxin, work, right, options.times, longest)
    together(banxin, work, right)
    full(banxin, work, right)
    read_only(banxin, work)
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
