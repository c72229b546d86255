"""The list of cases, and what several formats' cases are made of."""
import dataclasses
import struct
import typing

MILLION = 10**6
SENTENCE = "江边的老渡口早已不用了，只剩下几级石阶，被水磨得发亮。"
CASES = []


@dataclasses.dataclass
class Case:
    """A file to be converted, and what stands beside it."""

    name: str
    make: typing.Callable
    beside: typing.Callable | None = None
    # More words for the command line.
    options: tuple = ()
    # Called with the folder when all files stand: links, pipes, rights.
    prepare: typing.Callable | None = None


def keep(name, make, beside=None, options=(), prepare=None):
    CASES.append(Case(name, make, beside, options, prepare))


def simple(name, make, beside=None, **more):
    """A file whose content may be made as words."""
    keep(name, lambda: text(make()), beside, **more)


def text(made):
    return made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made


def page(body):
    return f'<!DOCTYPE html><html lang="zh"><head><title>页</title></head><body>{body}</body></html>'


def article(body, before=""):
    return f'<?xml version="1.0"?>{before}<article><title>文</title>{body}</article>'


def laughs(levels, width, tag=""):
    """A document type of entities, each many times the one before."""
    text = "<!DOCTYPE article [<!ENTITY a0 \"" + ("哈" if not tag else tag) + "\">"
    for level in range(1, levels):
        text += f"<!ENTITY a{level} \"" + f"&a{level - 1};" * width + "\">"
    return text + "]>"


def noise(size):
    """Bytes that look like chance and are always the same."""
    out, state = bytearray(), 12345
    while len(out) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out += struct.pack("<Q", state)
    return bytes(out[:size])
