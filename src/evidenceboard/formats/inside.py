"""What lies inside of bytes: what is packed in them, written as base64, or stands beside the pixels of a picture."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

DEEPEST: Final = 3
"""Packings in each other that are opened."""
MOST: Final = 64 * 1024 * 1024
"""Bytes that are taken out of one packing: what says of itself that it is endless is read so far."""
_PACKED: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")
_HASHED: Final = re.compile(rb"[0-9A-Fa-f]+")
_HEX: Final = re.compile(rb"<([0-9A-Fa-f]{8,})>")
_STREAM: Final = re.compile(rb"\d+ 0 obj([^\0]{0,4000}?)stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_NO_TEXT: Final = (b"/Length1", b"/Subtype /Image", b"/Subtype/Image")
"""How a PDF names typefaces and pictures: they hold no text, and their bytes are as good as chance."""


def inside(data: bytes, deep: int = 0) -> Iterator[bytes]:
    """Yield bytes as they stand, and what is packed in them."""
    if data.startswith(b"%PDF-"):
        yield from _of_pdf(data)
        return
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _of_png(data)
        return
    yield data
    if deep >= DEEPEST:
        return
    for found in _PACKED.finditer(data):
        if unpacked := _unpacked(data, found.start()):
            yield from inside(unpacked, deep + 1)
    for found in _BASE64.finditer(data):
        said = found[0].rstrip(b"=")
        if _HASHED.fullmatch(said):
            continue  # an id or a hash: bytes of chance
        with suppress(binascii.Error):
            yield from inside(base64.b64decode(said[: len(said) // 4 * 4]), deep + 1)


def _unpacked(data: bytes, start: int) -> bytes:
    bits, begin = zlib.MAX_WBITS | 32, start
    if data[start : start + 2] == b"PK":
        name, extra = (int.from_bytes(data[start + at : start + at + 2], "little") for at in (26, 28))
        bits, begin = -zlib.MAX_WBITS, start + 30 + name + extra
    try:
        return zlib.decompressobj(bits).decompress(memoryview(data)[begin:], MOST)
    except (zlib.error, ValueError):
        return b""


def _of_pdf(data: bytes) -> Iterator[bytes]:
    """Yield what a PDF says beside its streams, and its streams; of what it draws, letters are told elsewhere."""
    beside = _STREAM.sub(rb"\1", data)
    yield beside
    for found in _HEX.finditer(beside):
        yield bytes.fromhex(found[1][: len(found[1]) // 2 * 2].decode())
    for found in _STREAM.finditer(data):
        if not any(word in found[1] for word in _NO_TEXT):
            yield (_unpacked(found[2], 0) if b"/FlateDecode" in found[1] else found[2]) or b""


def _of_png(data: bytes) -> Iterator[bytes]:
    """Yield the parts of a picture that are no pixels, opened where they are packed."""
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if kind != b"IDAT":
            yield data[at + 4 : at + 8 + size]
            for found in _PACKED.finditer(data, at + 8, at + 8 + size):
                yield _unpacked(data, found.start())
        at += 12 + size
    yield data[at:]
