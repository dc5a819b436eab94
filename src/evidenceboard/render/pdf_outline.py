"""What is put into a PDF after Qt has written it: bookmarks, and nothing in it that tells of this machine."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import Fit, IndirectObject, NameObject

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.records import Entity
from evidenceboard.render.sheets import Sheet

if TYPE_CHECKING:
    from evidenceboard.render.pdf import Book

LIMIT: Final = 5000
"""Cards up to which each has a bookmark."""


def finished(data: bytes, book: Book) -> tuple[bytes, list[str]]:
    """Return a checked PDF with bookmarks, and what it could not be given. Raises `EvidenceBoardError`."""
    try:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
        if len(writer.pages) != len(book.pages):
            raise EvidenceBoardError("The PDF lost pages while it was made, so it was not written.", "Try it again.")
        said = _add_bookmarks(writer, book)
        # Qt writes the clock, the time zone and its own version; a page tells nothing that is not on it.
        writer.root_object.pop(NameObject("/Metadata"), None)
        writer.metadata = {"/Title": book.title, "/Creator": "Evidenceboard", "/Producer": "Evidenceboard"}
        out = io.BytesIO()
        writer.write(out)
    except PyPdfError as error:
        raise EvidenceBoardError("The PDF came out unreadable, so it was not written.", "Try it again.") from error
    return out.getvalue(), said


def _add_bookmarks(writer: PdfWriter, book: Book) -> list[str]:
    scene, document = book.picture.scene, book.document
    order = scene.order().tolist()
    if len(order) > LIMIT:
        return [f"Bookmarks: a PDF with more than {LIMIT:,} cards has none"]
    root = writer.add_outline_item(title=book.board.title or "Board", page_number=0, fit=Fit.fit())
    parents: dict[int, IndirectObject] = {}
    for place, frame in enumerate(scene.frames):
        page, fit = _place(book, frame.x, frame.y)
        parents[place] = writer.add_outline_item(title=frame.title or "–", page_number=page, parent=root, fit=fit)
    cards = [(_natural(document.find("entities", scene.entity_ids[slot])), slot) for slot in order]
    for _, slot in sorted(cards):
        entity = document.find("entities", scene.entity_ids[slot])
        if isinstance(entity, Entity):
            page, fit = _place(book, float(scene.box[0, slot]), float(scene.box[1, slot]))
            parent = parents.get(int(scene.frame[slot]), root)
            title = " ".join(entity.title.split())[:120]
            writer.add_outline_item(title=f"{entity.number}  {title}", page_number=page, parent=parent, fit=fit)
    return []


def _natural(entity: object) -> tuple[str, int, str]:
    if not isinstance(entity, Entity):
        return ("", 0, "")
    letters = entity.number.rstrip("0123456789")
    digits = entity.number[len(letters) :]
    return (letters, int(digits) if digits else 0, entity.number)


def _place(book: Book, x: float, y: float) -> tuple[int, Fit]:
    """Return the page that shows a board point, and the place on it."""
    pages = book.pages
    for number, sheet in enumerate(pages):
        left, top, right, bottom = sheet.area
        if sheet is not book.map and left <= x < right and top <= y < bottom:
            return number, _fit(sheet, x, y)
    return 0, Fit.fit()


def _fit(sheet: Sheet, x: float, y: float) -> Fit:
    body_x, body_y = sheet.body
    left = body_x + (x - sheet.area[0]) * sheet.scale - 12
    top = sheet.height - (body_y + (y - sheet.area[1]) * sheet.scale) + 12
    return Fit.xyz(left=round(left, 1), top=round(top, 1), zoom=0)
