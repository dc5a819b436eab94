"""Reading the words of a finished PDF back, and refusing it where one is in it that was not to go out."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

from PySide6.QtGui import QRawFont

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.kept import Kept
from evidenceboard.model.document import Document
from evidenceboard.model.link_look import INDEPENDENCE
from evidenceboard.model.marks import SHOWN, marked, visible
from evidenceboard.model.records import Record, as_row
from evidenceboard.render import fonts, page_paint
from evidenceboard.render.badges import SHAPES
from evidenceboard.render.faces import UNTITLED
from evidenceboard.render.pages import Pages
from evidenceboard.render.paper import empty
from evidenceboard.render.pdf_reader import words_in
from evidenceboard.render.pdf_reading import BrokenPdfError, PdfReading
from evidenceboard.render.pdf_texts import WORD, batches
from evidenceboard.render.progress import Tick, beside, from_to

_COMPARED: Final = re.compile(r"[0-9A-Za-z\u00C0-\u024F\u0400-\u052F\u1E00-\u1EFF\uAC00-\uD7A3]+")
"""Latin, Cyrillic, Hangul: what a PDF gives back letter by letter. Of other scripts it knows shapes, not letters."""
_NO_WORDS: Final = ("sha256", "at", "captured_at")
_OFTEN: Final = 500
_OUR_OWN: Final = (UNTITLED, "not assessed", "not judged", *INDEPENDENCE.values(), "card", "cards")
"""What the painter says itself on cards, links and frames."""
_LETTERS: Final = 4
"""Letters from which on a withheld word is looked for (shorter ones are everywhere)."""


def check(data: bytes | Kept, pages: Pages, document: Document, tick: Tick, *, pictures: bool) -> None:
    """Raise `EvidenceBoardError` unless a PDF is whole and says nothing but what was to go out.

    `document` is the whole file: no word of four letters or more that only withheld records have may be in the PDF.
    """
    try:
        reading = beside(partial(PdfReading, data), from_to(tick, 0.0, 0.0))
        whole = len(reading.pages(from_to(tick, 0.0, 0.1))) == len(pages.pages)
        found = words_in(data, reading, from_to(tick, 0.1, 0.6)) if whole else set()
    except BrokenPdfError:
        whole, found = False, set()
    if not whole:
        raise EvidenceBoardError("The PDF came out incomplete, so it was not written.", "Try it again.")
    if pictures:
        return
    if not found and not pages.paper.empty:
        raise EvidenceBoardError("The PDF came out without text, so it was not written.", "Try it again.")
    if _strange(found, pages, from_to(tick, 0.6, 0.9)) or _withheld(document, pages, from_to(tick, 0.9, 1.0)) & found:
        raise EvidenceBoardError(
            "The PDF came out with words that were not to go out, so it was not written.",
            "Please tell the makers of this program; the board is unchanged.",
        )
    empty(found, from_to(tick, 1.0, 1.0))


def _strange(found: set[str], pages: Pages, tick: Tick) -> bool:
    """Return whether a word was found that nothing holds of what was to go out."""
    allowed: list[str] = []
    for batch in batches(_allowed(pages), _OFTEN):
        tick(0.2)
        allowed.append("\n".join([unicodedata.normalize("NFKC", _drawn(text)) for text in dict.fromkeys(batch)]))
    signs: set[str] = set()
    for part in itertools.chain(map("".join, batches(iter(found), _OFTEN)), allowed):
        tick(0.3)
        signs.update(part)
    like = _alike(signs)
    known: set[str] = set()
    for number, part in enumerate(allowed):
        tick(0.4)
        allowed[number] = part.translate(like)
        known.update(WORD.findall(allowed[number]))
    left: set[str] = set()
    for batch in batches(iter(found), _OFTEN):
        tick(0.6)
        strange = {word for one in batch if (word := one.translate(like)) not in known}
        left.update({part for word in strange for part in _COMPARED.findall(word)} - known)
    # A word that is too long for its line, or Korean, goes on in the next one.
    lengths = {len(part) for part in left}
    for batch in batches(iter(known if left else ()), _OFTEN):
        tick(0.8)
        for length in lengths:
            left -= {word[:length] for word in batch}
            left -= {word[-length:] for word in batch}
    for part in allowed if left else ():
        tick(0.9)
        left = {one for one in left if one not in part}
    empty(known, tick)
    return bool(left)


def _drawn(text: str) -> str:
    """Return text in the ways in which it can be drawn."""
    shown = visible(text)
    if len(text) > SHOWN:
        # It may have been shortened before: what it ends with says so.
        shown = f"{shown}\n{marked(text[: 2 * SHOWN])}"
    # Lines that the text itself breaks are read as one, with nothing between them.
    return shown + "\n" + shown.replace("\n", "") if "\n" in shown else shown


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
    yield from page_paint.words(pages)
    yield from (frame.title for frame in paper.scene.frames)
    yield from (" ".join(rows) for rows in {*paper.titles, *paper.labels})
    yield UNTITLED
    yield from paper.faces.common()
    yield from paper.faces.signs() - SHAPES
    yield from itertools.chain.from_iterable(paper.faces.own())


def _withheld(document: Document, pages: Pages, tick: Tick) -> set[str]:
    """Return the words that only withheld records have; what the product itself says is none of them."""
    kept = pages.paper.included.document
    if kept is document:
        return set()
    inside: set[str] = set()
    outside: set[str] = set()
    for table in ("boards", "entities", "links", "assessments", "attachments", "settings"):
        here = kept.table(table)
        for number, (record_id, record) in enumerate(document.table(table).items()):
            if number % _OFTEN == 0:
                tick(0.5)
            (inside if record_id in here else outside).update(_words_of(record))
        for number, record in enumerate(here.values()):
            if number % _OFTEN == 0:
                tick(0.8)
            inside.update(_words_of(record))
    for frame in kept.frames:
        inside.update(_words_of(frame))
    product = [*page_paint.words(pages), *_OUR_OWN]
    product += [*pages.paper.faces.common(), *(second for _, _, second in pages.paper.faces.own())]
    said = {word for text in product for word in WORD.findall(unicodedata.normalize("NFKC", text))}
    return {word for word in outside - inside - said if len(word) >= _LETTERS}


def _words_of(record: Record) -> set[str]:
    said = {key: value for key, value in as_row(record).items() if not key.endswith("id") and key not in _NO_WORDS}
    return {word for text in _strings(said) for word in WORD.findall(unicodedata.normalize("NFKC", text))}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
