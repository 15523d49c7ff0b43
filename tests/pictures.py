"""Make a screenshot light enough for the docs: the same picture in 256 colours.

A screen has few colours and many shades of their edges; the commonest 256 are kept and each other pixel takes the nearest.
Only what Chromium writes is read: 8 bits a channel, red, green and blue, with or without alpha, not interlaced.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Colour = tuple[int, int, int]


def lighter(png: bytes) -> bytes:
    """The same picture with a palette."""
    width, height, pixels = _read(png)
    counted = Counter(pixels)
    # Colours closer than the eye tells apart share a place, so that 256 reach over the rare ones too.
    places: Counter[Colour] = Counter()
    for colour, many in counted.items():
        places[_coarse(colour, 3)] += many
    palette = [
        max((one for one in counted if _coarse(one, 3) == place), key=counted.__getitem__)
        for place, _ in places.most_common(256)
    ]
    index = {colour: _nearest(colour, palette) for colour in counted}
    lines = b"".join(
        b"\0" + bytes(index[one] for one in pixels[row * width : (row + 1) * width]) for row in range(height)
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(channel for colour in palette for channel in colour)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(kind, body) for kind, body in chunks)


def _coarse(colour: Colour, bits: int) -> Colour:
    return (colour[0] >> bits, colour[1] >> bits, colour[2] >> bits)


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    red, green, blue = colour
    return min(
        range(len(palette)),
        key=lambda n: (palette[n][0] - red) ** 2 + (palette[n][1] - green) ** 2 + (palette[n][2] - blue) ** 2,
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _read(png: bytes) -> tuple[int, int, list[Colour]]:
    at, packed, width, height, step = len(SIGNATURE), b"", 0, 0, 3
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, sort, _, _, laced = struct.unpack(">IIBBBBB", body)
            assert (depth, laced) == (8, 0)
            step = {2: 3, 6: 4}[sort]
        elif kind == b"IDAT":
            packed += body
        at += size + 12
    raw = _unfiltered(zlib.decompress(packed), width * step, height, step)
    return width, height, list(zip(raw[0::step], raw[1::step], raw[2::step], strict=True))


def _unfiltered(data: bytes, length: int, height: int, step: int) -> bytes:
    """Undo the filters of each line (PNG specification, section 9)."""
    lines, above = bytearray(), bytearray(length)
    for row in range(height):
        start = row * (length + 1)
        sort, line = data[start], bytearray(data[start + 1 : start + 1 + length])
        for n in range(length):
            left = line[n - step] if n >= step else 0
            line[n] = (line[n] + _foretold(sort, left, above[n], above[n - step] if n >= step else 0)) & 255
        lines += line
        above = line
    return bytes(lines)


def _foretold(sort: int, left: int, up: int, corner: int) -> int:
    if sort == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda one: abs(guess - one))
    return (0, left, up, (left + up) // 2)[sort]
