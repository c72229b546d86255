"""Pictures beside a Markdown file."""
import base64
import gzip
import struct
import zlib

from .collection import MILLION, SENTENCE, keep, laughs, text

def png(width, height, body=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def picture(name, make):
    keep(f"picture-{name}.md", lambda: f"字\n\n![a]({name})\n".encode(), lambda: {name: text(make())})


def svg(body, size='width="100" height="100"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{body}</svg>'


def uses(levels, width):
    body = '<g id="a0"><rect width="1" height="1"/></g>'
    for level in range(1, levels):
        body += f'<g id="a{level}">' + f'<use xlink:href="#a{level - 1}"/>' * width + "</g>"
    return svg(f"<defs>{body}</defs><use xlink:href='#a{levels - 1}'/>")


picture("huge-header.png", lambda: png(65535, 65535))
picture("huge-body.png", lambda: png(14_000, 14_000, zlib.compress(b"\0" * (14_000 * (14_000 * 3 + 1)), 1)))
picture("wide.png", lambda: png(200_000_000, 1, zlib.compress(b"\0" * 1000)))
picture("zero.png", lambda: png(0, 0))
picture("cut.png", lambda: png(3000, 3000, zlib.compress(b"\0" * 1000)))
picture("text-bomb.png", lambda: png(1, 1, zlib.compress(b"\0\0\0\0"))[:-12] + b"".join(struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data)) for data in [b"a\0\0" + zlib.compress(b"\0" * 100_000_000, 9)] * 10) + b"\0\0\0\0IEND\xaeB`\x82")
picture("header.jpg", lambda: b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00\xff\xd9")
picture("frames.gif", lambda: b"GIF89a\x10\x27\x10\x27\x80\0\0\0\0\0\xff\xff\xff" + (b",\0\0\0\0\x10\x27\x10\x27\0\x02\x02D\x01\0") * 1000 + b";")
picture("header.webp", lambda: b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0\0\0\0")
picture("uses.svg", lambda: uses(12, 10))
picture("uses-wide.svg", lambda: uses(6, 30))
picture("use-itself.svg", lambda: svg('<g id="a"><use xlink:href="#a"/></g>'))
picture("deep.svg", lambda: svg("<g>" * 100_000))
picture("deep-closed.svg", lambda: svg("<g>" * 50_000 + "<rect width='1' height='1'/>" + "</g>" * 50_000))
picture("laughs.svg", lambda: laughs(10, 10).replace("article", "svg") + svg("<text>&a9;</text>"))
picture("filters.svg", lambda: svg("<filter id='f'>" + "<feGaussianBlur stdDeviation='1000'/>" * 1000 + "</filter><rect width='100' height='100' filter='url(#f)'/>"))
picture("filter-huge.svg", lambda: svg("<filter id='f' x='-100000' y='-100000' width='1000000' height='1000000'><feTurbulence numOctaves='1000000' baseFrequency='0.1'/></filter><rect width='30000' height='30000' filter='url(#f)'/>", 'width="30000" height="30000"'))
picture("patterns.svg", lambda: svg("<pattern id='p' width='0.0001' height='0.0001' patternUnits='userSpaceOnUse'><rect width='1' height='1'/></pattern><rect width='100' height='100' fill='url(#p)'/>"))
picture("path.svg", lambda: svg("<path d='M0 0" + " L1 1" * 1_000_000 + "'/>"))
picture("dashes.svg", lambda: svg("<path stroke='red' stroke-dasharray='0.00001' d='M0 0 L100000 0'/>"))
picture("masks.svg", lambda: svg("".join(f"<mask id='m{n}'><rect width='1' height='1' mask='url(#m{(n + 1) % 1000})'/></mask>" for n in range(1000)) + "<rect width='9' height='9' mask='url(#m0)'/>"))
picture("styles.svg", lambda: svg("<style>" + "rect rect{fill:red}" * 10_000 + "</style>" + "<rect width='1' height='1'/>" * 5_000))
picture("texts.svg", lambda: svg("<text>" + "字" * 300_000 + "</text>"))
picture("shapes.svg", lambda: svg("<circle r='1'/>" * 300_000))
picture("size.svg", lambda: svg("<rect width='1' height='1'/>", 'width="1e30" height="1e30"'))
picture("outside.svg", lambda: svg("<image xlink:href='file:///etc/passwd' width='1' height='1'/><image xlink:href='http://127.0.0.1/a.png' width='1' height='1'/>"))
picture("image-inside.svg", lambda: svg("<image xlink:href='data:image/png;base64," + base64.b64encode(png(14_000, 14_000, zlib.compress(b"\0" * (14_000 * (14_000 * 3 + 1)), 1))).decode() + "' width='1' height='1'/>"))
keep("pictures-many.md", lambda: "".join(f"![a]({n}.png)\n\n" for n in range(3000)).encode(), lambda: {f"{n}.png": png(64, 64, zlib.compress((b"\0" + bytes([n % 256, n // 256, 7]) * 64) * 64)) for n in range(3000)})
keep("picture-repeated.md", lambda: b"![a](a.png)\n\n" * 30_000, lambda: {"a.png": png(64, 64, zlib.compress(b"\0" * 64 * 193))})


# ---- what else pictures can be
def png_of(width, height, kind, depth, body, interlaced=0, chunks=()):
    """A PNG of any colour type, `chunks` before the pixels."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    before = b"".join(chunk(name, data) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)) + before + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def zeros(size):
    """So many zero bytes, packed, without holding them all."""
    packer = zlib.compressobj(1)
    piece = b"\0" * (1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.compress(b"\0" * (size & ((1 << 20) - 1))) + packer.flush()


def jpeg(width, height, scans=1, components=3, quality=b"\x01", data=b"\x00" * 16, progressive=False):
    """A JPEG whose pixels are nothing much; a progressive one may have any number of scans."""
    def marker(kind, body):
        return b"\xff" + kind + struct.pack(">H", len(body) + 2) + body
    parts = b"".join(bytes([n + 1, 0x11, 0]) for n in range(components))
    frame = marker(b"\xc2" if progressive else b"\xc0", struct.pack(">BHHB", 8, height, width, components) + parts)
    tables = marker(b"\xdb", b"\0" + quality * 64) + marker(b"\xc4", b"\0\1" + b"\0" * 15 + b"\0") + marker(b"\xc4", b"\x10\1" + b"\0" * 15 + b"\0")
    selectors = b"".join(bytes([n + 1, 0]) for n in range(components))
    ends = b"\0\0\0" if progressive else b"\0\x3f\0"
    scan = marker(b"\xda", bytes([components]) + selectors + ends) + data
    return b"\xff\xd8" + tables + frame + scan * scans + b"\xff\xd9"


picture("deep-colour.png", lambda: png_of(8_000, 8_000, 6, 16, zeros(8_000 * (8_000 * 8 + 1))))
picture("transparent.png", lambda: png_of(8_000, 8_000, 6, 8, zeros(8_000 * (8_000 * 4 + 1))))
picture("interlaced.png", lambda: png_of(7_900, 7_900, 6, 8, zeros(8_100 * 8_000 * 4), interlaced=1))
picture("gray.png", lambda: png_of(8_000, 8_000, 0, 1, zeros(8_000 * 1_001)))
picture("palette.png", lambda: png_of(8_000, 8_000, 3, 8, zeros(8_000 * 8_001), chunks=[(b"PLTE", b"\1\2\3" * 256), (b"tRNS", b"\0" * 256)]))
picture("palette-missing.png", lambda: png_of(800, 800, 3, 8, zeros(800 * 801)))
picture("tall.png", lambda: png_of(1, 60_000_000, 0, 8, zeros(120_000_000)))
picture("tall-thin.png", lambda: png_of(1, 1_000_000, 0, 8, zeros(2_000_000)))
picture("profile-bomb.png", lambda: png_of(9, 9, 2, 8, zlib.compress(b"\0" * 252), chunks=[(b"iCCP", b"a\0\0" + zeros(500 * MILLION))]))
picture("profile-wrong.png", lambda: png_of(9, 9, 2, 8, zlib.compress(b"\0" * 252), chunks=[(b"iCCP", b"a\0\0" + zlib.compress(b"\xff" * 3_000))]))
picture("chunks.png", lambda: png_of(9, 9, 2, 8, zlib.compress(b"\0" * 252), chunks=[(b"tEXt", b"a\0b")] * 500_000))
picture("chunk-huge.png", lambda: png(9, 9).replace(b"\0\0\0\0IDAT", b"\x7f\xff\xff\xffIDAT"))
picture("filters.png", lambda: png_of(3_000, 3_000, 2, 8, zlib.compress((b"\4" + b"\x55" * 9_000) * 3_000)))
picture("filter-wrong.png", lambda: png_of(300, 300, 2, 8, zlib.compress((b"\xff" + b"\x55" * 900) * 300)))
picture("bytes-after.png", lambda: png_of(9, 9, 2, 8, zlib.compress(b"\0" * 252) + b"\0" * 1_000_000) + b"\0" * (40 * MILLION))
picture("pixels-too-many.png", lambda: png_of(9, 9, 2, 8, zeros(500 * MILLION)))
picture("animated.png", lambda: png_of(9, 9, 2, 8, zlib.compress(b"\0" * 252), chunks=[(b"acTL", struct.pack(">II", 2**31 - 1, 0))] + [(b"fcTL", struct.pack(">IIIIIHHBB", n, 9, 9, 0, 0, 1, 1, 0, 0)) for n in range(50_000)]))
picture("scans.jpg", lambda: jpeg(8_000, 8_000, 3_000, progressive=True))
picture("scans-small.jpg", lambda: jpeg(2_000, 2_000, 20_000, progressive=True))
picture("big.jpg", lambda: jpeg(8_000, 8_000, data=b"\0" * 3_000_000))
picture("huge.jpg", lambda: jpeg(65_500, 65_500))
picture("inks.jpg", lambda: jpeg(4_000, 4_000, components=4, data=b"\0" * 1_000_000))
picture("gray.jpg", lambda: jpeg(7_000, 7_000, components=1, data=b"\0" * 1_000_000))
picture("zero.jpg", lambda: jpeg(0, 0))
picture("markers.jpg", lambda: b"\xff\xd8" + b"\xff\xe1\x00\x02" * 5_000_000)
picture("marker-bytes.jpg", lambda: b"\xff\xd8" + b"\xff" * (20 * MILLION))
picture("exif.jpg", lambda: jpeg(16, 16)[:2] + b"\xff\xe1\x20\x00Exif\0\0II*\0\x08\0\0\0" + (b"\xff" * 8178) + jpeg(16, 16)[2:])
picture("profile.jpg", lambda: jpeg(16, 16)[:2] + b"".join(b"\xff\xe2\xff\xffICC_PROFILE\0" + bytes([n, 255]) + b"\0" * 65_519 for n in range(1, 255)) + jpeg(16, 16)[2:])
picture("big.gif", lambda: b"GIF89a" + struct.pack("<HH", 8_000, 8_000) + b"\x80\0\0\0\0\0\xff\xff\xff," + struct.pack("<HHHH", 0, 0, 8_000, 8_000) + b"\0\x02\x02D\x01\0;")
picture("extensions.gif", lambda: b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + b"\x21\xfe\x01a\0" * 3_000_000 + b";")
picture("frames-small.gif", lambda: b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + b",\0\0\0\0\1\0\1\0\0\x02\x02D\x01\0" * 1_000_000 + b";")
picture("outside-frame.gif", lambda: b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\xff\xff\xff\xff\xff\xff\xff\xff\0\x02\x02D\x01\0;")
picture("animated.webp", lambda: b"RIFF" + struct.pack("<I", 4 + 18 + 14) + b"WEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\xff\xff\xff\xff\xffANIM\x06\0\0\0\0\0\0\0\0\0")
picture("lossless.webp", lambda: b"RIFF" + struct.pack("<I", 4 + 8 + 5 + 300) + b"WEBPVP8L" + struct.pack("<I", 305) + b"\x2f" + struct.pack("<I", (7_999) | (7_999 << 14)) + b"\0" * 300)
picture("riff-lies.webp", lambda: b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff" + b"\0" * 1000)
for ending, start in (("bmp", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 2**31, 0, 0, 54, 40, 30_000, 30_000, 1, 24, 0, 0, 0, 0, 0, 0)), ("tiff", b"II*\0\x08\0\0\0\xff\xff" + b"\0" * 400), ("ico", b"\0\0\1\0\xff\xff" + b"\0" * 400), ("avif", b"\0\0\0\x1cftypavif" + b"\0" * 400), ("jxl", b"\xff\x0a" + b"\0" * 400), ("wmf", b"\xd7\xcd\xc6\x9a" + b"\0" * 400), ("pdf", b"%PDF-1.7\n" + b"1 0 obj" * 1000)):
    picture(f"other.{ending}", lambda start=start: start)
picture("empty.png", lambda: b"")
picture("text.png", lambda: SENTENCE * 1000)
picture("svg-named.png", lambda: svg("<rect width='1' height='1'/>"))
picture("packed.svg", lambda: gzip.compress(svg("<rect width='1' height='1'/>" * 3_000_000).encode(), 9))
picture("packed-zeros.svgz", lambda: gzip.compress(b"\0" * (500 * MILLION), 1))
picture("nested.svg", lambda: nested(12))
picture("nested-many.svg", lambda: svg(("<image width='1' height='1' xlink:href='data:image/svg+xml;base64," + base64.b64encode(svg("<rect width='1' height='1'/>" * 1_000).encode()).decode() + "'/>") * 200))
picture("images-inside.svg", lambda: svg(("<image width='1' height='1' xlink:href='data:image/png;base64," + base64.b64encode(png(3_000, 3_000, zeros(3_000 * 9_001))).decode() + "'/>") * 30))
picture("sizes.svg", lambda: svg("<rect width='1e38' height='1e38' x='-1e38' stroke='red' stroke-width='1e38'/><circle r='1e38'/>" * 1_000, 'width="1e38" height="1e-38" viewBox="-1e38 -1e38 1e-38 1e38"'))
picture("no-size.svg", lambda: svg("<rect width='1' height='1'/>", 'width="0" height="-1" viewBox="0 0 0 0"'))
picture("not-numbers.svg", lambda: svg("<path d='M NaN inf L 1e999 -1e999 A 0 0 0 0 0 1e30 1e30'/>" * 1_000, 'width="NaN" height="inf"'))
picture("tall.svg", lambda: svg("<rect width='1' height='1000000'/>", 'width="1" height="1000000"'))
picture("gradients.svg", lambda: svg("<linearGradient id='a'>" + "<stop offset='0.5' stop-color='red'/>" * 100_000 + "</linearGradient><rect width='9' height='9' fill='url(#a)'/>" * 1))
picture("gradient-chain.svg", lambda: svg("".join(f"<linearGradient id='a{n}' xlink:href='#a{n + 1}'/>" for n in range(20_000)) + "<rect width='9' height='9' fill='url(#a0)'/>"))
picture("clips.svg", lambda: svg("".join(f"<clipPath id='c{n}' clip-path='url(#c{n + 1})'><rect width='1' height='1'/></clipPath>" for n in range(5_000)) + "<rect width='9' height='9' clip-path='url(#c0)'/>"))
picture("clips-many.svg", lambda: svg("<clipPath id='c'>" + "<circle r='9'/>" * 3_000 + "</clipPath>" + "<rect width='9' height='9' clip-path='url(#c)'/>" * 3_000))
picture("opacity-deep.svg", lambda: svg("<g opacity='0.5'>" * 300 + "<rect width='9' height='9'/>" + "</g>" * 300))
picture("opacity-many.svg", lambda: svg("<g opacity='0.5'><rect width='9' height='9'/><rect width='8' height='8'/></g>" * 30_000))
picture("blend-many.svg", lambda: svg("<g style='mix-blend-mode:multiply;isolation:isolate'><rect width='9' height='9'/></g>" * 30_000))
picture("filters-many.svg", lambda: svg("<filter id='f'><feGaussianBlur stdDeviation='9'/></filter>" + "<rect width='90' height='90' filter='url(#f)'/>" * 2_000))
picture("filter-chain.svg", lambda: svg("<filter id='f'>" + "<feTurbulence baseFrequency='0.5' numOctaves='9'/><feMorphology radius='50'/><feConvolveMatrix order='9' kernelMatrix='" + "1 " * 81 + "'/>" * 1 + "</filter><rect width='3000' height='3000' filter='url(#f)'/>", 'width="3000" height="3000"'))
picture("markers.svg", lambda: svg("<marker id='m' markerWidth='9' markerHeight='9'><path d='M0 0" + " L9 9" * 500 + "' marker-mid='url(#m)'/></marker><path marker-mid='url(#m)' d='M0 0" + " L9 9" * 5_000 + "'/>"))
picture("patterns-nested.svg", lambda: svg("".join(f"<pattern id='p{n}' width='1' height='1'><rect width='9' height='9' fill='url(#p{n + 1})'/></pattern>" for n in range(2_000)) + "<rect width='90' height='90' fill='url(#p0)'/>"))
picture("text-huge.svg", lambda: svg("<text font-size='1e30'>字</text>" * 1_000))
picture("text-positions.svg", lambda: svg("<text x='" + "1 " * 200_000 + "' rotate='" + "9 " * 200_000 + "'>" + "字" * 20_000 + "</text>"))
picture("text-path.svg", lambda: svg("<path id='a' d='M0 0" + " L1 1" * 50_000 + "'/><text><textPath xlink:href='#a'>" + "字" * 20_000 + "</textPath></text>"))
picture("tspans-deep.svg", lambda: svg("<text>" + "<tspan>" * 20_000 + "字" + "</tspan>" * 20_000 + "</text>"))
def tower(element, attribute, levels=9, width=10):
    """Elements of which each shows the next many times."""
    inside = "".join(f"<{element} id='e{n}' width='1' height='1'>" + f"<rect width='9' height='9' {attribute}='url(#e{n + 1})'/>" * width + f"</{element}>" for n in range(levels))
    return svg(inside + f"<{element} id='e{levels}'><rect width='1' height='1'/></{element}><rect width='90' height='90' {attribute}='url(#e0)'/>")


picture("patterns-tower.svg", lambda: tower("pattern", "fill"))
picture("masks-tower.svg", lambda: tower("mask", "mask"))
picture("clips-tower.svg", lambda: tower("clipPath", "clip-path"))
picture("markers-tower.svg", lambda: tower("marker", "marker-start").replace("<rect", "<path d='M0 0L9 9L1 2'"))
picture("uses-tower.svg", lambda: uses(9, 9))
picture("switch.svg", lambda: svg("<switch>" * 5_000 + "<rect width='9' height='9'/>" + "</switch>" * 5_000))
picture("foreign.svg", lambda: svg("<foreignObject width='9' height='9'><body xmlns='http://www.w3.org/1999/xhtml'><script>1</script></body></foreignObject>" * 10_000))
picture("script.svg", lambda: svg("<script>while(1);</script><style>@import url(http://127.0.0.1:1/);@font-face{src:url(file:///etc/passwd)}</style><rect width='9' height='9'/>"))
picture("animate.svg", lambda: svg("<rect width='9' height='9'><animate attributeName='x' dur='1e-9s' repeatCount='indefinite'/></rect>" * 30_000))
picture("transforms.svg", lambda: svg("<g transform='" + "scale(1e9) rotate(1) " * 50_000 + "'><rect width='9' height='9'/></g>"))
picture("use-chain.svg", lambda: svg("<defs>" + "".join(f"<g id='a{n}'><use xlink:href='#a{n + 1}'/></g>" for n in range(5_000)) + "<rect id='a5000' width='9' height='9'/></defs><use xlink:href='#a0'/>"))
picture("symbols.svg", lambda: svg("<symbol id='s' viewBox='0 0 1 1'>" + "<rect width='1' height='1'/>" * 300 + "</symbol>" + "<use xlink:href='#s'/>" * 300))
picture("outside-laughs.svg", lambda: '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY % b SYSTEM "http://127.0.0.1:1/">%b;]>' + svg("<text>&a;</text>"))
picture("styles-long.svg", lambda: svg("<style>" + ".a" * 100_000 + "{fill:red}" + "</style><rect class='a' width='9' height='9'/>"))
picture("attributes.svg", lambda: svg("<rect " + " ".join(f"a{n}='1'" for n in range(100_000)) + " width='9' height='9'/>"))
keep("pictures-large-many.md", lambda: "".join(f"![a]({n}.png)\n\n" for n in range(20)).encode(), lambda: {f"{n}.png": png_of(7_000, 7_000 + n, 6, 8, zeros((7_000 + n) * 28_001)) for n in range(20)})
keep("pictures-profound-many.md", lambda: "".join(f"![a]({n}.png)\n\n" for n in range(8)).encode(), lambda: {f"{n}.png": png_of(7_000, 7_000 + n, 2, 16, zeros((7_000 + n) * 42_001)) for n in range(8)})
keep("pictures-gif-many.md", lambda: "".join(f"![a]({n}.gif)\n\n" for n in range(20)).encode(), lambda: {f"{n}.gif": b"GIF89a" + struct.pack("<HH", 8_000, 7_900 + n) + b"\x80\0\0\0\0\0\xff\xff\xff," + struct.pack("<HHHH", 0, 0, 8_000, 7_900 + n) + b"\0\x02\x02D\x01\0;" for n in range(20)})
keep("pictures-jpeg-many.md", lambda: "".join(f"![a]({n}.jpg)\n\n" for n in range(30)).encode(), lambda: {f"{n}.jpg": jpeg(8_000, 7_900 + n, data=b"\0" * 100_000) for n in range(30)})
keep("pictures-sum.md", lambda: "".join(f"![a]({n}.jpg)\n\n" for n in range(40)).encode(), lambda: {f"{n}.jpg": jpeg(80, 80 + n) + bytes([n]) * (50 * MILLION) for n in range(40)})
keep("drawings-many.md", lambda: "".join(f"![a]({n}.svg)\n\n" for n in range(2_000)).encode(), lambda: {f"{n}.svg": svg(f"<rect width='{n}' height='9'/>" * 100).encode() for n in range(2_000)})
keep("drawings-heavy.md", lambda: "".join(f"![a]({n}.svg)\n\n" for n in range(100)).encode(), lambda: {f"{n}.svg": svg(f"<circle r='{n}'/>" * 20_000).encode() for n in range(100)})
keep("picture-in-every-cell.md", lambda: b"|a|b|\n|--|--|\n" + b"|![](a.png)|![](a.png)|\n" * 20_000, lambda: {"a.png": png(64, 64, zlib.compress(b"\0" * 64 * 193))})


def nested(levels):
    """A drawing that shows a drawing that shows a drawing, each ten times."""
    made = svg("<rect width='1' height='1'/>")
    for _ in range(levels):
        inner = base64.b64encode(made.encode()).decode()
        made = svg(f"<image id='i' width='1' height='1' xlink:href='data:image/svg+xml;base64,{inner}'/>" + "<use xlink:href='#i'/>" * 9)
    return made
