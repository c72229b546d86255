#!/usr/bin/env python3
"""Make the profiles of the press edition: make.py CGATS001Compat-v2-micro.icc (needs numpy).

The characterisation (A2B0) is that of CGATS001Compat-v2-micro.icc of saucecontrol/Compact-ICC-Profiles, CC0: CGATS
TR 001, offset on coated stock. That file is of the input class; here it becomes an output profile by the way back
(B2A), found by inverting it: black generation from mid tones on, total ink at most 300 %.
Writes press-cmyk.icc, press-gray.icc and srgb-to-cmyk.grid beside this file; all CC0.
"""
import struct
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
D50 = np.array([0.9642, 1.0, 0.8249])
MOST_INK = 3.0


def tags(profile):
    count = struct.unpack(">I", profile[128:132])[0]
    for index in range(count):
        name, start, length = struct.unpack(">4sII", profile[132 + 12 * index : 144 + 12 * index])
        yield name, profile[start : start + length]


class Forward:
    """CMYK (0..1) to Lab by an mft2 table of ICC.1:2001."""

    def __init__(self, table):
        assert table[:4] == b"mft2"
        channels, outputs, self.grid = table[8:11]
        entries, exits = struct.unpack(">HH", table[48:52])
        data = np.frombuffer(table[52:], ">u2").astype(float) / 65535
        self.curves = data[: channels * entries].reshape(channels, entries)
        rest = data[channels * entries :]
        size = self.grid**channels * outputs
        self.clut = rest[:size].reshape([self.grid] * channels + [outputs])
        self.exits = rest[size:].reshape(outputs, exits)

    def __call__(self, cmyk):
        cmyk = np.clip(cmyk, 0, 1)
        places = []
        for channel, curve in enumerate(self.curves):
            along = np.interp(cmyk[:, channel], np.linspace(0, 1, len(curve)), curve)
            places.append(along * (self.grid - 1))
        total = np.zeros((len(cmyk), 3))
        lows = [np.minimum(place.astype(int), self.grid - 2) for place in places]
        for corner in range(16):
            bits = [(corner >> bit) & 1 for bit in range(4)]
            weight = np.ones(len(cmyk))
            for place, low, bit in zip(places, lows, bits):
                weight *= (place - low) if bit else 1 - (place - low)
            index = tuple(low + bit for low, bit in zip(lows, bits))
            total += weight[:, None] * self.clut[index]
        lab = np.empty_like(total)
        for channel, curve in enumerate(self.exits):
            lab[:, channel] = np.interp(total[:, channel], np.linspace(0, 1, len(curve)), curve)
        encoded = lab * 65535
        return np.stack([encoded[:, 0] / 652.8, encoded[:, 1] / 256 - 128, encoded[:, 2] / 256 - 128], 1)


def separate(amounts):
    """Amounts of cyan, magenta, yellow before black is generated, to the four inks."""
    amounts = np.clip(amounts, 0, 1)
    gray = amounts.min(axis=1)
    rise = np.clip((gray - 0.3) / 0.7, 0, 1)
    black = rise**1.4
    inks = np.clip(amounts - 0.34 * black[:, None], 0, 1)
    over = inks.sum(axis=1) + black - MOST_INK
    inks -= np.clip(over, 0, None)[:, None] / 3
    return np.concatenate([np.clip(inks, 0, 1), black[:, None]], axis=1)


def invert(forward, wanted):
    """The inks nearest to each Lab colour."""
    steps = np.linspace(0, 1, 25)
    amounts = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 3)
    known = forward(separate(amounts))
    best = np.empty((len(wanted), 3))
    for start in range(0, len(wanted), 128):
        part = wanted[start : start + 128]
        distance = ((part[:, None, :] - known[None]) ** 2).sum(-1)
        best[start : start + 128] = amounts[distance.argmin(1)]
    error = ((forward(separate(best)) - wanted) ** 2).sum(1)
    reach = 1 / 24
    for _ in range(14):
        for axis in range(3):
            for way in (-1, 1):
                tried = best.copy()
                tried[:, axis] = np.clip(tried[:, axis] + way * reach, 0, 1)
                now = ((forward(separate(tried)) - wanted) ** 2).sum(1)
                better = now < error
                best[better], error[better] = tried[better], now[better]
        reach *= 0.72
    inks = separate(best)
    inks[(wanted[:, 0] > 99.6) & (np.abs(wanted[:, 1:]).max(1) < 1)] = 0
    return inks, np.sqrt(error)


