"""What is not decided about the subject of a page: at each field both values, and a way to those of its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from evidenceboard.model.records import Link
from evidenceboard.model.undecided import undecided
from evidenceboard.ui.conflict_words import Told, told_of
from evidenceboard.ui.panels.deciding import Deciding
from evidenceboard.ui.panels.prose import ProseButton

if TYPE_CHECKING:
    from evidenceboard.ui.panels.page import Page


def _say(text: str) -> str:
    return QCoreApplication.translate("UndecidedHere", text)


class UndecidedHere:
    """Keep the values that stand side by side at the fields of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.boxes: dict[str, Deciding] = {}
        self._others: ProseButton | None = None

    @property
    def busy(self) -> bool:
        """Whether another value is being written in one of them."""
        return any(box.busy for box in self.boxes.values())

    def refresh(self) -> None:
        """Show what is not decided now; what says the same as before stays as it is."""
        here, others = self._found()
        wanted = {one.id: one for one in here}
        for conflict_id, box in list(self.boxes.items()):
            if wanted.get(conflict_id) != box.told:
                del self.boxes[conflict_id]
                box.hide()
                box.deleteLater()
        for one in here:
            if one.id not in self.boxes:
                self._put(one)
        self._tell_others(others)

    def _found(self) -> tuple[list[Told], int]:
        """Return what is told here, and how many more are told at the links of this entity."""
        shell, subject_id = self._page.shell, self._page.subject_id
        link = shell.document.find("links", subject_id)
        holder = link.from_id if isinstance(link, Link) else subject_id
        conflicts = undecided(shell.document).get(holder, ())
        found = [told_of(shell.session, shell.document, one) for one in conflicts]
        here = [one for one in found if one.link_id == (subject_id if isinstance(link, Link) else "")]
        return here, 0 if isinstance(link, Link) else len(found) - len(here)

    def _put(self, one: Told) -> None:
        page = self._page
        box = Deciding(page.shell, one, page)
        self.boxes[one.id] = box
        row = page.form.row(one.own_key) if one.own_key and not one.deletion else None
        if row is not None:
            row.hang(box)
        else:
            page.column.insertWidget(1, box)
        box.show()

    def _tell_others(self, count: int) -> None:
        if self._others is None and count:
            self._others = ProseButton("", self._page, size=12, colour=QColor(self._page.shell.palette_.contradicts))
            self._others.setObjectName("undecidedLinks")
            self._others.clicked.connect(lambda: self._page.shell.run("show_conflicts"))
            self._page.column.insertWidget(1, self._others)
        if self._others is not None:
            said = (
                _say("1 field of its links is undecided · show")
                if count == 1
                else _say("{n} fields of its links are undecided · show")
            )
            self._others.say(said.format(n=f"{count:,}"))
            self._others.setVisible(bool(count))
