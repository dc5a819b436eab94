"""What a PDF has beside its drawings: pages, bookmarks, inner links, and nothing of this machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from evidenceboard.render import pdf_places
from evidenceboard.render.pages import Pages
from evidenceboard.render.pdf_file import PdfFile, numbers, text
from evidenceboard.render.progress import Tick, from_to

_KINDS: Final = (b"Font", b"ExtGState", b"ColorSpace", b"Pattern", b"Shading")
_OFTEN: Final = 500
"""Steps after which progress is told."""

Needed = dict[bytes, dict[bytes, bytes]]
"""What drawings need, by kind and name: the typefaces, pictures, colour spaces."""


def finished(
    file: PdfFile,
    pages: Pages,
    streams: list[list[int]],
    needed: Needed,
    shared: int,
    pictures: list[bytes],
    tick: Tick,
    *,
    links: bool,
) -> list[str]:
    """Write all that is not drawn, and return what the PDF could not be given, in words.

    `streams` draw each page, `pictures` are the names of the pictures that pages consist of, where they do. `shared` is
    the object that tells what all other drawings need.
    """
    said: list[str] = []
    refs = [file.new() for _ in pages.pages]
    marks = pdf_places.bookmarks(pages, from_to(tick, 0.0, 0.3))
    outline = 0
    if marks is None:
        said.append(f"bookmarks: a board of more than {pdf_places.MOST_CARDS:,} cards has none")
    else:
        outline = _outline(file, marks, refs, from_to(tick, 0.3, 0.5))
    if links and not pdf_places.words_lead(pages):
        most = f"{pdf_places.MOST_LINKS:,}"
        said.append(f"ways from the words of a link to the card at its end: a board of more than {most} links has none")
    notes = _notes(file, pdf_places.jumps(pages, from_to(tick, 0.5, 0.9)) if links else iter(()), refs)
    file.put(_resources(needed, list(needed.get(b"XObject", ()))), shared)
    tree = file.new()
    for place, page in enumerate(pages.pages):
        if place % _OFTEN == 0:
            tick(0.9)
        resources = b"%d 0 R" % shared if not pictures else _resources(needed, [pictures[place]])
        about = (tree, numbers(page.width, page.height), _list(streams[place]), resources)
        annots = b" /Annots [%b]" % _list(notes[place]) if place in notes else b""
        words = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %b] /Contents [%b] /Resources %b" % about
        file.put(words + annots + b" >>", refs[place])
    file.put(b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(refs), _list(refs)), tree)
    ways = b" /Outlines %d 0 R" % outline if outline else b""
    preferences = b" /ViewerPreferences << /DisplayDocTitle true >>"
    root = file.put(b"<< /Type /Catalog /Pages %d 0 R%b%b >>" % (tree, ways, preferences))
    own = b"(Evidenceboard)"
    info = file.put(b"<< /Title %b /Creator %b /Producer %b >>" % (text(pages.paper.included.title), own, own))
    file.close(root, info, from_to(tick, 0.95, 1.0))
    return said


def _list(numbered: list[int]) -> bytes:
    return b" ".join([b"%d 0 R" % one for one in numbered])


def _resources(needed: Needed, drawn: list[bytes]) -> bytes:
    said = [(kind, needed.get(kind, {})) for kind in _KINDS]
    said.append((b"XObject", {name: needed[b"XObject"][name] for name in drawn}))
    listed = ((kind, b" ".join([b"/%b %b" % entry for entry in sorted(own.items())])) for kind, own in said)
    return b"<< %b >>" % b"\n".join([b"/%b << %b >>" % entry for entry in listed])


def _notes(file: PdfFile, jumps: Iterator[pdf_places.Jump], refs: list[int]) -> dict[int, list[int]]:
    notes: dict[int, list[int]] = defaultdict(list)
    form = b"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [%b] /Dest %b >>"
    for jump in jumps:
        notes[jump.page].append(file.put(form % (numbers(*jump.box), _destination(refs, jump.to))))
    return notes


def _destination(refs: list[int], to: pdf_places.Spot) -> bytes:
    return b"[%d 0 R /XYZ %b null]" % (refs[to.page], numbers(to.x, to.y))


def _outline(file: PdfFile, marks: list[pdf_places.Mark], refs: list[int], tick: Tick) -> int:
    """Write bookmarks as a tree, of which the first level is open; return the number of its root."""
    root = file.new()
    ends = _level(file, root, marks, refs, tick, opened=2)[0]
    file.put(b"<< /Type /Outlines%b >>" % ends, root)
    return root


def _level(
    file: PdfFile, parent: int, marks: list[pdf_places.Mark], refs: list[int], tick: Tick, opened: int
) -> tuple[bytes, int]:
    """Write one level of bookmarks.

    Return what its parent says of it, and how many of them show below that while `opened` levels are open.
    """
    if not marks:
        return b"", 0
    own = [file.new() for _ in marks]
    shown = len(marks)
    for place, mark in enumerate(marks):
        if place % _OFTEN == 0:
            tick(place / len(marks))
        said = [b"/Title %b /Parent %d 0 R /Dest %b" % (text(mark.title), parent, _destination(refs, mark.to))]
        if place:
            said.append(b" /Prev %d 0 R" % own[place - 1])
        if place + 1 < len(own):
            said.append(b" /Next %d 0 R" % own[place + 1])
        below, number = _level(file, own[place], mark.below, refs, lambda share: tick(0.0), opened - 1)
        shown += number if opened > 1 else 0
        file.put(b"<< %b%b >>" % (b"".join(said), below), own[place])
    about = (own[0], own[-1], shown if opened > 0 else -len(own))
    return b" /First %d 0 R /Last %d 0 R /Count %d" % about, shown
