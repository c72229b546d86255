"""What is not in the source itself: links, pipes, devices, rights, faces, themes, configuration."""
import os

from .collection import MILLION, SENTENCE, keep, noise, simple
from .of_pictures import png

PLAIN = f"# 题\n\n{SENTENCE}\n".encode()


def shown(name):
    return f"字\n\n![a]({name})\n".encode()


# ---- what is named beside a source
keep("link-out.md", lambda: shown("a.png"), prepare=lambda folder: (folder / "a.png").symlink_to("/etc/passwd"))
keep("link-folder-out.md", lambda: shown("etc/passwd"), prepare=lambda folder: (folder / "etc").symlink_to("/etc"))
keep("link-circle.md", lambda: shown("a.png"), prepare=lambda folder: (folder / "a.png").symlink_to("a.png"))
keep("link-zero.md", lambda: shown("a.png"), prepare=lambda folder: (folder / "a.png").symlink_to("/dev/zero"))
keep("pipe-beside.md", lambda: shown("a.png"), prepare=lambda folder: os.mkfifo(folder / "a.png"))
keep("folder-beside.md", lambda: shown("a.png"), prepare=lambda folder: (folder / "a.png").mkdir())
keep("unreadable-beside.md", lambda: shown("a.png"), lambda: {"a.png": png(9, 9)}, prepare=lambda folder: (folder / "a.png").chmod(0))
keep("sparse-beside.md", lambda: shown("a.png"), prepare=lambda folder: os.truncate(os.open(folder / "a.png", os.O_CREAT | os.O_RDWR), 1 << 40))
keep("source-as-picture.md", lambda: shown("source-as-picture.md"))
keep("sheet-pipe.html", lambda: b"<link rel=stylesheet href=a.css><p>\xe5\xad\x97", prepare=lambda folder: os.mkfifo(folder / "a.css"))

# ---- what stands in the place of a source
keep("pipe.md", lambda: b"", prepare=lambda folder: ((folder / "pipe.md").unlink(), os.mkfifo(folder / "pipe.md")))
keep("zero.md", lambda: b"", prepare=lambda folder: ((folder / "zero.md").unlink(), (folder / "zero.md").symlink_to("/dev/zero")))
keep("chance.txt", lambda: b"", prepare=lambda folder: ((folder / "chance.txt").unlink(), (folder / "chance.txt").symlink_to("/dev/urandom")))
keep("circle.md", lambda: b"", prepare=lambda folder: ((folder / "circle.md").unlink(), (folder / "circle.md").symlink_to("circle.md")))
keep("folder.md", lambda: b"", prepare=lambda folder: ((folder / "folder.md").unlink(), (folder / "folder.md").mkdir(), (folder / "folder.md" / "a.md").write_bytes(PLAIN), (folder / "folder.md" / "again").symlink_to("..")))
keep("sparse.txt", lambda: b"", prepare=lambda folder: os.truncate(folder / "sparse.txt", 1 << 40))
keep("maps.txt", lambda: b"", prepare=lambda folder: ((folder / "maps.txt").unlink(), (folder / "maps.txt").symlink_to("/proc/self/maps")))
keep("kernel-pages.txt", lambda: b"", prepare=lambda folder: ((folder / "kernel-pages.txt").unlink(), (folder / "kernel-pages.txt").symlink_to("/proc/kmsg")))
for name in ("two\nlines.md", "escape\x1b[2J.md", "bidi\u202e.md", "-t.md", "quote'\".md", "star*.md", "a;b&c.md", "文" * 80 + ".md", "dots...md", " .md", "con.md"):
    keep(name, lambda: PLAIN)
