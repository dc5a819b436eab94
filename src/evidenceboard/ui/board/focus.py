"""Focus: the cards within one to three steps of what one looks at; all others are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.model.steps import board_links, within
from evidenceboard.ui.board import motion

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

NAME: Final = "focus"
FARTHEST: Final = 3
_COUNTED: Final = 2000
"""Cards up to which it is counted what they lead to that has no card here, and links of one that are few."""


def _say(text: str) -> str:
    return QCoreApplication.translate("Focus", text)


class Focus(QObject):
    """Leave out what is farther from some cards than a few steps along links; it follows what is done to the file."""

    changed = Signal()

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface, self._shell = surface, surface.shell
        self.starts: list[str] = []
        """The entities that one looks at; none: the focus is off."""
        self.steps = 1
        self.evidence = False
        """Whether only links count that carry evidence."""
        self.said = ""
        surface.shell.bridge.changed.connect(self._follow)
        surface.shell.sight.ended.connect(self._ended)
        surface.shell.sight.left.connect(self.end)

    def begin(self, steps: int = 1) -> None:
        """Focus on the selected cards; once more with the same cards goes a step further, after three back to one."""
        chosen = [self._surface.scene.entity_ids[slot] for slot in self._surface.selected_slots()]
        if self.starts and (not chosen or set(chosen) <= set(self.starts)):
            self.go(self.steps % FARTHEST + 1)
        elif chosen:
            self.starts, self.steps = chosen, steps
            self._show(anew=True)

    def go(self, steps: int) -> None:
        """Show what lies within so many steps."""
        if not self.starts:
            self.begin(steps)
            return
        self.steps = steps
        self._show(anew=True)

    def along_evidence(self, only: bool) -> None:
        """Walk only along links that carry evidence, or along all."""
        self.evidence = only
        if self.starts:
            self._show(anew=True)

    def end(self) -> None:
        """Show again what is farther away."""
        if self.starts:
            self.starts, self.said = [], ""
            self._shell.sight.only(NAME, None)
            self.changed.emit()

    def _ended(self, name: str) -> None:
        if name == NAME:
            self.end()

    def _follow(self, operation: Operation) -> None:
        if self.starts and operation.tables() & {"cards", "links", "entities"}:
            self._show(anew=False)

    def _show(self, *, anew: bool) -> None:
        scene = self._surface.scene
        here = [one for one in self.starts if one in scene.slot_of_entity]
        if not here:
            self.end()
            return
        self.starts = here
        ends = scene.ends[:, board_links(scene, evidence=self.evidence)]
        slots = [scene.slot_of_entity[one] for one in here]
        inner = within(ends, scene.n, slots, self.steps - 1)
        found = np.flatnonzero(
            within(ends, scene.n, np.flatnonzero(inner).tolist(), 1) & scene.alive[: scene.n]
        ).tolist()
        entities = [scene.entity_ids[slot] for slot in found]
        self.said = self._in_words(len(found), self._away([scene.entity_ids[slot] for slot in np.flatnonzero(inner)]))
        self._shell.sight.only(NAME, entities, _say("focus on {name}").format(name=self._name()), anew=anew)
        self.changed.emit()
        if anew:
            motion.bring_into_view(self._surface, found)

    def _name(self) -> str:
        numbers = self._shell.document.numbers_of(self.starts)
        return numbers[0] if len(numbers) == 1 else _say("{n} cards").format(n=len(numbers))

    def _in_words(self, n: int, away: int) -> str:
        cards = int(np.count_nonzero(self._surface.scene.alive[: self._surface.scene.n]))
        said = _say("Focus on {name} · {n} of {all} cards").format(name=self._name(), n=f"{n:,}", all=f"{cards:,}")
        if away:
            more = _say("1 more has no card here") if away == 1 else _say("{n} more have no card here")
            said = f"{said} · {more.format(n=away)}"
        return said

    def _away(self, inner: list[str]) -> int:
        """Return how many entities are linked to what lies a step before the edge, but have no card on this board."""
        if len(inner) > _COUNTED:
            return 0
        here = self._surface.scene.slot_of_entity
        links = (link for one in inner if not self._all_here(one) for link in self._shell.document.links_of(one))
        return len({other for link in links for other in (link.from_id, link.to_id) if other not in here})

    def _all_here(self, entity_id: str) -> bool:
        """Tell of an entity with very many links, where that is certain, that all of them are on this board."""
        document, scene = self._shell.document, self._surface.scene
        known = document.count("links", "from_id", entity_id) + document.count("links", "to_id", entity_id)
        if known <= _COUNTED:
            return False
        ends = scene.ends[:, scene.links_at([scene.slot_of_entity[entity_id]])]
        return bool(known == ends.shape[1] + np.count_nonzero(ends[0] == ends[1]))
