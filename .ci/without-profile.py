#!/usr/bin/env python3
"""without-profile.py BANXIN: blank the ICC profile that printpdf compiles in, in a binary that is passed on.

The profile (Coated FOGRA39) is Adobe's, and its licence forbids to pass it on without an agreement with each user. banxin never writes
it. Exit code 0 when none of it is left, also when it was not there.
"""
import pathlib
import struct
import sys

# What the profile calls itself in its description, some hundred bytes behind its beginning.
NAME = b"Coated FOGRA39 (ISO 12647-2:2004)"


def profiles(data):
    """Where ICC profiles with that name begin, and their length by their own header."""
    at = data.find(b"acsp")
    while at >= 0:
        start = at - 36
        if start >= 0:
            (length,) = struct.unpack(">I", data[start : start + 4])
            if 128 < length <= len(data) - start and NAME in data[start : start + 2000]:
                yield start, length
        at = data.find(b"acsp", at + 4)


def main():
    path = pathlib.Path(sys.argv[1])
    data = bytearray(path.read_bytes())
    found = list(profiles(data))
    for start, length in found:
        data[start : start + length] = bytes(length)
    if found:
        path.write_bytes(data)
    left = list(profiles(data))
    print(f"{path}: {sum(length for _, length in found)} bytes blanked, {len(left)} profiles left")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
