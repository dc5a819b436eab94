"""Reading the words of a finished PDF back, and refusing it where one is in it that was not to go out."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from PySide6.QtGui import QRawFont

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.document import Document
from evidenceboard.model.link_look import INDEPENDENCE
from evidenceboard.model.records import Record, as_row
from evidenceboard.render import fonts, page_paint
from evidenceboard.render.badges import SHAPES
from evidenceboard.render.faces import UNTITLED, title_of
from evidenceboard.render.pages import Pages
from evidenceboard.render.progress import Tick
from evidenceboard.render.text import visible

_WORD: Final = re.compile(r"[^\W_]+")
_COMPARED: Final = re.compile(r"[0-9A-Za-z\u00C0-\u024F\u0400-\u052F\u1E00-\u1EFF\uAC00-\uD7A3]+")
"""Latin, Cyrillic, Hangul: what a PDF gives back letter by letter. Of other scripts it knows shapes, not letters."""
_ENTRY: Final = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> \[([^\]]*)\]")
_FONT: Final = re.compile(rb"/(F\d+) ")
_SIGNS: Final = re.compile(rb"<([0-9A-F]+)> Tj")
_NO_WORDS: Final = ("sha256", "at", "captured_at")
_OFTEN: Final = 500
_OUR_OWN: Final = (UNTITLED, "not assessed", "not judged", *INDEPENDENCE.values(), "card", "cards")
"""What the painter says itself on cards, links and frames."""
_LETTERS: Final = 4
"""Letters from which on a withheld word is looked for (shorter ones are everywhere)."""


def check(data: bytes, pages: Pages, document: Document, tick: Tick, *, pictures: bool) -> None:
    """Raise `EvidenceBoardError` unless a PDF is whole and says nothing but what was to go out.

    `document` is the whole file: no word of four letters or more that only withheld records have may be in the PDF.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        whole = data.endswith(b"%%EOF\n") and len(reader.pages) == len(pages.pages)
        found = _found(reader, tick) if whole and not pictures else set()
    except PyPdfError:
        whole, found = False, set()
    if not whole:
        raise EvidenceBoardError("The PDF came out incomplete, so it was not written.", "Try it again.")
    if pictures:
        return
    if not found and not pages.paper.empty:
        raise EvidenceBoardError("The PDF came out without text, so it was not written.", "Try it again.")
    tick(0.6)
    allowed = "\n".join(_allowed(pages))
    like = _alike({sign for word in found for sign in word} | set(allowed))
    allowed = allowed.translate(like)
    known = set(_WORD.findall(allowed))
    # A word that is too long for its line, or Korean, goes on in the next one.
    known.update(
        [part for word in known if len(word) <= 40 for at in range(1, len(word)) for part in (word[:at], word[at:])]
    )
    tick(0.8)
    strange = {word for one in found if (word := one.translate(like)) not in known}
    compared = {part for word in strange for part in _COMPARED.findall(word)} - known
    if any(word not in allowed for word in compared) or _withheld(document, pages) & found:
        raise EvidenceBoardError(
            "The PDF came out with words that were not to go out, so it was not written.",
            "Please tell the makers of this program; the board is unchanged.",
        )


def _found(reader: PdfReader, tick: Tick) -> set[str]:
    found: set[str] = set()
    for number, text in enumerate(texts(reader)):
        found.update(_WORD.findall(unicodedata.normalize("NFKC", text)))
        if number % _OFTEN == 0:
            tick(0.3)
    return found


def texts(reader: PdfReader) -> Iterator[str]:
    """Yield the pieces of text of a PDF that Qt has drawn, in the order in which they are drawn."""
    tables: dict[int, dict[bytes, str]] = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        named: Any = resources.get_object().get("/Font", {})
        fonts_here = {name.lstrip("/").encode(): _table(named.raw_get(name), tables) for name in named}
        contents: Any = page.get("/Contents")
        parts = contents if isinstance(contents, list) else [contents]
        for part in parts:
            for block in part.get_object().get_data().split(b"\nET")[:-1]:
                begin = block.rfind(b"BT\n")
                font = _FONT.search(block, begin)
                table = fonts_here.get(font[1], {}) if font else {}
                signs = [run[at : at + 4] for run in _SIGNS.findall(block, begin) for at in range(0, len(run), 4)]
                yield "".join([table.get(sign, "\ufffd") for sign in signs])


def _table(font: Any, tables: dict[int, dict[bytes, str]]) -> dict[bytes, str]:
    """Return which sign of a font stands for which letters."""
    key = font.idnum
    if key not in tables:
        data = font.get_object()["/ToUnicode"].get_object().get_data()
        made: dict[bytes, str] = {}
        for first, _, listed in _ENTRY.findall(data):
            for step, letters in enumerate(listed.split()):
                text = bytes.fromhex(letters.strip(b"<>").decode()).decode("utf-16-be", "replace")
                made[b"%04X" % (int(first, 16) + step)] = text.replace("\x00", "\ufffd")
        tables[key] = made
    return tables[key]


def _alike(signs: Iterable[str]) -> dict[int, str]:
    """Return for each letter the first one that looks the same in the typeface: a PDF cannot tell them apart."""
    listed = sorted(sign for sign in signs if ord(sign) < 0x10000 and not 0xD800 <= ord(sign) < 0xE000)
    raw = QRawFont.fromFont(fonts.font(13))
    glyphs = raw.glyphIndexesForString("".join(listed))
    first: dict[int, str] = {}
    return {ord(sign): first.setdefault(glyph, sign) for sign, glyph in zip(listed, glyphs, strict=True) if glyph}


def _allowed(pages: Pages) -> Iterator[str]:
    """Yield all text that may be in the PDF: of the included records on the board, and around it."""
    paper = pages.paper
    texts: list[str] = [*page_paint.words(pages), *(frame.title for frame in paper.scene.frames)]
    texts += [" ".join(rows) for rows in (*paper.titles, *paper.labels)]
    for face in (one.face for one in paper.faces.values()):
        texts += [face.word, face.number, title_of(face), face.second_line, *(chip.text for chip in face.chips)]
    texts += {one.worn.sign for one in paper.faces.values()} - SHAPES
    return (unicodedata.normalize("NFKC", visible(text)) for text in texts)


def _withheld(document: Document, pages: Pages) -> set[str]:
    """Return the words that only withheld records have; what the product itself says is none of them."""
    kept = pages.paper.included.document
    if kept is document:
        return set()
    inside: set[str] = set()
    outside: set[str] = set()
    for table in ("boards", "entities", "links", "assessments", "attachments", "settings"):
        here = kept.table(table)
        for record_id, record in document.table(table).items():
            (inside if record_id in here else outside).update(_words_of(record))
        for record in here.values():
            inside.update(_words_of(record))
    for frame in kept.frames:
        inside.update(_words_of(frame))
    product = [*page_paint.words(pages), *_OUR_OWN]
    for face in (one.face for one in pages.paper.faces.values()):
        product += [face.word, face.second_line, *(chip.text for chip in face.chips)]
    said = {word for text in product for word in _WORD.findall(unicodedata.normalize("NFKC", text))}
    return {word for word in outside - inside - said if len(word) >= _LETTERS}


def _words_of(record: Record) -> set[str]:
    said = {key: value for key, value in as_row(record).items() if not key.endswith("id") and key not in _NO_WORDS}
    return {word for text in _strings(said) for word in _WORD.findall(unicodedata.normalize("NFKC", text))}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
