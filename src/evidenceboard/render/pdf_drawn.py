"""Stamps: what Qt draws, taken out of its PDF as pieces that can be put onto any page, any number of times."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPageSize, QPainter, QPdfWriter

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.render.pdf_file import PdfFile, numbers

Piece = Callable[[QPainter], None]
"""Paints something on a painter whose unit is a point."""
_HINTS: Final = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
_SIDE: Final = 14_400.0
_FAR: Final = -4096
_MARK: Final = re.compile(rb"^q\n1 0 0 1 -4096 \d+ cm\n0 0 1 1 re\nf\nQ\n", re.MULTILINE)
"""What Qt writes where a mark is painted between two stamps."""
_OBJECT: Final = re.compile(rb"(\d+) 0 obj\n")
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_LENGTH: Final = re.compile(rb"/Length \d+(?: 0 R)?")
_NAMED: Final = re.compile(rb"/(Font|XObject|ExtGState|ColorSpace|Pattern|Shading) <<\n(.*?)>>", re.DOTALL)
_ENTRY: Final = re.compile(rb"/(\w+) ((?:\d+ 0 R)|/\w+)")
_WIDTHS: Final = re.compile(rb"/W \[((?:\d+ (?:\[[^\]]*\]|\d+ \d+)\s*)+)\]")
_SOME_WIDTHS: Final = re.compile(rb"(\d+) (?:\[([^\]]*)\]|(\d+) (\d+))")
_LISTED: Final = re.compile(rb"\[[^\]]*\]")
_LEFT: Final = b"Q Q\n"
"""What Qt ends a page with, outside of the last stamp."""
_END: Final = b"endstream\nendobj\n"
_LEFT_OUT: Final = (b"/Type /Page\n", b"/Type /Pages", b"/Type /Catalog", b"/Type /Metadata", b"/Producer (")


class Drawn:
    """Draw with Qt into a PDF of its own, of which only the drawings and what they need reach the PDF that is made."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self._numbers: dict[bytes, int] = {}
        self._needed: dict[bytes, dict[bytes, bytes]] = {}
        self.resources = file.new()
        """The object that will tell what drawings need."""
        self.widths: dict[bytes, dict[int, float]] = {}
        """How wide signs of a typeface are, in thousandths of its height, where Qt would write less exact ones."""
        self._data = QByteArray()
        self._buffer = QBuffer(self._data)
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(72)
        self._writer.setPageSize(QPageSize(QSizeF(_SIDE, _SIDE), QPageSize.Unit.Point, "board"))
        self._writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        self._painter = QPainter()
        if not self._painter.begin(self._writer):
            raise EvidenceBoardError("The PDF could not be made; nothing was written.", "Try it again.")

    def stamps(self, pieces: Sequence[Piece]) -> list[bytes]:
        """Return each piece as the words of a PDF that draw it, downwards from the upper left corner of a page."""
        if not pieces:
            return []
        for place, piece in enumerate(pieces):
            self._painter.resetTransform()
            self._painter.save()
            # What is drawn next has to say all anew: its place, its pen, its colours.
            self._painter.translate(_FAR, place)
            self._painter.fillRect(QRectF(0, 0, 1, 1), QColor("#000000"))
            self._painter.restore()
            self._painter.save()
            piece(self._painter)
            self._painter.restore()
        if not self._writer.newPage():
            raise EvidenceBoardError("The PDF could not be made; nothing was written.", "Try it again.")
        found = _MARK.split(self._taken().removesuffix(_LEFT))[1:]
        if len(found) != len(pieces):
            raise EvidenceBoardError("The PDF could not be put together; nothing was written.", "Try it again.")
        return found

    def finish(self) -> dict[bytes, dict[bytes, bytes]]:
        """Write the typefaces and all else that stamps need; return it by kind and name."""
        self.close()
        self._taken()
        return self._needed

    def close(self) -> None:
        """Stop drawing."""
        # Qt crashes where what is painted on goes away before what paints.
        if self._painter.isActive():
            self._painter.end()

    def _taken(self) -> bytes:
        """Take what Qt has written since the last time, and return the drawing in it."""
        data = bytes(self._data.data())
        self._buffer.seek(0)
        self._data.clear()
        drawing, page = b"", b""
        found = _objects(data)
        fonts = {_of(body, b"/DescendantFonts"): b"F" + number for number, body in found if b"/Type0" in body[:60]}
        for number, body in found:
            if b"/Type /Page\n" in body[:40]:
                page = body
            elif page and number == _of(page, b"/Contents"):
                drawing = zlib.decompress(body[body.index(b"stream\n") + 7 :])
            elif page and number == _of(page, b"/Resources"):
                self._note(body)
            elif not (_plain(body) or any(word in body[:300] for word in _LEFT_OUT)):
                widths = self.widths.get(fonts.get(number, b""), {})
                self._file.put(_exact(self._own(body), widths), self._number(number))
        return drawing

    def need(self, kind: bytes, name: bytes, value: bytes) -> None:
        """Note what drawings call by a name."""
        self._needed.setdefault(kind, {})[name] = value

    def _note(self, resources: bytes) -> None:
        for kind, listed in _NAMED.findall(resources):
            known = self._needed.setdefault(kind, {})
            for name, value in _ENTRY.findall(listed):
                if name not in known:
                    known[name] = _REFERENCE.sub(self._reference, value)

    def _number(self, number: bytes) -> int:
        if number not in self._numbers:
            self._numbers[number] = self._file.new()
        return self._numbers[number]

    def _reference(self, found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % self._number(found[1])

    def _own(self, body: bytes) -> bytes:
        """Return an object of Qt's as it stands in the PDF that is made."""
        head, stream, data = body.partition(b"stream\n")
        if not stream:
            return _REFERENCE.sub(self._reference, body).rstrip()
        data = _mended(data.removesuffix(b"endstream\n").removesuffix(b"\n"))
        head = _LENGTH.sub(b"/Length %d" % len(data), head)
        return b"%bstream\n%b\nendstream" % (_REFERENCE.sub(self._reference, head), data)


def _objects(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the objects in what Qt wrote, each with its number."""
    found: list[tuple[bytes, bytes]] = []
    at = 0
    while begin := _OBJECT.search(data, at):
        end, stream = data.find(b"endobj\n", begin.end()), data.find(b"stream\n", begin.end())
        if 0 <= stream < end:
            end = data.find(_END, stream) + len(_END) - len(b"endobj\n")
        if end < begin.end():
            raise EvidenceBoardError("The PDF came out incomplete, so it was not written.", "Try it again.")
        found.append((begin[1], data[begin.end() : end]))
        at = end
    return found


def _of(page: bytes, key: bytes) -> bytes:
    found = re.search(key + rb" \[?(\d+) 0 R", page)
    return found[1] if found else b""


def _exact(font: bytes, exact: dict[int, float]) -> bytes:
    """Return a typeface with widths in place of those that Qt has rounded."""
    told = _WIDTHS.search(font) if exact else None
    if told is None:
        return font
    widths: dict[int, float] = {}
    for first, listed, last, wide in _SOME_WIDTHS.findall(told[1]):
        found = [float(wide)] * (int(last) - int(first) + 1) if wide else [float(one) for one in listed.split()]
        widths.update(enumerate(found, start=int(first)))
    said = b" ".join([b"%d [%g]" % one for one in sorted({**widths, **exact}.items())])
    return b"%b/W [%b]%b" % (font[: told.start()], said, font[told.end() :])


def scaled(scale: float, paint: Piece) -> Piece:
    """Return what paints with units of the board, which are so many points."""

    def work(painter: QPainter) -> None:
        painter.setRenderHints(_HINTS)
        painter.scale(scale, scale)
        paint(painter)

    return work


def placed(stamp: bytes, x: float = 0.0, y: float = 0.0) -> bytes:
    """Return a stamp put onto a page. It leaves its own state and the one around that, so both are there for it."""
    return b"q 1 0 0 1 %b cm q q\n%b\nQ Q Q\n" % (numbers(x, y), stamp) if stamp else b""


def _plain(body: bytes) -> bool:
    """Return whether an object is a number, such as the length of another one, or an empty list."""
    return body.strip().isdigit() or body.strip() == b"[ ]"


def _mended(table: bytes) -> bytes:
    """Let the sign for a space be read as a space: Qt takes it for a tab, which has the same shape."""
    if not table.startswith(b"/CIDInit"):
        return table
    return _LISTED.sub(lambda found: found[0].replace(b"<0009>", b"<0020>"), table)
