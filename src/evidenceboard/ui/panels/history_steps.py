"""Steps of the history as they are listed: who did what when, whose copy brought it, and which are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from evidenceboard.model.changes import Operation
from evidenceboard.model.values import dataclass
from evidenceboard.session import Session
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.statusline import here, moment


def _say(text: str) -> str:
    return QCoreApplication.translate("History", text)


def day_words(day: date | None) -> str:
    """Return a day as a heading."""
    if day is None:
        return _say("Day not known")
    ago = (datetime.now().astimezone().date() - day).days
    if ago in (0, 1):
        return _say("Today") if ago == 0 else _say("Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation as the history shows it; `names` are those given to the state after it.

    `brought`: when a merge brought it from another copy, in words, or "". `later`: it was done after the state that is
    shown. `is_here`: that state is the one after it.
    """

    operation_id: str
    label: str
    who: str
    day: date | None
    time: str
    kind: str
    changes: int
    names: tuple[str, ...] = ()
    author_id: str = ""
    brought: str = ""
    later: bool = False
    is_here: bool = False

    @property
    def detail(self) -> str:
        """Return who did it, how, and how much of it there is."""
        n = _say("1 change") if self.changes == 1 else _say("{n} changes").format(n=f"{self.changes:,}")
        mark = {
            "undo": _say("undone"),
            "redo": _say("done again"),
            "import": _say("import"),
            "merge": _say("merge"),
            "create": "",
            "do": "",
        }.get(self.kind, one_line(self.kind, 40))
        came = _say("merged {time}").format(time=self.brought) if self.brought else ""
        where = _say("shown here") if self.is_here else _say("later") if self.later else ""
        return " · ".join(part for part in (where, mark, self.who, came, n) if part)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which steps are listed: `text` in small letters, an author's id, days, operations about a card, or named ones."""

    text: str = ""
    author_id: str = ""
    first: date | None = None
    last: date | None = None
    about: frozenset[str] | None = None
    named: bool = False

    @property
    def is_all(self) -> bool:
        """Tell whether every step is wanted."""
        return self == Wanted()

    def takes(self, step: Step) -> bool:
        """Tell whether a step is wanted. One whose day is not known lies in no span of days."""
        if (self.author_id and step.author_id != self.author_id) or (self.named and not step.names):
            return False
        if self.about is not None and step.operation_id not in self.about:
            return False
        if (self.first or self.last) and step.day is None:
            return False
        if step.day and ((self.first and step.day < self.first) or (self.last and step.day > self.last)):
            return False
        return self.text in " ".join((step.label, step.detail, *step.names)).casefold()


class Telling:
    """Tell the steps of a session in words."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._authors: dict[str, str] = {}
        self._merges: dict[str, str] = {}
        self._brought: Mapping[str, str] = {}
        self._places: dict[str, int] = {}
        self.names: dict[str, tuple[str, ...]] = {}

    def learn(self) -> None:
        """Read anew what a merge brought, what states are called, and how the steps follow each other."""
        self._brought = self._session.steps.brought()
        self._places = {one: place for place, one in enumerate(self._session.steps.all()[0], 1)}
        self.learn_names()

    def learn_names(self) -> None:
        """Read anew what states are called."""
        found: dict[str, tuple[str, ...]] = {}
        for snapshot in self._session.now.document.snapshots:
            found[snapshot.operation_id] = (*found.get(snapshot.operation_id, ()), one_line(snapshot.name, 120))
        self.names = found

    def step(self, operation: Operation, changes: int) -> Step:
        """Return an operation as it is listed."""
        at, merge = here(operation.at), self._brought.get(operation.id, "")
        place, shown = self._places.get(merge or operation.id, 0), self._session.place_shown
        return Step(
            operation.id,
            one_line(operation.label),
            self.who(operation.author_id),
            at.date() if at else None,
            at.strftime("%H:%M") if at else "",
            operation.kind,
            changes,
            self.names.get(operation.id, ()),
            operation.author_id,
            self._merged_at(merge) if merge else "",
            shown is not None and place > shown,
            shown is not None and place == shown and not merge,
        )

    def again(self, step: Step) -> Step:
        """Return a step as it is told now: a state may have another name, or be the one that is shown."""
        place, shown = (
            self._places.get(self._brought.get(step.operation_id, step.operation_id), 0),
            self._session.place_shown,
        )
        return replace(
            step,
            names=self.names.get(step.operation_id, ()),
            later=shown is not None and place > shown,
            is_here=shown is not None and place == shown and not step.brought,
        )

    def who(self, author_id: str) -> str:
        """Return whom an id is, in words."""
        if author_id == self._session.author_id:
            return _say("you")
        if author_id not in self._authors:
            self._authors[author_id] = one_line(self._session.author_name(author_id), 60) or _say("another analyst")
        return self._authors[author_id]

    def _merged_at(self, merge_id: str) -> str:
        if merge_id not in self._merges:
            self._merges[merge_id] = moment(self._session.header(merge_id).at) or _say("a day not known")
        return self._merges[merge_id]
