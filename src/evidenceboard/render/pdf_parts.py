"""What is put into a PDF after Qt has drawn it: whole pages, bookmarks, inner links, and nothing of this machine."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from evidenceboard.errors import EvidenceBoardError
from evidenceboard.render import pdf_places
from evidenceboard.render.pages import Pages
from evidenceboard.render.progress import Tick

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_KINDS: Final = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")
_OFTEN: Final = 1000
"""Steps after which progress is told."""
_LISTED: Final = re.compile(rb"\[[^\]]*\]")


def assembled(drawn: bytes, counts: list[int], pages: Pages, tick: Tick, *, links: bool) -> tuple[bytes, list[str]]:
    """Return the PDF whose pages are made of `counts` drawn pieces each, and what it could not be given, in words."""
    try:
        writer = PdfWriter()
        writer.pdf_header = "%PDF-1.4"
        _put_together(writer, PdfReader(io.BytesIO(drawn)), counts, pages, tick)
        said = _add_ways(writer, pages, tick, links=links)
        title = pages.paper.included.title
        writer.metadata = {"/Title": title, "/Creator": "Evidenceboard", "/Producer": "Evidenceboard"}
        out = _Telling(tick)
        writer.write(out)
    except PyPdfError as error:
        raise EvidenceBoardError("The PDF came out unreadable, so it was not written.", "Try it again.") from error
    return out.getvalue(), said


def _put_together(writer: PdfWriter, reader: PdfReader, counts: list[int], pages: Pages, tick: Tick) -> None:
    # Each piece begins with a transformation of its own, which must not reach the next.
    save, restore = (writer._add_object(_stream(words)) for words in (b"q\n", b"\nQ\n"))
    drawn = iter(reader.pages)
    for place, (page, count) in enumerate(zip(pages.pages, counts, strict=True)):
        made = writer.add_blank_page(page.width, page.height)
        contents, resources = ArrayObject(), DictionaryObject()
        for done in range(count):
            tick(0.5 * (place + done / count) / len(counts))
            piece = next(drawn)
            contents += [save, _cloned(piece.raw_get("/Contents"), writer), restore]
            _merge(resources, piece, writer)
        made[NameObject("/Contents")] = contents
        made[NameObject("/Resources")] = resources
        _mend_fonts(resources)
    if next(drawn, None) is not None:
        raise EvidenceBoardError("The PDF came out with too many pages, so it was not written.", "Try it again.")


class _Telling(io.BytesIO):
    """Memory that tells of progress while it is written to, so that a window stays alive."""

    def __init__(self, tick: Tick) -> None:
        super().__init__()
        self._tick = tick
        self._calls = 0

    def write(self, data: ReadableBuffer) -> int:
        self._calls += 1
        if self._calls % _OFTEN == 0:
            self._tick(0.8)
        return super().write(data)


def _stream(words: bytes) -> StreamObject:
    made = StreamObject()
    made.set_data(words)
    return made


def _cloned(found: Any, writer: PdfWriter) -> Any:
    made = found.clone(writer)
    return made if isinstance(made, IndirectObject) else getattr(made, "indirect_reference", None) or made


def _merge(resources: DictionaryObject, piece: PageObject, writer: PdfWriter) -> None:
    own = _dictionary(piece["/Resources"])
    for kind in _KINDS:
        found = own.get(kind)
        if found is None:
            continue
        part = resources.setdefault(NameObject(kind), DictionaryObject())
        for name in found.get_object():
            if name not in part:
                part[NameObject(name)] = _cloned(found.get_object().raw_get(name), writer)


def _dictionary(found: Any) -> DictionaryObject:
    made = found.get_object()
    return made if isinstance(made, DictionaryObject) else DictionaryObject()


def _mend_fonts(resources: DictionaryObject) -> None:
    """Let the sign for a space be read as a space: Qt takes it for a tab, which has the same shape."""
    for font in resources.get("/Font", {}).values():
        table = font.get_object().get("/ToUnicode")
        if table is not None:
            stream = table.get_object()
            data = stream.get_data()
            mended = _LISTED.sub(lambda found: found[0].replace(b"<0009>", b"<0020>"), data)
            if mended != data:
                stream.set_data(mended)


# -- ways through the document ----------------------------------------------------------------------------------------


def _add_ways(writer: PdfWriter, pages: Pages, tick: Tick, *, links: bool) -> list[str]:
    said: list[str] = []
    made = list(writer.pages)
    refs = [page.indirect_reference for page in made]
    marks = pdf_places.bookmarks(pages)
    if marks is None:
        said.append(f"bookmarks: a board of more than {pdf_places.MOST_CARDS:,} cards has none")
    else:
        _outline(writer, marks, refs, tick)
    jumps, all_of_them = pdf_places.jumps(pages) if links else ([], True)
    if not all_of_them:
        most = f"{pdf_places.MOST_LINKS:,}"
        said.append(f"ways from the words of a link to the card at its end: a board of more than {most} links has none")
    for number, jump in enumerate(jumps):
        if number % _OFTEN == 0:
            tick(0.7)
        annotation = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
            NameObject("/Rect"): _numbers(*jump.box),
            NameObject("/Dest"): _destination(refs, jump.to),
        })  # fmt: skip
        page = made[jump.page]
        page.setdefault(NameObject("/Annots"), ArrayObject()).append(writer._add_object(annotation))
    preferences = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/ViewerPreferences")] = preferences
    return said


def _numbers(*values: float) -> ArrayObject:
    return ArrayObject([FloatObject(round(value, 2)) for value in values])


def _destination(refs: list[Any], to: pdf_places.Spot) -> ArrayObject:
    place = [FloatObject(round(value, 2)) for value in (to.x, to.y)]
    return ArrayObject([refs[to.page], NameObject("/XYZ"), *place, NullObject()])


def _outline(writer: PdfWriter, marks: list[pdf_places.Mark], refs: list[Any], tick: Tick) -> None:
    """Write bookmarks as a tree; the first level is open."""
    root = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    root_ref = writer._add_object(root)
    _level(writer, root, root_ref, marks, refs, tick, opened=2)
    writer.root_object[NameObject("/Outlines")] = root_ref


def _level(
    writer: PdfWriter,
    parent: DictionaryObject,
    parent_ref: Any,
    marks: list[pdf_places.Mark],
    refs: list[Any],
    tick: Tick,
    opened: int,
) -> int:
    """Write one level of bookmarks and return how many show below its parent while `opened` levels are open."""
    made = [DictionaryObject() for _ in marks]
    shown = len(marks)
    own = [writer._add_object(one) for one in made]
    for place, (mark, one) in enumerate(zip(marks, made, strict=True)):
        if place % _OFTEN == 0:
            tick(0.6)
        one[NameObject("/Title")] = TextStringObject(mark.title)
        one[NameObject("/Parent")] = parent_ref
        one[NameObject("/Dest")] = _destination(refs, mark.to)
        if place:
            one[NameObject("/Prev")] = own[place - 1]
        if place + 1 < len(own):
            one[NameObject("/Next")] = own[place + 1]
        if mark.below:
            below = _level(writer, one, own[place], mark.below, refs, tick, opened - 1)
            shown += below if opened > 1 else 0
    if own:
        parent[NameObject("/First")], parent[NameObject("/Last")] = own[0], own[-1]
        parent[NameObject("/Count")] = NumberObject(shown if opened > 0 else -len(own))
    return shown
