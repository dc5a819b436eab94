"""The links of an entity as the inspector lists them, and how it bears on each scenario."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from evidenceboard import commands
from evidenceboard.model.gradings import CONSISTENCY
from evidenceboard.model.in_steps import Steps, ended
from evidenceboard.model.records import Entity
from evidenceboard.model.transaction import Transaction
from evidenceboard.ui.panels.link_groups import AGAINST, FOR, LinkGroup, LinkLine, ScenarioLine, grouping, scenarios
from evidenceboard.ui.panels.pair_row import judgement_said
from evidenceboard.ui.panels.prose import ProseButton
from evidenceboard.ui.panels.sections import Leading, column, heading, menu_at
from evidenceboard.ui.shell import Shell

PAGE: Final = 12
"""Links of one group, and scenarios that nothing was said of yet, that are listed before “more” is asked for."""
STEP: Final = 3
"""New lines that are made in one step."""
_Make = Callable[[], QWidget]
_LINK: Final = "Remove a link"
_SCENARIOS: Final = "scenarios"
_PARTS: Final = ("title", "beneath", "more")
"""What of a line may have the keyboard."""


def _say(text: str) -> str:
    return QCoreApplication.translate("LinkList", text)


def _about(key: Hashable) -> str:
    """Return the id of what a line is about, whatever it says of that."""
    line = key[-1] if isinstance(key, tuple) else key
    return line.scenario_id if isinstance(line, ScenarioLine) else line.link_id if isinstance(line, LinkLine) else ""


def _held(line: QWidget) -> str:
    """Return the part of a line that has the keyboard, or ""."""
    there = QApplication.focusWidget()
    return next((part for part in _PARTS if there is not None and getattr(line, part, None) is there), "")


class LinkList(QWidget):
    """List the links of one entity. Only lines that say something else than before are made anew."""

    def __init__(self, shell: Shell, entity_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell, self._entity_id = shell, entity_id
        self._said: object = None
        self._coming: object = None
        """What is on its way to be listed; what began before that ends."""
        self._shown: dict[str, int] = {}
        self._column = column(self, 2)
        self._made: dict[Hashable, QWidget] = {}
        """What is listed, by what it says."""
        self.lines: list[Leading] = []

    def refresh(self) -> None:
        """Show the links as they are now."""
        ended(self.looking())

    def looking(self) -> Steps[None]:
        """Do the same in small steps: there can be very many. What changes meanwhile puts an end to it."""
        document = self._shell.document
        entity = document.find("entities", self._entity_id)
        if not isinstance(entity, Entity):
            return
        judged = partial(judgement_said, self._shell)
        found = yield from grouping(document, entity, judged, lambda heading: self._shown.get(heading, PAGE))
        said = (found, (yield from scenarios(document, entity)))
        if said != self._said:
            self._said, self._coming = None, said
            for _ in self._building(*said):
                yield
                if self._coming is not said:
                    return
            self._said = said

    def _building(self, found: list[LinkGroup], weighed: tuple[ScenarioLine, ...]) -> Iterator[None]:
        """Show these; a line that says what it said stays, and the keyboard where it is."""
        wanted = self._wanted(found, weighed)
        keys = [key for key, _ in wanted]
        held = ("", "")
        for key in self._made.keys() - keys:
            gone = self._made.pop(key)
            held = (_about(key), part) if (part := _held(gone)) else held
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.lines = []
        new = 0
        for place, (key, make) in enumerate(wanted):
            made = self._made.get(key)
            if made is None:
                made = self._made[key] = make()
                new += 1
            here = self._column.itemAt(place)
            if here is None or here.widget() is not made:
                self._column.insertWidget(place, made)
            if isinstance(made, Leading):
                self.lines.append(made)
                if all(held) and _about(key) == held[0]:
                    made.show()
                    (getattr(made, held[1]) or made.title).setFocus(Qt.FocusReason.OtherFocusReason)
            if new == STEP:
                new = 0
                yield

    def _wanted(self, found: list[LinkGroup], weighed: tuple[ScenarioLine, ...]) -> list[tuple[Hashable, _Make]]:
        """Return what is listed from top to bottom: what it says, and what makes it."""
        wanted: list[tuple[Hashable, _Make]] = []

        def more(group: str, shown: int, count: int) -> None:
            if count > shown:
                wanted.append(((group, shown, count), partial(self._more_of, group, shown, count - shown)))

        def heading_of(group: str, words: str) -> None:
            first = not wanted
            wanted.append(((group, words, first), partial(self._heading, words, first=first)))

        for group in found:
            heading_of(group.heading, f"{group.heading}  {group.count}")
            wanted += [((group.heading, line), partial(self._line, line)) for line in group.lines]
            more(group.heading, self._shown.get(group.heading, PAGE), group.count)
        if weighed:
            heading_of(_SCENARIOS, _say("Scenarios"))
            shown = self._shown.get(_SCENARIOS, PAGE)
            blank = [weighing for weighing in weighed if not weighing.link_id]
            hidden = set(blank[shown:])
            wanted += [(line, partial(self._scenario, line)) for line in weighed if line not in hidden]
            more(_SCENARIOS, shown, len(blank))
        return wanted

    def _more_of(self, group: str, shown: int, left: int) -> QWidget:
        """Return what says how many are not listed; a click lists them."""
        more = ProseButton(_say("{n} more").format(n=left), self, quiet=True)
        more.clicked.connect(partial(self._more, group, shown))
        return more

    def _heading(self, text: str, *, first: bool) -> QWidget:
        made = QWidget(self)
        inside = column(made)
        inside.setContentsMargins(ProseButton.PAD[0], 0 if first else 12, 0, 2)
        inside.addWidget(heading(text, made))
        return made

    def _more(self, group: str, shown: int) -> None:
        self._shown[group] = shown + 10 * PAGE
        self._said = None
        self.refresh()

    def _line(self, line: LinkLine) -> Leading:
        palette = self._shell.palette_
        toned = {"for": palette.supports, "against": palette.contradicts}.get(line.tone)
        row = Leading(
            line.number,
            line.title,
            palette.type_colour(line.colour),
            self,
            chip=line.chip,
            chip_help=line.chip_help,
            chip_colour=QColor(toned) if toned is not None else None,
            beneath=line.beneath,
        )
        row.go.connect(lambda: self._shell.show_entity(line.other_id))
        row.link_wanted.connect(lambda: self._show_link(line.link_id))
        row.menu_wanted.connect(lambda place: self._menu(row, place, line.other_id, line.link_id))
        return row

    def _scenario(self, line: ScenarioLine) -> Leading:
        palette = self._shell.palette_
        toned = palette.contradicts if line.value in AGAINST else palette.supports if line.value in FOR else None
        meaning = CONSISTENCY.words.get(line.value, line.value)
        row = Leading(
            line.number,
            line.title,
            palette.type_colour("scenario"),
            self,
            beneath=f"{line.value} · {meaning}" if line.value else _say("not assessed"),
            beneath_colour=QColor(toned) if toned is not None else None,
            beneath_help=_say("Click to judge how the one sits with the other"),
            has_link=bool(line.link_id),
        )
        row.go.connect(lambda: self._shell.show_entity(line.scenario_id))
        row.menu_wanted.connect(lambda place: self._menu(row, place, line.scenario_id, line.link_id))
        if row.beneath is not None:
            row.beneath.clicked.disconnect()
            row.beneath.clicked.connect(lambda: self._offer(row, line))
        if row.more is not None:
            row.more.clicked.connect(lambda: self._show_link(line.link_id))
            row.more.clicked.disconnect(row.link_wanted)
        return row

    def _offer(self, row: Leading, line: ScenarioLine) -> None:
        if self._shell.session.read_only or row.beneath is None:
            return
        offers: list[tuple[str, object]] = [
            (f"{value} · {meaning}", partial(self.judge, line.scenario_id, value))
            for value, meaning in CONSISTENCY.words.items()
        ]
        offers.append((_say("not assessed"), partial(self.judge, line.scenario_id, "")))
        below = row.beneath.rect().bottomLeft()
        menu_at(self, row.beneath.mapToGlobal(below), offers)

    def judge(self, scenario_id: str, value: str) -> None:
        """Set how the entity sits with a scenario; the link is made where there is none."""
        document, entity_id = self._shell.document, self._entity_id
        links = document.links_from(entity_id)
        known = next((link for link in links if link.type == "bears on" and link.to_id == scenario_id), None)
        if known is None and not value:
            return

        def change(tx: Transaction) -> None:
            if known is not None:
                commands.set_link(tx, known.id, consistency=value)
            else:
                commands.link(tx, "bears on", entity_id, scenario_id, props={"consistency": value})

        self._shell.perform("Change {field}", change, field=_say("Consistency"))

    def _show_link(self, link_id: str) -> None:
        self._shell.selection.set(links=[link_id])

    def _menu(self, row: Leading, place: QPoint, other_id: str, link_id: str) -> None:
        offers: list[tuple[str, object]] = [(_say("Go to the card"), lambda: self._shell.show_entity(other_id))]
        if link_id:
            offers.append((_say("Show the link"), lambda: self._show_link(link_id)))
            if not self._shell.session.read_only:
                offers.append((_say("Remove the link"), lambda: self._remove(link_id)))
        menu_at(row, place, offers)

    def _remove(self, link_id: str) -> None:
        self._shell.perform(_LINK, lambda tx: commands.remove(tx, [link_id]))
