"""Random boards with a planted word in every field, shared and exported at random: none is in it that was to stay."""

from __future__ import annotations

import io
import random
import re
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.promises.outcome import Tried
from evidenceboard import Session, commands
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats import FORMATS
from evidenceboard.formats.format import ExportOptions
from evidenceboard.formats.outgoing import LeakError, check_export
from evidenceboard.model.records import Assessment, Attachment, Comment, Conflict, Custody, Entity, Link, Setting
from evidenceboard.model.transaction import Transaction
from evidenceboard.sharing.choice import Choice
from evidenceboard.sharing.copying import share

MARKINGS = ("", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:RED")
TYPES = ("actor", "claim", "source", "scenario", "event", "place", "note", "question")
PAINTED = ("pdf", "svg", "png")
OTHER = "f" * 32
"""An author who also judged."""
Rule = Callable[[Choice], bool]


def never(choice: Choice) -> bool:
    """Tell that a word never goes along."""
    return False


def with_notes(choice: Choice) -> bool:
    """Tell that a word goes where notes go."""
    return choice.notes


def with_files(choice: Choice) -> bool:
    """Tell that a word goes where attachments go."""
    return choice.attachments


def with_authors(choice: Choice) -> bool:
    """Tell that a word goes where authors go."""
    return choice.authors


def up_to(rank: int) -> Rule:
    """Return that a word goes where a marking of this rank may go."""
    return lambda choice: rank <= _rank(choice.at_most)


def both(*rules: Rule) -> Rule:
    """Return that a word goes where all of some rules let it."""
    return lambda choice: all(rule(choice) for rule in rules)


@dataclass
class Planted:
    """A board, the words in it, and when each of them may go along with a copy, and with an export."""

    chance: random.Random
    words: dict[str, tuple[Rule, Rule]] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    places: dict[str, set[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def word(self, rule: Rule, exported: Rule | None = None) -> str:
        """Return a word that is nowhere else; `exported` tells when exports say it, where that is another rule."""
        made = "zq" + "".join(self.chance.choice("ghjklmnopqrstuvwxyz") for _ in range(12))
        self.words[made] = (rule, exported or rule)
        return made

    def goes(self, entity_id: str) -> Rule:
        """Return when an entity goes along."""

        def rule(choice: Choice) -> bool:
            kind = self.types[entity_id]
            on = choice.boards is None or bool(self.places.get(entity_id, set()) & choice.boards)
            chosen = (choice.types is None or kind in choice.types) and (choice.notes or kind != "note")
            return chosen and on and self.ranks[entity_id] <= _rank(choice.at_most)

        return rule


def failures(folder: Path, n: int) -> Tried:
    """Share and export so many boards; count those of which a copy or an export said what was to stay behind."""
    return Tried(n, sum(bool(broken(folder / str(number), random.Random(number))) for number in range(n)))


def broken(folder: Path, chance: random.Random) -> str:
    """Return what came out of one board that was to stay, or what did not come along that was to go, or ""."""
    folder.mkdir()
    path = folder / "board.db"
    planted = _board(path, chance)
    with Session.open(path, read_only=True) as session:
        boards = [one.id for one in session.document.boards]
        keep = {name: chance.random() < 0.5 for name in ("history", "authors", "notes", "attachments", "mergeable")}
        choice = Choice(
            at_most=chance.choice(MARKINGS[1:]),
            boards=frozenset(chance.sample(boards, 1)) if chance.random() < 0.3 else None,
            types=frozenset(chance.sample(TYPES, 5)) if chance.random() < 0.3 else None,
            **keep,
        )
        out = folder / "copy.db"
        try:
            share(session, out, choice)
        except LeakError:
            return f"the program found a leak of its own with {choice}"
        except EvidenceBoardError:
            return "a file was left" if out.exists() else ""  # nothing of the board is left by what was chosen
        data = opened(out.read_bytes()) + b"\n".join(_values(out))
        for word, (rule, _) in planted.words.items():
            if said(word, data) != rule(choice) and (said(word, data) or not choice.history):
                return f"{word} {'came out' if said(word, data) else 'did not come along'} with {choice}"
        kinds = [one for one in FORMATS if one.write is not None]
        painting = [one for one in kinds if one.id in PAINTED]
        for kind in (chance.choice([one for one in kinds if one not in painting]), chance.choice(painting)):
            if kind.id in PAINTED and chance.random() > 0.3:
                continue
            if word := _exported(session, kind, choice.at_most, planted, chance):
                return f"{word} came out in {kind.id} at {choice.at_most}"
    return ""


def _exported(session: Session, kind: Any, at_most: str, planted: Planted, chance: random.Random) -> str:
    options = ExportOptions(at_most=at_most, attachments=chance.random() < 0.5, board_id=session.document.boards[0].id)
    try:
        written = kind.writer()(session, options)
    except EvidenceBoardError:
        return ""  # nothing of the board may go out at this marking
    check_export(session, options, written)
    parts = written.data.values() if isinstance(written.data, dict) else [written.data]
    data = opened(b"\n".join(one if isinstance(one, bytes) else one.part(0, len(one)) for one in parts))
    whole = Choice(at_most, notes=True, authors=True, attachments=True)
    for word, (_, rule) in planted.words.items():
        if not rule(whole) and said(word, data):
            return word
    return ""


def said(word: str, data: bytes) -> bool:
    """Tell whether bytes say a word, in any of the codes in which text is written."""
    return any(word.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be"))


def opened(data: bytes) -> bytes:
    """Return bytes with what is packed in them, told apart from how the program looks for it."""
    more = [data]
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        with suppress(zlib.error):
            more.append(zlib.decompressobj().decompress(data[found.start() :]))
    for found in re.finditer(rb"PK\x03\x04", data):
        name, extra = struct.unpack("<HH", data[found.start() + 26 : found.start() + 30])
        with suppress(zlib.error):
            more.append(zlib.decompressobj(-15).decompress(data[found.start() + 30 + name + extra :]))
    return b"\n".join(more)


def _values(path: Path) -> list[bytes]:
    with closing(sqlite3.connect(path)) as board:
        kept = board.execute("select group_concat(hex(bytes), '') from chunks group by sha256 order by part")
        return [opened(bytes.fromhex(row[0])) for row in kept]


def _rank(word: str) -> int:
    return MARKINGS.index(word)


def _board(path: Path, chance: random.Random) -> Planted:
    """Make a board with a planted word in every field of every record, in its log and in its files."""
    made = Planted(chance)
    floor = chance.choice((1, 1, 2))
    by_file = up_to(floor)
    with Session.create(path, title="file") as session:
        with session.transaction("Add") as tx:
            second = commands.add_board(tx, "second")
            commands.set_file(tx, title=made.word(by_file), marking=MARKINGS[floor])
            boards = [session.document.boards[0].id, second.id]
            entities = [_entity(made, tx, boards, floor) for _ in range(chance.randrange(6, 11))]
            for _ in range(8):
                _link(made, tx, chance.choice(entities), chance.choice(entities), floor)
            _rest(made, tx, entities[0], boards[0])
        lost = made.word(never)
        with session.transaction("Write") as tx:
            commands.set_fields(tx, entities[1], title=lost, notes=made.word(never))
        session.undo()
        with session.transaction("Go") as tx:
            gone = commands.add_entity(tx, "claim", title=made.word(never))
            commands.attach(tx, gone.id, "gone.txt", made.word(never).encode())
        with session.transaction("Remove") as tx:
            commands.remove(tx, [gone.id])
        with session.transaction("Name") as tx:
            commands.name_snapshot(tx, made.word(never), session.history(1)[0][0].id)
        author = session.author_id
    with closing(sqlite3.connect(path)) as board, board:
        board.execute("update authors set name = ? where id = ?", (made.word(with_authors), author))
    return made


def _entity(made: Planted, tx: Transaction, boards: list[str], floor: int) -> str:
    chance = made.chance
    kind, marking, entity_id = chance.choice(TYPES), chance.choice(MARKINGS), tx.new_id()
    made.types[entity_id], made.ranks[entity_id] = kind, max(_rank(marking), floor)
    goes = made.goes(entity_id)
    noted = both(goes, with_notes)
    filed = both(goes, with_files)
    props: dict[str, Any] = {"stranger": made.word(never, goes)}
    if kind == "actor":
        props |= {"role": made.word(goes), "aliases": [made.word(goes)]}
    if kind == "source":
        props |= {"author": made.word(goes), "url": f"https://example.org/{made.word(goes)}"}
    tx.put(
        Entity(
            entity_id, kind, f"{kind[0].upper()}{len(made.types)}", made.word(goes), notes=made.word(noted),
            marking=marking, marking_reason=made.word(noted) if _rank(marking) >= floor else "",
            tags=(made.word(goes),), props=props,
        )
    )  # fmt: skip
    for board_id in chance.sample(boards, chance.randrange(1, 3)):
        commands.place(tx, board_id, entity_id, x=chance.randrange(2000), y=chance.randrange(2000))
        made.places.setdefault(entity_id, set()).add(board_id)
    for author_id in (tx.author_id, OTHER):
        tx.make(
            Assessment, subject_id=entity_id, field="weight", author_id=author_id, value="high", reason=made.word(noted)
        )
    name, kept = made.word(filed), made.word(filed)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.txt", made.word(filed) * 9)
    files = (kept.encode(), packed.getvalue(), _picture(made.word(never)))
    file = tx.document.get(Attachment, commands.attach(tx, entity_id, f"{name}.bin", chance.choice(files)).id)
    taken = tx.blobs[file.sha256]
    for data, word in zip(files, list(made.words)[-3:], strict=True):
        if data != taken:
            made.words[word if data is not files[0] else kept] = (never, never)
    tx.change(file, notes=made.word(both(filed, with_notes)), tool=made.word(filed))
    return entity_id


def _picture(word: str) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"\x00\xff\x00\x00" * 1)
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    text = b"Author\x00" + word.encode()
    chunks = ((b"IHDR", head), (b"tEXt", text), (b"zTXt", b"Place\x00\x00" + zlib.compress(word.encode())))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in (*chunks, (b"IDAT", pixels), (b"IEND", b"")))


def _link(made: Planted, tx: Transaction, start: str, end: str, floor: int) -> None:
    marking = made.chance.choice(MARKINGS)
    rank = max(_rank(marking), floor, made.ranks[start], made.ranks[end])
    goes = both(made.goes(start), made.goes(end), up_to(rank))
    noted = both(goes, with_notes)
    kind, key = made.chance.choice((("states", "quote"), ("denies", "locator"), ("related", "label")))
    tx.put(
        Link(
            tx.new_id(), kind, start, end, notes=made.word(noted), marking=marking, tags=(made.word(goes),),
            props={key: made.word(goes), "stranger": made.word(never, goes)},
        )
    )  # fmt: skip


def _rest(made: Planted, tx: Transaction, entity_id: str, board_id: str) -> None:
    """Add what never goes along: searches, silenced findings, questions of a merge, talk, custody."""
    tx.make(Setting, id="search-1", value={"name": made.word(never), "text": made.word(never)})
    reason = made.word(never, made.goes(entity_id))
    tx.make(Setting, id="silenced-1", value={"rule": "x", "subject": entity_id, "reason": reason})
    tx.make(Comment, subject_id=entity_id, field="", author_id=OTHER, text=made.word(never, made.goes(entity_id)))
    values = {"1": {"value": made.word(never), "author": OTHER, "counter": 1, "at": ""}}
    tx.make(Conflict, record_table="entities", record_id=entity_id, field="title", candidates=values)
    tx.make(Custody, what="merged", subject_id="", author_id=OTHER, at="", details=made.word(never))
