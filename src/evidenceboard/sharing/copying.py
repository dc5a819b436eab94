"""Sharing a clean copy: made in a private folder, searched byte for byte, and only then put into its place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from evidenceboard.errors import EvidenceBoardError, SaveFailedError
from evidenceboard.formats.byte_search import Search, Step, places
from evidenceboard.formats.inside import inside
from evidenceboard.formats.kept import Kept
from evidenceboard.formats.outgoing import Checked, LeakError, looked_for
from evidenceboard.formats.safe_write import write_whole
from evidenceboard.model.chain import Chain
from evidenceboard.model.joined import Brought, Joined
from evidenceboard.model.numbers import highest
from evidenceboard.model.pace import Pace, Tick
from evidenceboard.model.records import Attachment, Entity
from evidenceboard.model.seam import RandomSeam, Seam
from evidenceboard.session import Session
from evidenceboard.sharing import history, strings
from evidenceboard.sharing.choice import Account, Choice, Cleaned
from evidenceboard.sharing.cleaned import clean
from evidenceboard.sharing.files import Files, repainted
from evidenceboard.store import new_place, personal, read_back, rescue

LABEL: Final = "Make a clean copy"
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 1000
_PAGE_NUMBER: Final = 4
"""Bytes at the start of every page that say what kind it is, or which one goes on with it."""


@dataclass(slots=True)
class Shared:
    """What was written, what of it stayed behind, what was searched for, and what the one who sends it should know."""

    out: Path
    size: int
    account: Account
    checked: Checked
    files: Files = field(default_factory=Files)
    kept_operations: int = 0
    emptied_rows: int = 0


def share(
    session: Session, out: Path, choice: Choice, tick: Tick = lambda share: None, seam: Seam | None = None
) -> Shared:
    """Write a clean copy of an open board to a place that holds nothing yet. The board is only read.

    Raises `EvidenceBoardError`, and `LeakError` where the copy says what was to stay behind: nothing is written then.
    """
    check_place(out)
    seam = seam or RandomSeam()
    done = 0.0

    def step() -> None:
        tick(done)

    made = clean(session.document, choice, seam, step)
    if not any(table == "boards" for table, _ in made.origins):
        raise EvidenceBoardError(
            "Nothing of this file is left by what was chosen, so nothing was written.", "Choose more to go along."
        )
    done = 0.1
    made.records, files = repainted(session, made.records, step)
    if files.left_out:
        made.account.goes["attachments"] -= files.left_out
        made.account.stays["attachments"] += files.left_out
    done = 0.2
    with tempfile.TemporaryDirectory(dir=personal.private_dir("sharing"), ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "copy.db"
        log = history.kept(session, made, choice, step) if choice.history else history.History()
        _write(session, path, made, files, choice, log, seam, tick)
        done = 0.5
        checked = check(session, path, made, choice, log, step)
        tick(0.9)
        size = _put(path, out)
    tick(1.0)
    return Shared(out, size, made.account, checked, files, len(log.operations), log.emptied)


def check_place(out: Path) -> None:
    """Raise `SaveFailedError` where nothing can be written to a place, or something lies there already."""
    new_place.check(out)
    folder = out.resolve().parent
    if not folder.is_dir():
        raise SaveFailedError("There is no such folder; nothing was written.", "Make the folder first.")
    if not os.access(folder, os.W_OK):
        raise SaveFailedError("This folder may not be written to; nothing was written.", "Choose another place.")


def _write(
    session: Session,
    path: Path,
    made: Cleaned,
    files: Files,
    choice: Choice,
    log: history.History,
    seam: Seam,
    tick: Tick,
) -> None:
    author_id = session.author_id if choice.authors or choice.history else seam.new_id()
    names = dict(session.log.authors()) if choice.authors else {}
    made.authors = {one: names.get(one, "") for one in dict.fromkeys([*made.authors.values(), *log.authors])}
    if choice.authors:
        made.authors[author_id] = names.get(author_id, "")
    brought = Brought(
        log.operations, log.changes, list(made.authors.items()), session.log.chunks(sorted(files.as_they_are))
    )
    joined = Joined(log.heads, log.counter, brought)
    numbers = [one.number for one in made.records if isinstance(one, Entity)]
    changes = () if choice.history else rescue.made_of(made.records)
    operation = Chain(seam, author_id).made(
        LABEL, {}, "create", changes, joined=joined, pace=Pace(tick, 0.2, 0.3, len(changes))
    )
    rescue.write_file(
        path, made.records, operation, highest(numbers), blobs=files.anew,
        author_name=names.get(author_id, ""), brought=brought,
        pace=Pace(tick, 0.3, 0.5, len(made.records) + len(changes)),
    )  # fmt: skip


def check(
    session: Session, path: Path, made: Cleaned, choice: Choice, log: history.History, step: Step = lambda: None
) -> Checked:
    """Search a finished copy for every word that it must not say: what it gives back, and every byte of the file.

    `step` is called again and again. Raises `LeakError`, and what `step` raises.
    """
    allowed = [*strings.may_say(session.document, made, choice), *log.labels]
    step()
    kept = [one.sha256 for one in made.records if isinstance(one, Attachment)]
    said = "\n".join(allowed).encode("utf-8", "replace")
    search, apart = looked_for(strings.withheld(session, made, choice, step), _with_files(said, kept, path), step)
    count = len(search.left)
    there = search.found(part for value in read_back.values(path) for part in _opened(value))
    # Where two values meet in a row, the end of one and the beginning of the other may make a word by chance.
    raw = search.found(_bytes_of(path))
    raw -= Search(raw, step).found(read_back.bodies(path)) if raw else set()
    there |= {word for word in raw if not _only_at_page_starts(word, path, step)}
    if there:
        raise LeakError(there, session.document, "The copy")
    return Checked(count, apart)


def _opened(value: bytes) -> Iterator[bytes]:
    return inside(value) if len(value) >= 24 else iter([value])


def _with_files(said: bytes, kept: list[str], path: Path) -> Iterator[bytes]:
    yield said
    if kept:
        yield from read_back.files(path)


def _bytes_of(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in pieces that overlap, so that no word lies between two of them."""
    before = b""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield before + piece
            before = piece[-_OVERLAP:]


def _only_at_page_starts(word: str, path: Path, step: Step) -> bool:
    """Tell whether a word stands in a file only where the number that each page begins with is a part of it."""
    size, start = read_back.page_size(path), 0
    for piece in _bytes_of(path):
        step()
        for begin, end in places(word, piece):
            first = (start + begin) // size * size
            if not (start + begin < first + _PAGE_NUMBER or start + end > first + size):
                return False
        start += len(piece) - _OVERLAP
    return True


def _put(path: Path, out: Path) -> int:
    kept = Kept()
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                kept.write(piece)
    except OSError as error:
        raise SaveFailedError("The copy could not be read back, so nothing was written.", "Try it again.") from error
    new_place.check(out)
    write_whole(out, kept)
    return len(kept)
