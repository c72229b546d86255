"""EPUB and what zip allows."""
import io
import struct
import zipfile
import zlib

from .collection import MILLION, SENTENCE, laughs, noise, simple

CONTAINER = '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'


def epub(chapters, extra=None, opf=None, container=CONTAINER, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", container)
        items = "".join(f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters))
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
        book.writestr("c.opf", opf or f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>书</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>')
        for name, content in chapters.items():
            book.writestr(name, content)
        for name, content in (extra or {}).items():
            book.writestr(name, content)
    return out.getvalue()


def xhtml(body):
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>章</title></head><body>{body}</body></html>'


simple("bomb-chapter.epub", lambda: epub({"a.xhtml": xhtml("<p>" + "字" * (100 * MILLION) + "</p>")}))
simple("bomb-chapters.epub", lambda: epub({f"{n}.xhtml": xhtml("<p>" + "字" * (5 * MILLION) + "</p>") for n in range(40)}))
simple("bomb-image.epub", lambda: epub({"a.xhtml": xhtml("<img src='a.png'/>")}, {"a.png": b"\x89PNG\r\n\x1a\n" + b"\0" * (300 * MILLION)}))
simple("bomb-images.epub", lambda: epub({"a.xhtml": xhtml("".join(f"<img src='{n}.gif'/>" for n in range(100)))}, {f"{n}.gif": b"GIF89a\1\0\1\0" + b"\0" * (20 * MILLION) for n in range(100)}))
simple("many-chapters.epub", lambda: epub({f"{n}.xhtml": xhtml("<p>字</p>") for n in range(20_000)}))
simple("same-chapter.epub", lambda: epub({"a.xhtml": xhtml("<p>" + SENTENCE * 3000 + "</p>")}, opf='<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>' + '<itemref idref="a"/>' * 20_000 + "</spine></package>"))
simple("climbing.epub", lambda: epub({"../../a.xhtml": xhtml("<p>字</p><img src='../../../../etc/passwd'/>"), "/etc/b.xhtml": xhtml("<p>字</p>")}))
simple("opf-deep.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, opf="<package>" + "<metadata>" * 100_000))
simple("opf-laughs.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, opf=laughs(10, 10) + "<package>&a9;</package>"))
simple("opf-itself.epub", lambda: epub({"c.opf": "x"}))
simple("not-a-zip.epub", lambda: b"PK\3\4" + noise(MILLION))
simple("cut.epub", lambda: epub({"a.xhtml": xhtml(f"<p>{SENTENCE * 1000}</p>")})[:-200])
simple("sizes-lie.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}).replace(struct.pack("<I", len(CONTAINER)), struct.pack("<I", 0xFFFFFFF0)))
simple("overlapping.epub", lambda: overlapping())


def overlapping():
    """Many names in the directory that all mean one compressed piece."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"<p>" + b"a" * (20 * MILLION)
    packed = data.compress(body) + data.flush()
    crc = zlib.crc32(body)
    base = epub({f"{n}.xhtml": "" for n in range(200)})
    out, entries = io.BytesIO(base), []
    with zipfile.ZipFile(out, "a") as book:
        end = book.start_dir
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), len(body), 5, 0) + b"0.xht"
    central = b""
    old = zipfile.ZipFile(io.BytesIO(base))
    for info in old.infolist():
        name = info.filename.encode()
        bomb = name.endswith(b".xhtml")
        values = (crc, len(packed), len(body)) if bomb else (info.CRC, info.compress_size, info.file_size)
        offset = end if bomb else info.header_offset
        central += struct.pack("<4s4B4H3L5H2L", b"PK\1\2", 20, 3, 20, 0, 0, info.compress_type if not bomb else 8, 0, 0, *values, len(name), 0, 0, 0, 0, 0, offset) + name
        entries.append(name)
    start = end + len(local) + len(packed)
    return base[:end] + local + packed + central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(entries), len(entries), len(central), start, 0)


# ---- what else a book can be
def opf(manifest, spine, metadata="", more=""):
    names = 'xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<package {names} version="3.0"><metadata><dc:title>书</dc:title>{metadata}</metadata><manifest>{manifest}</manifest><spine>{spine}</spine>{more}</package>'


CHAPTER = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
ONE = '<itemref idref="a"/>'
simple("bomb-text.epub", lambda: epub({"a.xhtml": xhtml("<p>" + "a b " * (60 * MILLION) + "</p>")}))
simple("bomb-tags.epub", lambda: epub({"a.xhtml": xhtml("<b>" * (30 * MILLION))}))
simple("bomb-paragraphs.epub", lambda: epub({"a.xhtml": xhtml("<p>a</p>" * (8 * MILLION))}))
simple("bomb-comments.epub", lambda: epub({f"{n}.xhtml": xhtml("<!-- -->" * (2 * MILLION)) for n in range(10)}))
simple("bomb-sheets.epub", lambda: epub({"a.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><head>' + "".join(f'<link rel="stylesheet" href="{n}.css"/>' for n in range(50)) + "</head><body><p>字</p></body></html>"}, {f"{n}.css": "p{color:red}" * 300_000 for n in range(50)}))
simple("bomb-container.epub", lambda: epub({"a.xhtml": xhtml("字")}, container=CONTAINER.replace("<rootfiles>", "<rootfiles>" + " " * (100 * MILLION))))
simple("bomb-package.epub", lambda: epub({"a.xhtml": xhtml("字")}, opf=opf(CHAPTER, ONE, "<dc:creator>甲</dc:creator>" * MILLION)))
simple("bomb-manifest.epub", lambda: epub({"a.xhtml": xhtml("字")}, opf=opf(CHAPTER + "".join(f'<item id="x{n}" href="x{n}" media-type="text/css"/>' for n in range(500_000)), ONE)))
simple("bomb-spine.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, opf=opf(CHAPTER, ONE * MILLION)))
simple("bomb-ncx.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, {"t.ncx": '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>' + "<navPoint><navLabel><text>章</text></navLabel><content src='a.xhtml'/>" * 100_000 + "</navPoint>" * 100_000 + "</navMap></ncx>"}, opf(CHAPTER + '<item id="t" href="t.ncx" media-type="application/x-dtbncx+xml"/>', ONE)))
simple("bomb-nav.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, {"n.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc">' + "<ol><li><a href='a.xhtml'>章</a>" * 50_000 + "</li></ol>" * 50_000 + "</nav></body></html>"}, opf(CHAPTER + '<item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>', ONE)))
simple("bomb-names.epub", lambda: epub({f"{'a' * 200}{n}.xhtml": "" for n in range(60_000)}, compression=zipfile.ZIP_STORED))
simple("bomb-cover.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, {"c.svg": '<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 300_000 + "</svg>"}, opf(CHAPTER + '<item id="c" href="c.svg" media-type="image/svg+xml" properties="cover-image"/>', ONE)))
simple("bomb-fonts.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, {f"{n}.otf": b"OTTO" + b"\0" * (20 * MILLION) for n in range(20)}, opf(CHAPTER + "".join(f'<item id="f{n}" href="{n}.otf" media-type="font/otf"/>' for n in range(20)), ONE)))
simple("chapters-with-headings.epub", lambda: epub({f"{n}.xhtml": xhtml(f"<h1>章{n}</h1><p>字</p>") for n in range(30_000)}))
simple("chapters-with-notes.epub", lambda: epub({f"{n}.xhtml": xhtml("".join(f'<p>字<a href="notes.xhtml#n{n}-{m}">1</a></p>' for m in range(20))) for n in range(500)} | {"notes.xhtml": xhtml("".join(f'<p id="n{n}-{m}">注</p>' for n in range(500) for m in range(20)))}))
simple("links-between.epub", lambda: epub({f"{n}.xhtml": xhtml("".join(f'<p id="p{m}"><a href="{(n * m) % 300}.xhtml#p{m}">字</a></p>' for m in range(100))) for n in range(300)}))
simple("encrypted.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, {"META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherReference URI="a.xhtml"/></CipherData></EncryptedData></encryption>'}))
simple("rights.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, {"META-INF/rights.xml": "<rights/>"}))
simple("names-strange.epub", lambda: epub({name: xhtml("<p>字</p>") for name in ("/abs.xhtml", "C:\\a.xhtml", "\\\\server\\share\\a.xhtml", "a/../../../b.xhtml", "%2e%2e/c.xhtml", "d\x01.xhtml", "e//f.xhtml", "./g.xhtml", "\u202eh.xhtml", "con.xhtml", "文" * 20 + ".xhtml")}))
simple("pictures-strange.epub", lambda: epub({"a.xhtml": xhtml("".join(f'<p>字<img src="{name}"/></p>' for name in ("/etc/passwd", "../../../etc/passwd", "file:///etc/passwd", "//server/a.png", "http://127.0.0.1:1/a.png", "a.png#x", "a.png?y", "", "#", "data:,")))}, {"a.png": b"not a picture"}))
simple("names-twice.epub", lambda: twice())
simple("container-many.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, container=CONTAINER.replace("<rootfiles>", "<rootfiles>" + '<rootfile full-path="nothing.opf" media-type="application/oebps-package+xml"/>' * 50_000)))
simple("package-missing.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, container=CONTAINER.replace("c.opf", "../../../../etc/passwd")))
simple("package-entities.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}, opf='<!DOCTYPE package [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + opf(CHAPTER, ONE, "<dc:creator>&a;</dc:creator>")))
simple("chapter-laughs.epub", lambda: epub({"a.xhtml": laughs(10, 10).replace("article", "html") + xhtml("<p>&a9;</p>")}))
simple("chapter-not-xml.epub", lambda: epub({"a.xhtml": noise(MILLION)}))
simple("chapter-fixed-layout.epub", lambda: epub({f"{n}.xhtml": xhtml('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1e9 1e9"><image xlink:href="a.png" width="1e30"/></svg>') for n in range(3_000)}))
simple("zip-in-zip.epub", lambda: epub({"a.xhtml": epub({"a.xhtml": xhtml("<p>字</p>")})}))
simple("zip-64.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")})[:-22] + b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 2**63, 2**63, 2**63, 2**63) + b"PK\6\7" + struct.pack("<LQL", 0, 2**62, 1) + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0))
simple("zip-comment.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")})[:-2] + struct.pack("<H", 65535) + b"PK\5\6" * 16383)
simple("zip-offsets.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")})[:-6] + struct.pack("<L", 2**32 - 2) + b"\0\0")
simple("zip-count.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")})[:-14] + struct.pack("<HH", 65535, 65535) + epub({"a.xhtml": xhtml("<p>字</p>")})[-10:])
simple("zip-methods.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>")}).replace(b"\x08\x00\x00\x00", b"\x63\x00\x00\x00"))
simple("zip-empty.epub", lambda: b"PK\5\6" + b"\0" * 18)
simple("zip-lzma.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>" * 1_000)}, compression=zipfile.ZIP_LZMA))
simple("zip-bzip2.epub", lambda: epub({"a.xhtml": xhtml("<p>字</p>" * 1_000_000)}, compression=zipfile.ZIP_BZIP2))


def twice():
    """Two files of one name, which readers may tell apart differently."""
    out = io.BytesIO(epub({"a.xhtml": xhtml("<p>一</p>")}))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("a.xhtml ", xhtml("<p>二</p>"))
    return out.getvalue().replace(b"a.xhtml ", b"a.xhtml\0")