def lab_of_srgb(rgb):
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]])
    ratio = linear @ to_xyz.T / D50
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.stack([116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])], 1)


def cube(steps, axes=3):
    return np.stack(np.meshgrid(*[np.linspace(0, 1, steps)] * axes, indexing="ij"), -1).reshape(-1, axes)


def eighths(values):
    return np.clip(np.rint(values * 255), 0, 255).astype(np.uint8).tobytes()


def table8(ins, outs, grid, clut):
    identity = bytes(range(256))
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    return b"mft1\0\0\0\0" + bytes([ins, outs, grid, 0]) + matrix + identity * ins + clut + identity * outs


def text_description(words):
    ascii_words = words.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_words)) + ascii_words + bytes(4 + 4 + 2 + 1 + 67)


def profile(space, pcs, entries):
    """An output profile, ICC.1:2001 (version 2.4); equal data is written once."""
    places, body = [], b""
    start = 128 + 4 + 12 * len(entries)
    seen = {}
    for name, data in entries:
        if data not in seen:
            body += bytes(-len(body) % 4)
            seen[data] = start + len(body)
            body += data
        places.append(struct.pack(">4sII", name, seen[data], len(data)))
    body += bytes(-len(body) % 4)
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"\0\0\0\0", 0x02400000, b"prtr", space, pcs)
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(4) + bytes(4) + bytes(4) + bytes(4) + bytes(8)
    header += bytes(4) + bytes.fromhex("0000f6d6000100000000d32d") + bytes(4)
    header += bytes(128 - len(header))
    return header + struct.pack(">I", len(entries)) + b"".join(places) + body


def main():
    source = Path(sys.argv[1]).read_bytes()
    a2b = dict(tags(source))[b"A2B0"]
    forward = Forward(a2b)
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", *[round(part * 65536) for part in D50])
    cprt = b"text\0\0\0\0CC0\0"

    grid = 17
    encoded = cube(grid) * 255
    lab = np.stack([encoded[:, 0] / 2.55, encoded[:, 1] - 128, encoded[:, 2] - 128], 1)
    inks, error = invert(forward, lab)
    b2a = table8(3, 4, grid, eighths(inks))
    outside = table8(3, 1, grid, eighths((error > 5).astype(float)))
    cmyk = profile(
        b"CMYK",
        b"Lab ",
        [(b"desc", text_description("CGATS TR 001 (banxin)")), (b"cprt", cprt), (b"wtpt", white)]
        + [(b"A2B" + way, a2b) for way in (b"0", b"1", b"2")]
        + [(b"B2A" + way, b2a) for way in (b"0", b"1", b"2")]
        + [(b"gamt", outside)],
    )
    (HERE / "press-cmyk.icc").write_bytes(cmyk)

    inks, error = invert(forward, lab_of_srgb(cube(grid)))
    (HERE / "srgb-to-cmyk.grid").write_bytes(eighths(inks))
    print("sRGB grid: most ink", inks.sum(1).max(), "mean error", error.mean(), "in gamut", (error < 3).mean())

    # Gray as it comes off the press: dot gain 20 % at the mid tone.
    paper = np.linspace(0, 1, 256)
    dot = 1 - paper
    printed = 1 - (dot + 0.8 * dot * (1 - dot))
    curve = b"curv\0\0\0\0" + struct.pack(">I", 256) + np.rint(printed * 65535).astype(">u2").tobytes()
    entries = [(b"desc", text_description("Dot Gain 20% (banxin)")), (b"cprt", cprt), (b"wtpt", white), (b"kTRC", curve)]
    (HERE / "press-gray.icc").write_bytes(profile(b"GRAY", b"XYZ ", entries))


main()