simple("empty.md", lambda: b"")
simple("empty.html", lambda: b"")
simple("empty.xml", lambda: b"")
simple("empty.json", lambda: b"")
simple("empty.epub", lambda: b"")
simple("wrong-name.epub", lambda: PLAIN)
simple("wrong-name.json", lambda: PLAIN)
simple("wrong-name.pdf", lambda: PLAIN)
simple("noise.pdf", lambda: b"%PDF-1.7\n" + noise(MILLION))
simple("deep.pdf", lambda: b"%PDF-1.7\n1 0 obj" + b"<<" * MILLION + b"\ntrailer<</Root 1 0 R>>")
simple("circle.pdf", lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/AF 1 0 R/Names 1 0 R>>endobj\ntrailer<</Root 1 0 R/Prev 0/Size 2>>\nstartxref\n0\n%%EOF")

# ---- where results go
keep("results-in-a-file.md", lambda: PLAIN, prepare=lambda folder: (folder / "out").write_bytes(b""))
keep("results-are-folders.md", lambda: PLAIN, prepare=lambda folder: [(folder / "out" / f"results-are-folders.{ending}").mkdir(parents=True) for ending in ("pdf", "epub", "md")])
keep("results-are-links.md", lambda: PLAIN, prepare=lambda folder: ((folder / "out").mkdir(), (folder / "out" / "results-are-links.pdf").symlink_to("../elsewhere.pdf")))
keep("own-folder-is-a-file.md", lambda: PLAIN, prepare=lambda folder: ((folder / "out").mkdir(), (folder / "out" / ".banxin").write_bytes(b"x")))
keep("ledger-is-noise.md", lambda: PLAIN, prepare=lambda folder: ((folder / "out" / ".banxin").mkdir(parents=True), (folder / "out" / ".banxin" / "ledger.jsonl").write_bytes(noise(3 * MILLION))))
keep("ledger-climbs.md", lambda: PLAIN, prepare=lambda folder: ((folder / "out" / ".banxin").mkdir(parents=True), (folder / "out" / ".banxin" / "ledger.jsonl").write_bytes(b'{"source":"../../x","seen":{"size":1,"changed":1,"sha256":"0"},"results":[{"target":"t","made":{"format":"pdf","path":"/etc/passwd","bytes":1,"sha256":"0"},"stamp":{"size":1,"changed":1}}]}\n' * 10_000)))

# ---- faces
FACES = ("--font-dir", "faces")


def faces(name, make):
    keep(name, lambda: PLAIN, lambda: {"faces/a.otf": make()}, options=FACES)


def opentype(tables, kind=b"OTTO", lies=False):
    """A font file of these tables."""
    import struct
    at, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, data in tables.items():
        directory += struct.pack(">4sIII", tag, 0, at + len(body), 2**31 if lies else len(data))
        body += data
    return struct.pack(">4sHHHH", kind, len(tables), 0, 0, 0) + directory + body


HEAD = b"\0\1\0\0" + b"\0" * 8 + b"\x5f\x0f\x3c\xf5\0\0\x03\xe8" + b"\0" * 34
faces("face-noise.md", lambda: b"OTTO" + noise(MILLION))
faces("face-empty.md", lambda: b"")
faces("face-cut.md", lambda: b"OTTO\0\x10")
faces("face-tables.md", lambda: b"OTTO\xff\xff" + b"\0" * (2 * MILLION))
faces("face-lies.md", lambda: opentype({b"head": HEAD, b"maxp": b"\0\1\0\0\xff\xff", b"cmap": b"\0\0\xff\xff" + b"\0" * 100, b"CFF ": b"\1\0\4\1"}, lies=True))
faces("face-circle.md", lambda: opentype({b"head": HEAD, b"hhea": b"\0\1\0\0" + b"\0" * 30 + b"\0\2", b"maxp": b"\0\1\0\0\0\2" + b"\0" * 26, b"hmtx": b"\3\xe8\0\0" * 2, b"loca": b"\0\0\0\x08\0\x10", b"glyf": b"\xff\xff" + b"\0" * 8 + b"\0\0\0\0\0\0" + b"\xff\xff" + b"\0" * 8 + b"\0\x20\0\1\0\0" * 9, b"cmap": b"\0\0\0\1\0\3\0\1\0\0\0\x0c\0\4\0\x20\0\0\0\4\0\0\0\0\0\0\x5b\x57\xff\xff\0\0\x5b\x57\xff\xff\0\0\0\0\0\0\0\0"}, b"\0\1\0\0"))
faces("face-collection.md", lambda: b"ttcf\0\2\0\0\xff\xff\xff\xff" + b"\0\0\0\x0c" * 300_000)
faces("face-woff.md", lambda: b"wOF2" + noise(10_000))
keep("face-pipe.md", lambda: PLAIN, options=FACES, prepare=lambda folder: ((folder / "faces").mkdir(), os.mkfifo(folder / "faces" / "a.otf")))
keep("face-zero.md", lambda: PLAIN, options=FACES, prepare=lambda folder: ((folder / "faces").mkdir(), (folder / "faces" / "a.otf").symlink_to("/dev/zero")))
keep("face-sparse.md", lambda: PLAIN, options=FACES, prepare=lambda folder: ((folder / "faces").mkdir(), os.truncate(os.open(folder / "faces" / "a.otf", os.O_CREAT | os.O_RDWR), 1 << 40)))
keep("faces-missing.md", lambda: PLAIN, options=FACES)

# ---- themes
THEME = ("--theme", "theme")


def theme(name, content, sheet=None):
    files = {"theme/theme.toml": content} | ({"theme/book.css": sheet} if sheet is not None else {})
    keep(name, lambda: PLAIN * 50, lambda: {one: made().encode() if callable(made) else made.encode() for one, made in files.items()}, options=THEME)


theme("theme-sizes.md", "[body]\nsize = '1e30pt'\n")
theme("theme-small.md", "[body]\nsize = '0.0001pt'\nleading = 0\n")
theme("theme-negative.md", "[body]\nsize = '-10pt'\nleading = -5\n")
theme("theme-page.md", "[page]\nsize = ['1e9mm', '1e9mm']\ncharacters = 65535\nlines = 65535\n")
theme("theme-page-small.md", "[page]\nsize = ['1mm', '1mm']\ncharacters = 1\nlines = 1\n")
theme("theme-page-narrow.md", "[page]\ncharacters = 1\nlines = 5\n")
theme("theme-numbers.md", "[body]\nsize = nan\nleading = inf\n")
theme("theme-deep.md", lambda: "a = " + "[" * 100_000)
theme("theme-keys.md", lambda: "".join(f"[a{n}]\n" for n in range(100_000)))
theme("theme-not-toml.md", lambda: noise(MILLION).decode("latin-1"))
theme("theme-sheet.md", "name = 'a'\n", lambda: "@import url(file:///etc/passwd);" + "p{" * 300_000)
theme("theme-sheet-long.md", "name = 'a'\n", lambda: "p{color:red}" * (3 * MILLION))
keep("theme-pipe.md", lambda: PLAIN, options=THEME, prepare=lambda folder: ((folder / "theme").mkdir(), os.mkfifo(folder / "theme" / "theme.toml")))
keep("theme-zero.md", lambda: PLAIN, options=THEME, prepare=lambda folder: ((folder / "theme").mkdir(), (folder / "theme" / "theme.toml").symlink_to("/dev/zero")))
keep("theme-missing.md", lambda: PLAIN, options=THEME)

# ---- configuration and lists
keep("configuration-deep.md", lambda: PLAIN, lambda: {"banxin.toml": b"a = " + b"[" * 100_000})
keep("configuration-zero.md", lambda: PLAIN, prepare=lambda folder: (folder / "banxin.toml").symlink_to("/dev/zero"))
keep("configuration-unknown.md", lambda: PLAIN, lambda: {"banxin.toml": b"nothing = 1\n"})
keep("list-zero.md", lambda: PLAIN, options=("--files-from", "/dev/zero"))
keep("list-many.md", lambda: PLAIN, lambda: {"list": b"list-many.md\n" * 300_000}, options=("--files-from", "list"))
keep("list-missing.md", lambda: PLAIN, lambda: {"list": b"nothing.md\n" * 3}, options=("--files-from", "list"))
keep("profile-zero.md", lambda: PLAIN, options=("--print", "--print-profile", "/dev/zero"))
keep("profile-noise.md", lambda: PLAIN, lambda: {"a.icc": noise(MILLION)}, options=("--print", "--print-profile", "a.icc"))
keep("small-paper.md", lambda: PLAIN * 50, options=("--paper", "1mmx1mm"))
keep("large-paper.md", lambda: PLAIN * 50, options=("--paper", "90000mmx90000mm"))
keep("small-type.md", lambda: PLAIN * 3_000, options=("--type-size", "0.1pt"))
keep("large-type.md", lambda: PLAIN * 50, options=("--type-size", "200pt"))
keep("large-margin.md", lambda: PLAIN, options=("--margin", "1000mm"))
keep("narrow-columns.md", lambda: PLAIN * 3_000, options=("--wrap", "1"))
