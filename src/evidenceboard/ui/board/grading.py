"""Two keys grade what is selected: a report, its source, or a cell of the matrix; then one may say why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF

from evidenceboard import commands
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.confirmed import CONFIRMED, asks_by_whom
from evidenceboard.model.gradings import CONSISTENCY, CREDIBILITY, RELIABILITY
from evidenceboard.model.records import Assessment, Entity, Link
from evidenceboard.model.seam import derived_id
from evidenceboard.model.transaction import Transaction
from evidenceboard.model.values import dataclass
from evidenceboard.ui.board import doings
from evidenceboard.ui.board.chooser import Choice
from evidenceboard.ui.board.written import Field, Written
from evidenceboard.ui.selection import Selection

if TYPE_CHECKING:
    from evidenceboard.model.document import Document
    from evidenceboard.ui.board.surface import Surface

_GRADED: Final = ("states", "denies")
_LETTERS: Final = {"CC": "shift+C", "C": "C", "N": "N", "NA": "A", "I": "I", "II": "shift+I"}
"""The letters of the matrix beside its digits."""
_LABELS: Final = {
    "credibility": "Grade {n} reports",
    "reliability": "Grade {n} sources",
    "consistency": "Judge {n} cells",
}


def _say(text: str) -> str:
    return QCoreApplication.translate("Grading", text)


@dataclass(frozen=True, slots=True)
class Gradable:
    """What of a selection can be graded: reports with their sources, sources by themselves, or cells."""

    reports: tuple[Link, ...]
    sources: tuple[str, ...]
    cells: tuple[Link, ...]

    def ids(self, field: str) -> tuple[str, ...]:
        """Return the ids of what a field judges."""
        if field == "reliability":
            return self.sources
        return tuple(link.id for link in (self.reports if field == "credibility" else self.cells))

    def __bool__(self) -> bool:
        return bool(self.reports or self.sources or self.cells)


def gradable(document: Document, selection: Selection) -> Gradable:
    """Return what of a selection can be graded. Cells only where nothing else can: their keys are the same."""
    links = [link for one in selection.links if isinstance(link := document.find("links", one), Link)]
    reports = tuple(link for link in links if link.type in _GRADED)
    chosen = [document.find("entities", one) for one in selection.entities(document)]
    sources = [one.id for one in chosen if isinstance(one, Entity) and one.type == "source"]
    sources += [link.from_id for link in reports]
    cells = () if sources else tuple(link for link in links if link.type == "bears on")
    return Gradable(reports, tuple(dict.fromkeys(sources)), cells)


def ask(surface: Surface) -> None:
    """Show what the second key can be, each with its definition; the key grades all that is selected as one step."""
    found = gradable(surface.shell.document, surface.shell.selection)
    if not found:
        surface.shell.banner(_say("Select a report, a source or a cell first: a link that states, denies or bears on."))
        return
    if not doings.may_change(surface):
        return
    at = surface.place_of_selection() or QPointF(surface.rect().center())
    choices = _choices(found)
    now = [_now(surface.shell.document, found.ids(choice.value[0]), choice.value[0]) for choice in choices]
    current = next((at for at, choice in enumerate(choices) if choice.value[1] == now[at]), 0)

    def take(value: tuple[str, str] | None) -> None:
        if value is not None:
            _grade(surface, found, *value)

    surface.chooser.ask(at, _title(surface.shell.document, found), choices, take, current=current)


def _choices(found: Gradable) -> list[Choice]:
    if found.cells:
        rows = zip("123456", CONSISTENCY.words.items(), strict=True)
        return [
            Choice(f"{value} · {means}", digit, ("consistency", value), also=_LETTERS[value])
            for digit, (value, means) in rows
        ]
    made = [
        Choice(means, value, ("credibility", value), "claim", "claim")
        for value, means in CREDIBILITY.words.items()
        if found.reports
    ]
    letters = RELIABILITY.words.items()
    return made + [Choice(means, value, ("reliability", value), "source", "source") for value, means in letters]


def _title(document: Document, found: Gradable) -> str:
    if found.cells:
        return _say("How it sits with the scenario") if len(found.cells) == 1 else _say("How they sit with it")
    numbers = document.numbers_of(found.sources)
    sources = numbers[0] if len(numbers) == 1 else _say("{n} sources").format(n=len(numbers))
    reliability = _say("A–F reliability of {source}").format(source=sources)
    if not found.reports:
        return _say("Grade: {reliability}").format(reliability=reliability)
    n = len(found.reports)
    reports = _say("1–6 this report") if n == 1 else _say("1–6 these {n} reports").format(n=n)
    return _say("Grade: {credibility}, {reliability}").format(credibility=reports, reliability=reliability)


def _now(document: Document, ids: tuple[str, ...], field: str) -> str:
    """Return the value that all of them have, or ""."""
    values = {document.judged(one, field) for one in ids}
    return values.pop() if len(values) == 1 else ""


def _own(surface: Surface, subject_id: str, field: str) -> Assessment | None:
    record_id = derived_id(subject_id, field, surface.shell.session.author_id)
    found = surface.shell.document.find("assessments", record_id)
    return found if isinstance(found, Assessment) else None


def _grade(surface: Surface, found: Gradable, field: str, value: str) -> None:
    document = surface.shell.document
    if field == "credibility" and value == CONFIRMED:
        asking = [link for link in found.reports if asks_by_whom(document, link, value)]
        asking = [link for link in asking if getattr(_own(surface, link.id, field), "value", "") != value]
        if asking:
            _ask_by_whom(surface, found, len(asking))
            return
    ids = found.ids(field)
    before = {own.value for one in ids if (own := _own(surface, one, field)) and own.value != value}
    if surface.shell.perform(_LABELS[field], partial(_judge, ids, field, value, None), n=len(ids)) and before:
        was = before.pop() if len(before) == 1 else ""
        question = _say("Why {value} instead of {before}?") if was else _say("Why {value}?")
        _write(surface, found, question.format(value=value, before=was), partial(_explain, ids, field), field, value)


def _judge(ids: tuple[str, ...], field: str, value: str, reason: str | None, tx: Transaction) -> bool:
    for one in ids:
        commands.set_fields(tx, one, **{field: value}, **({} if reason is None else {"reason": reason}))
    return True


def _explain(ids: tuple[str, ...], field: str, tx: Transaction, reason: str) -> None:
    for one in ids:
        link = tx.document.find("links", one)
        if field == "consistency" and isinstance(link, Link):
            commands.give_reason(tx, link.from_id, link.to_id, reason)
        else:
            commands.explain(tx, one, field, reason)


def _ask_by_whom(surface: Surface, found: Gradable, n: int) -> None:
    """Ask who confirms it: the board knows of no two independent origins (AJP-2.1, credibility 1)."""
    choices = [
        Choice(_say("probably true, instead"), "2", "2"),
        Choice(_say("confirmed: say by whom"), CONFIRMED, CONFIRMED),
    ]
    title = _say("Confirmed by whom? Two independent origins are not established.")
    if n > 1:
        title = _say("Confirmed by whom? {n} reports lack two established origins.").format(n=n)

    def take(value: str | None) -> None:
        if value == CONFIRMED:
            _write(surface, found, _say("Confirmed by whom?"), confirm, "credibility", CONFIRMED)
        elif value is not None:
            _grade(surface, found, "credibility", value)

    def confirm(tx: Transaction, reason: str) -> None:
        if not reason.strip():
            raise InvalidValueError("Say by whom it is confirmed, or choose 2; nothing was changed.")
        _judge(found.ids("credibility"), "credibility", CONFIRMED, reason, tx)

    at = surface.place_of_selection() or QPointF(surface.rect().center())
    surface.chooser.ask(at, title, choices, take)


def _write(
    surface: Surface,
    found: Gradable,
    question: str,
    write: Callable[[Transaction, str], None],
    field: str,
    value: str,
) -> None:
    """Let the reason be written at the place of what was graded; Enter keeps it, Esc leaves it open."""
    first = found.ids(field)[0]

    def text() -> str:
        own = _own(surface, first, field)
        return own.reason if own is not None and own.value == value else ""

    def place() -> QRectF | None:
        at = surface.place_of_selection()
        if at is None:
            return None
        # What was graded may lie outside of what is seen; its reason must not.
        room = surface.rect().adjusted(8, 40, -282, -80)
        x, y = max(room.left(), min(at.x() - 130, room.right())), max(room.top(), min(at.y() - 9, room.bottom()))
        return QRectF(x, y, 260, 18)

    step = "Say why" if field != "credibility" or value != CONFIRMED else _LABELS[field]
    written = Field(question, text, write, step=step, values={"n": len(found.ids(field))})
    surface.write_wanted.emit(Written((written,), place, named=True))


def can_grade(document: Document, selection: Selection) -> bool:
    """Tell whether something that is selected can be graded."""
    return bool(gradable(document, selection))
