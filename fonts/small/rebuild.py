#!/usr/bin/env python3
"""The one CJK face that a package of the crates registry has room for (10 MB in all): 宋体 with the characters of GB 2312, the commoner half
of Big5, kana, and all punctuation and symbols of these.

    python3 fonts/small/rebuild.py        # needs fonttools 4.68; reads ../NotoSerifCJKsc-Regular.otf
"""
import pathlib

from fontTools import subset

HERE = pathlib.Path(__file__).parent
NAME = "NotoSerifCJKsc-Regular.otf"
RANGES = ((0x20, 0x7F), (0xA0, 0x100), (0x2010, 0x2070), (0x2100, 0x2600), (0x3000, 0x3130), (0x31C0, 0x3200), (0x3200, 0x3300),
          (0xFE10, 0xFE20), (0xFE30, 0xFE50), (0xFF00, 0xFFF0))


def codec(name, first, second):
    found = set()
    for high in first:
        for low in second:
            try:
                found |= {ord(one) for one in bytes([high, low]).decode(name)}
            except UnicodeDecodeError:
                pass
    return found


def main():
    characters = {code for start, end in RANGES for code in range(start, end)}
    characters |= codec("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)) | codec("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
    options = subset.Options(layout_features=["*"], name_IDs=["*"], hinting=False, notdef_outline=True)
    font = subset.load_font(HERE.parent / NAME, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    subset.save_font(font, HERE / NAME, options)


if __name__ == "__main__":
    main()
