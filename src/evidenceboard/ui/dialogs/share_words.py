"""The account of a clean copy in words: what goes, what stays behind, what its receiver may still make out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.document import Document
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.sharing.choice import Account, Choice
from evidenceboard.sharing.copying import Shared
from evidenceboard.ui.dialogs.account_tree import Line
from evidenceboard.ui.plain import one_line

_SHOWN: Final = 12
_TABLES: Final = (
    ("boards", "Boards"),
    ("entities", "Things"),
    ("cards", "Cards"),
    ("links", "Links"),
    ("frames", "Frames"),
    ("assessments", "Judgements"),
    ("attachments", "Attached files"),
    ("comments", "Comments"),
    ("conflicts", "Questions of a merge"),
    ("snapshots", "Names of states"),
    ("custody", "Entries of custody"),
    ("redactions", "Redactions"),
)
Section = tuple[str, list[Line]]


def account_said(account: Account, choice: Choice, document: Document) -> list[Section]:
    """Return what a choice comes to, before anything is written."""
    return [
        (_say("Look at these: a withheld name can still be read"), _still(account, document)),
        (_say("Goes along"), _going(account)),
        (_say("Stays behind"), [*_staying(account), *_always(choice)]),
        (_say("Becomes another name"), _renamed(account)),
    ]


def report_said(done: Shared, choice: Choice, document: Document) -> list[Section]:
    """Return what was written, and what was searched."""
    checked = done.checked
    strings = _say("{n} withheld words and lines, as UTF-8 and UTF-16, packed ones too").format(
        n=f"{checked.strings:,}"
    )
    apart = _say("Too short or too common to be told from what goes along")
    lines: list[Line] = [(strings, _say("none found"))]
    if checked.apart:
        lines.append((apart, f"{checked.apart:,}"))
    files: list[Line] = []
    if done.files.anew:
        files.append((_say("Pictures painted anew, without what lay beside their pixels"), f"{len(done.files.anew):,}"))
    if done.files.left_out:
        files.append((_say("Pictures that could not be painted anew, and stayed behind"), f"{done.files.left_out:,}"))
    if done.files.as_they_are:
        said = _say("Other files, byte for byte: they may name their authors themselves")
        files.append((said, f"{len(done.files.as_they_are):,}"))
    history: list[Line] = []
    if choice.history:
        history.append((_say("Steps; their chain still holds"), f"{done.kept_operations:,}"))
        history.append((_say("Changes of which only the seal is left"), f"{done.emptied_rows:,}"))
    return [
        (_say("Written: {path}").format(path=done.out.name), [(_say("Bytes"), f"{done.size:,}")]),
        (_say("Searched, byte for byte"), lines),
        (_say("Files"), files),
        (_say("History"), history),
        *account_said(done.account, choice, document),
    ]


def _going(account: Account) -> list[Line]:
    lines: list[Line] = []
    for table, word in _TABLES:
        if not account.goes[table]:
            continue
        if table == "entities":
            lines += [(one_line(entity_type(type_id).plural, 40), f"{n:,}") for type_id, n in account.types.items()]
        else:
            lines.append((_say(word), f"{account.goes[table]:,}"))
    return lines


def _staying(account: Account) -> list[Line]:
    lines: list[Line] = [(_say(word), f"{account.stays[table]:,}") for table, word in _TABLES if account.stays[table]]
    if account.hanging:
        lines.append((_say("Of the links: because one of their ends stays"), f"{account.hanging:,}"))
    for key, words in (
        ("notes", _say("Notes of what goes along")),
        ("reasons", _say("Reasons of judgements and markings")),
        ("unknown", _say("Properties from other programs")),
    ):
        if account.emptied[key]:
            lines.append((words, f"{account.emptied[key]:,}"))
    return lines


def _always(choice: Choice) -> Iterable[Line]:
    """Yield what is left out without being a record."""
    if not choice.history:
        yield (_say("The history, and all that was deleted or rewritten"), "")
    else:
        yield (_say("What was deleted or rewritten: its place in the history stays, empty"), "")
    if not choice.authors and choice.history:
        yield (_say("Names of authors; the history keeps the random id of each"), "")
    elif not choice.authors:
        yield (_say("Who judged and when: each author gets another random id"), "")
    yield (_say("Saved searches, silenced findings, checks of files"), "")


def _renamed(account: Account) -> list[Line]:
    if not account.renamed:
        return []
    return [(_say("Names replaced wherever they stand, other names of the same included"), f"{account.renamed:,}")]


def _still(account: Account, document: Document) -> list[Line]:
    lines: list[Line] = []
    for one in account.still[:_SHOWN]:
        entity = document.find("entities", one.entity_id)
        number = entity.number if isinstance(entity, Entity) else ""
        words = _say("“{name}” ({number}) in {where}, {field}")
        field = one.field.replace("_", " ")
        lines.append((words.format(name=one.name, number=number, where=one.where, field=field), ""))
    more = len(account.still) - _SHOWN
    if more > 0:
        lines.append((_say("… and in {n} more places").format(n=f"{more:,}"), ""))
    return lines


def _say(text: str) -> str:
    return QCoreApplication.translate("Share", text)
