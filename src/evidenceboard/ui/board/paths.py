"""The path between two cards: all shortest ways shine, their links drawn forward; all else recedes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal

from evidenceboard.model.changes import Operation
from evidenceboard.model.document import Document
from evidenceboard.model.file_links import FileLinks
from evidenceboard.model.steps import MOST_WAYS, Ways, board_links, ways
from evidenceboard.ui.board import motion

if TYPE_CHECKING:
    from evidenceboard.ui.board.surface import Surface

NAME: Final = "path"
_NAMED: Final = 4


def _say(text: str) -> str:
    return QCoreApplication.translate("Path", text)


class Paths(QObject):
    """Show how two cards are linked on this board; it follows what is done to the file."""

    changed = Signal()

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface, self._shell = surface, surface.shell
        self.ends: tuple[str, str] | None = None
        """The entities of the two cards; None: no path is shown."""
        self.said = ""
        surface.shell.bridge.changed.connect(self._follow)
        surface.shell.sight.ended.connect(self._ended)

    def begin(self) -> None:
        """Show the path between the two selected cards, from the left one to the right one."""
        scene = self._surface.scene
        slots = sorted(self._surface.selected_slots(), key=lambda slot: float(scene.box[0, slot]))
        if len(slots) == 2:
            self.ends = (scene.entity_ids[slots[0]], scene.entity_ids[slots[1]])
            self._show(anew=True)

    def end(self) -> None:
        """Let everything shine again."""
        if self.ends is not None:
            self.ends, self.said = None, ""
            self._surface.forward = ()
            self._shell.sight.bright(NAME, None)
            self._surface.update_overlay()
            self.changed.emit()

    def _ended(self, name: str) -> None:
        if name == NAME:
            self.end()

    def _follow(self, operation: Operation) -> None:
        if self.ends is not None and operation.tables() & {"cards", "links", "entities"}:
            self._show(anew=False)

    def _show(self, *, anew: bool) -> None:
        scene = self._surface.scene
        slots = [scene.slot_of_entity.get(one) for one in self.ends or ()]
        if len(slots) != 2 or slots[0] is None or slots[1] is None:
            self.end()
            return
        links = board_links(scene)
        found = ways(scene.ends[:, links], scene.n, slots[0], slots[1])
        if found is None and anew:
            self._tell_none()
            self.end()
            return
        if found is None:
            # Undo may bring it back, so both ends go on to be looked at.
            found = Ways(0, 0, np.array(slots), np.zeros(0, np.intp))
        self._surface.forward = tuple(links[found.links].tolist())
        self.said = self._in_words(found) if found.steps else self._nothing()
        self._shell.sight.bright(NAME, [scene.entity_ids[slot] for slot in found.cards.tolist()], anew=anew)
        self._surface.update_overlay()
        self.changed.emit()
        if anew:
            motion.bring_into_view(self._surface, found.cards.tolist())

    def _in_words(self, found: Ways) -> str:
        first, last = self._shell.document.numbers_of(self.ends)
        steps = _say("1 step") if found.steps == 1 else _say("{n} steps").format(n=f"{found.steps:,}")
        said = _say("{first} to {last}: {steps}").format(first=first, last=last, steps=steps)
        if found.count > 1:
            several = _say("more than {n} ways") if found.count >= MOST_WAYS else _say("{n} ways")
            said = f"{said}, {several.format(n=f'{found.count:,}')}"
        unseen = int(np.count_nonzero(~self._surface.scene.shown[found.cards]))
        return f"{said} · {_say('{n} cards of it are hidden').format(n=unseen)}" if unseen else said

    def _nothing(self) -> str:
        first, last = self._shell.document.numbers_of(self.ends)
        return _say("Nothing links {first} and {last} on this board.").format(first=first, last=last)

    def _tell_none(self) -> None:
        self._shell.banner(self._nothing(), self._elsewhere(self._shell.document))

    def _elsewhere(self, document: Document) -> str:
        """Say over what the two are linked in the file, where that has no card here."""
        links = FileLinks(document)
        first, last = map(links.place, self.ends or ())
        found = ways(links.ends, links.n, first, last)
        if found is None:
            return ""
        here = self._surface.scene.slot_of_entity
        away = document.numbers_of([one for one in map(links.id, found.cards.tolist()) if one not in here])
        named = ", ".join(away[:_NAMED]) + (", …" if len(away) > _NAMED else "")
        return _say("In the file they are {n} steps apart, over what has no card here: {named}.").format(
            n=found.steps, named=named
        )
