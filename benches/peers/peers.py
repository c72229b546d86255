#!/usr/bin/env python3
"""Compare banxin with other converters as whole processes, side by side.

    python3 benches/peers/peers.py [--banxin target/release/banxin] [--rounds 5] [--sizes 2000,200000] [--work DIR]

Installs pandoc, Typst, WeasyPrint and trafilatura from PyPI into a virtual environment in the work folder; calibre is used where
ebook-convert is on the path. Sources are made by this script. Each round runs every tool once in turn, so that a noisy machine disturbs
all alike; figures are medians of the rounds: wall and CPU seconds (user and system, with children), peak memory of the largest process,
size of the result, and CPU in multiples of banxin's.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PACKAGES = ["pypandoc_binary==1.17", "typst==0.15.2", "weasyprint==70.0", "trafilatura==2.3.1", "lxml_html_clean"]
SENTENCES = [
    "江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。",
    "他说：“等到明年春天，桥就要修好了。”",
    "村里一共有 128 户人家，其中三成靠种茶为生（多半是绿茶）。",
    "《山居笔记》里写过这个地方——那时候还没有公路，也没有 Wi-Fi……",
]
FONT = "Noto Serif CJK SC"


def paragraphs(characters):
    texts, length = [], 0
    while length < characters:
        texts.append("".join(SENTENCES[(len(texts) + offset) % len(SENTENCES)] for offset in range(4)))
        length += len(texts[-1])
    return texts


def markdown(characters):
    parts = ["# 渡口\n"]
    for number, text in enumerate(paragraphs(characters)):
        if number % 12 == 0:
            parts.append(f"## 第 {number // 12 + 1} 节\n")
        parts.append(text + "\n")
    return "\n".join(parts)


def html(characters):
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs(characters))
    menu = "".join(f'<li><a href="/{number}">栏目{number}</a></li>' for number in range(30))
    return (f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>渡口</title></head><body><nav><ul>{menu}</ul></nav>'
            f"<article><h1>渡口</h1>\n{body}</article><footer><p>版权所有 联系我们</p></footer></body></html>")


def install(work):
    python = work / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(work / "venv")], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=True)
    found = subprocess.run([str(python), "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"], check=True, capture_output=True, text=True)
    typst = work / "typst"
    typst.write_text(f"#!{python}\nimport sys, typst\ntypst.compile(sys.argv[-2], output=sys.argv[-1], root='/')\n")
    typst.chmod(0o755)
    return {"pandoc": found.stdout.strip(), "typst": str(typst), "python": str(python)}


def commands(tools, banxin, source, out):
    """Task, tool and command; every command writes `out` with the task's extension."""
    pandoc, python = tools["pandoc"], tools["python"]
    pdf, epub, text = f"{out}.pdf", f"{out}.epub", f"{out}.md"
    md, page = f"{source}.md", f"{source}.html"
    yield "md to pdf", "banxin", [banxin, md, "-o", pdf], pdf
    yield "md to pdf", "pandoc+typst", [pandoc, md, "-o", pdf, "--pdf-engine", tools["typst"], "-V", f"mainfont={FONT}"], pdf
    weasy = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
    yield "html to pdf", "banxin", [banxin, page, "-o", pdf], pdf
    yield "html to pdf", "weasyprint", [python, "-c", weasy, page, pdf], pdf
    yield "md to epub", "banxin", [banxin, md, "-o", epub], epub
    yield "md to epub", "pandoc", [pandoc, md, "-o", epub], epub
    yield "html to md", "banxin", [banxin, page, "-o", text], text
    yield "html to md", "pandoc", [pandoc, page, "-t", "gfm", "-o", text], text
    extract = "import sys, trafilatura; open(sys.argv[2], 'w').write(trafilatura.extract(open(sys.argv[1]).read(), output_format='markdown') or '')"
    yield "html to md", "trafilatura", [python, "-c", extract, page, text], text
    if shutil.which("ebook-convert"):
        yield "md to epub", "calibre", ["ebook-convert", md, epub], epub


def measure(command, result):
    pathlib.Path(result).unlink(missing_ok=True)
    begun = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begun
    size = os.path.getsize(result) if os.path.exists(result) else 0
    return (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size) if child.returncode == 0 and size else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--banxin", default="target/release/banxin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", default="2000,200000")
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "banxin-peers"))
    options = parser.parse_args()
    work = pathlib.Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    tools, banxin = install(work), os.path.abspath(options.banxin)
    for size in map(int, options.sizes.split(",")):
        source = work / f"source-{size}"
        pathlib.Path(f"{source}.md").write_text(markdown(size), encoding="utf-8")
        pathlib.Path(f"{source}.html").write_text(html(size), encoding="utf-8")
        asked = list(commands(tools, banxin, source, work / "result"))
        figures = {(task, tool): [] for task, tool, _, _ in asked}
        for _ in range(options.rounds):
            for task, tool, command, result in asked:
                figures[task, tool].append(measure(command, result))
        print(f"\n{size} characters, {options.rounds} rounds\n{'task':<12} {'tool':<14} {'wall s':>8} {'CPU s':>8} {'MiB':>7} {'KiB out':>8} {'CPU ratio':>9}")
        base = {task: statistics.median(one[1] for one in runs) for (task, tool), runs in figures.items() if tool == "banxin" and all(runs)}
        for (task, tool), runs in figures.items():
            if not all(runs):
                print(f"{task:<12} {tool:<14} failed")
                continue
            wall, cpu, memory, out = (statistics.median(column) for column in zip(*runs))
            ratio = f"{cpu / base[task]:.1f}" if base.get(task) else ""
            print(f"{task:<12} {tool:<14} {wall:8.3f} {cpu:8.3f} {memory:7.0f} {out / 1024:8.0f} {ratio:>9}")


if __name__ == "__main__":
    main()
