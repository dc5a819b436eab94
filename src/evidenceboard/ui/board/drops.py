"""What comes from outside, dropped or pasted: a type, text, an address, a picture, any file. Each becomes its card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QMimeData, QUrl
from PySide6.QtGui import QImage

from evidenceboard import commands
from evidenceboard.commands.attachments import read_file
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.model.pace import EACH, Pace, Tick
from evidenceboard.model.records import TEXT_LIMIT, Entity
from evidenceboard.model.transaction import HEAVY, Transaction
from evidenceboard.model.types import BY_ID, entity_type
from evidenceboard.ui.board import doings
from evidenceboard.ui.board.free_place import free_place
from evidenceboard.ui.pasted import text_of
from evidenceboard.ui.rail import MIME as TYPE_MIME

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

SENTENCE: Final = 300
"""Characters up to which dropped text is the title of a claim; longer text becomes a note."""
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".svg", ".heic")
_say = QCoreApplication.translate


def accepts(mime: QMimeData) -> bool:
    """Tell whether something can become a card."""
    return mime.hasFormat(TYPE_MIME) or mime.hasUrls() or mime.hasImage() or bool(text_of(mime).strip())


def preview(mime: QMimeData) -> str:
    """Say what would become of it."""
    if mime.hasFormat(TYPE_MIME):
        return _say("Board", "Let go where the new card shall lie")
    if files := _files(mime):
        if can_import(files):
            return _say("Board", "Let go on a card to keep the file with it, on empty board to import what it holds")
        return _say("Board", "Let go on a card to keep the file with it, on empty board for a new source")
    if _address(mime):
        return _say("Board", "Let go for a new source with this address")
    return _say("Board", "Let go for a new card with this text")


def drop(surface: Surface, mime: QMimeData, x: float, y: float, *, onto_cards: bool = True) -> bool:
    """Make the right card at a board point; return whether there was anything to make one of.

    `onto_cards`: a file that is let go on a card is kept with that card; else it always gets a source of its own.
    """
    if not accepts(mime) or not doings.may_change(surface):
        return False
    if mime.hasFormat(TYPE_MIME):
        type_id = bytes(mime.data(TYPE_MIME).data()).decode("utf-8", "replace")
        return type_id in BY_ID and doings.new_card(surface, type_id, x, y) is not None
    files = _files(mime)
    if files and onto_cards and can_import(files) and surface.slot_at(x, y) is None:
        surface.import_wanted.emit(files)
        return True
    if files:
        return keep_files(surface, files, x, y, onto_cards=onto_cards)
    address = _address(mime)
    if address:
        title = _title_of(mime, address)
        return _make(surface, "source", x, y, title=title, url=address, reach="not kept yet")
    if mime.hasImage():
        return _drop_image(surface, mime, x, y, onto_cards)
    return _drop_text(surface, text_of(mime), x, y)


def can_import(paths: list[Path]) -> bool:
    """Tell whether all of some files are of the kinds that an import reads, by their names."""
    # Only here: what knows all formats takes a while to load.
    from evidenceboard.ui.imports import endings

    read = endings()
    return all(path.suffix.lower().removeprefix(".") in read for path in paths)


def _files(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _address(mime: QMimeData) -> str:
    """Return the web address that was dropped, or ""."""
    text = text_of(mime).strip()
    found = next((url.toString() for url in mime.urls() if not url.isLocalFile()), "" if mime.hasUrls() else text)
    if any(sign.isspace() for sign in found) or len(found) > 4000:
        return ""
    return found if QUrl(found).scheme() in ("http", "https") and QUrl(found).host() else ""


def _title_of(mime: QMimeData, address: str) -> str:
    # Browsers hand over the address and, on the line below it, the title of the page.
    raw = (
        bytes(mime.data("text/x-moz-url").data()).decode("utf-16", "replace")
        if mime.hasFormat("text/x-moz-url")
        else ""
    )
    title = raw.partition("\n")[2].strip().strip("\x00")
    if title:
        return title[:SENTENCE]
    parts = urlsplit(address)
    return f"{parts.hostname or address}{parts.path.rstrip('/')}"[:SENTENCE]


def _drop_text(surface: Surface, text: str, x: float, y: float) -> bool:
    text = text.replace("\x00", "").strip()
    if not text:
        return False
    if len(text) <= SENTENCE:
        return _make(surface, "claim", x, y, title=" ".join(text.split()))
    if len(text) > TEXT_LIMIT:
        said = _say("Board", "This text has {n} characters, and a note holds {most}. Nothing was changed.")
        surface.shell.banner(
            said.format(n=f"{len(text):,}", most=f"{TEXT_LIMIT:,}"), _say("Board", "Drop it as a file."), alarm=True
        )
        return True
    first = " ".join(text.split())[:80]
    return _make(surface, "note", x, y, title=f"{first}…", notes=text)


def _drop_image(surface: Surface, mime: QMimeData, x: float, y: float, onto_cards: bool) -> bool:
    # Only here: what reads and writes pictures takes a while to load.
    from evidenceboard.render.image import as_png
    from evidenceboard.ui import pictures

    # The bytes by a format that is named, where there are any: Qt would guess among all that it knows.
    data = next((bytes(found.data()) for kind in pictures.MEDIA if (found := mime.data(kind)).size()), b"")
    if data:
        seen = surface.shell.look_up(lambda tick: pictures.read(data), _say("Board", "Reading the picture…"))
    else:
        image = mime.imageData()
        seen = pictures.made_here(image) if isinstance(image, QImage) else None
    if seen is None:
        return bool(data)
    try:
        # Painted anew, it keeps nothing of what a camera or another program wrote beside the picture.
        made = as_png(seen.image) if not seen.refused else b""
    except EvidenceBoardError as error:
        surface.shell.banner(error.message, error.hint, alarm=True)
        return True
    if not made:
        surface.shell.banner(seen.refused, _say("Board", "Drop it as a file to keep it byte for byte."), alarm=True)
        return True
    return _keep(surface, [(_say("Board", "Picture") + ".png", made)], x, y, onto_cards)


def keep_files(surface: Surface, paths: list[Path], x: float, y: float, *, onto_cards: bool) -> bool:
    """Keep files, byte for byte, with the card at a board point, or each with a new source there."""

    def read(tick: Tick) -> list[tuple[str, bytes]]:
        pace = Pace(tick, 0.0, 1.0, EACH * len(paths))
        found = []
        for path in paths:
            found.append(read_file(path))
            pace.on(EACH)
        return found

    if sum(path.stat().st_size for path in paths if path.is_file()) > HEAVY:
        files = surface.shell.look_up(read, _say("Board", "Reading the files…"))
        return files is None or _keep(surface, files, x, y, onto_cards)
    try:
        return _keep(surface, read(lambda share: None), x, y, onto_cards)
    except EvidenceBoardError as error:
        surface.shell.banner(error.message, error.hint, alarm=True)
        return True


def _keep(surface: Surface, files: list[tuple[str, bytes]], x: float, y: float, onto_cards: bool) -> bool:
    """Keep files with the card under the point, or each with a new source."""
    slot = surface.slot_at(x, y) if onto_cards else None
    shell = surface.shell
    if slot is not None:
        entity_id = surface.scene.entity_ids[slot]

        def attach(tx: Transaction) -> bool:
            for name, data in files:
                commands.attach(tx, entity_id, name, data)
            return True

        if shell.perform("Attach {n} files", attach, n=len(files)):
            number = shell.document.get(Entity, entity_id).number
            several = _say("Board", "{n} files are kept with {number}, byte for byte.")
            said = several if len(files) > 1 else _say("Board", "The file is kept with {number}, byte for byte.")
            shell.banner(said.format(n=len(files), number=number))
        return True

    def add(tx: Transaction) -> list[str]:
        wide = entity_type("source").width
        made: list[str] = []
        taken: list[tuple[float, float]] = []
        left, top = x - wide / 2, y - 20
        for name, data in files:
            entity = commands.add_entity(
                tx, "source", title=Path(name).stem or name, props={"kind": _kind(name), "reach": "in hand"}
            )
            commands.attach(tx, entity.id, name, data)
            left, top = free_place(surface.scene, left, top, wide, doings.NEW_HEIGHT, taken)
            taken.append((left, top))
            made.append(commands.place(tx, shell.board_id, entity.id, x=left, y=top, frame_id=_home(surface, x, y)).id)
            top += doings.NEW_HEIGHT + 48
        return made

    cards = shell.perform("Add {n} sources from files", add, n=len(files))
    if cards:
        shell.selection.set(cards=cards)
    return True


def _kind(name: str) -> str:
    return "picture" if name.lower().endswith(_PICTURES) else "document"


def _home(surface: Surface, x: float, y: float) -> str | None:
    return doings.frame_under(surface, x, y)


def _make(surface: Surface, type_id: str, x: float, y: float, *, title: str, notes: str = "", **props: str) -> bool:
    shell, kind = surface.shell, entity_type(type_id)
    left, top = free_place(surface.scene, x - kind.width / 2, y - 20, kind.width, doings.NEW_HEIGHT)

    def add(tx: Transaction) -> str:
        entity = commands.add_entity(tx, type_id, title=title, notes=notes, props=dict(props))
        return commands.place(tx, shell.board_id, entity.id, x=left, y=top, frame_id=_home(surface, x, y)).id

    made = shell.perform("Add {a} {type}", add, a=doings.article(kind.word), type=kind.word.lower())
    if made is not None:
        shell.selection.set(cards=[made])
    return True
