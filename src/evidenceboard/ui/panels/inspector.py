"""The inspector: what is selected, in words; a value that is clicked becomes its editor."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from evidenceboard.model.changes import Operation
from evidenceboard.model.giving_way import go_first
from evidenceboard.model.records import Entity, Link
from evidenceboard.ui.panels.look import on_look
from evidenceboard.ui.panels.prose import ProseButton
from evidenceboard.ui.panels.saving import Drafts
from evidenceboard.ui.shell import Shell

if TYPE_CHECKING:
    from evidenceboard.ui.panels.page import Page

PAUSE: Final = 30
"""Milliseconds after the last change of the selection, so that a rubber band is not slowed down."""
_FEW: Final = 100
"""Selected things of which each is looked at before a page is chosen."""
_FULL: Final = object()
Subject = tuple[str | AbstractSet[str], ...]
"""What is shown: a word for the kind of page, then the id, or of several things the sets of their ids."""


class Inspector(QWidget):
    """Show the page of what is selected, and keep what is typed until it is saved."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(QCoreApplication.translate("Inspector", "Inspector"))
        self._shell = shell
        self.drafts = Drafts()
        self._subject: Subject | None = None
        self.page: Page | None = None
        self.unsaved = ProseButton("", self, size=12)
        self.unsaved.setObjectName("unsaved")
        self.unsaved.clicked.connect(self._go_to_unsaved)
        self.unsaved.hide()
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.unsaved)
        column.addWidget(self._scroll, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self._follow)
        self._gone: list[QWidget] = []
        self._filling: Iterator[None] = iter(())
        self._steps = QTimer(self)
        self._steps.setInterval(0)
        self._steps.timeout.connect(self._fill_on)
        shell.selection.changed.connect(self._later.start)
        shell.bridge.changed.connect(self._changed)
        shell.supposing.changed.connect(self._suppose)
        # In a turn of its own: to make a page anew takes as long as all else that follows.
        shell.bridge.ready.connect(self._dress, Qt.ConnectionType.QueuedConnection)
        on_look(shell, self._dress)
        shown = getattr(shell, "board_shown", None)
        if shown is not None:
            shown.connect(self._remake_if_outgrown)

    def begin(self) -> None:
        """Show what is selected and follow it: after the first frame, which does not wait for any page."""
        if self._subject is None:
            self._follow()

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_selected(self) -> None:
        """Show the whole page of what is selected now; what stood in an editor is kept first."""
        self._follow(at_once=True)
        self._finish()

    def comment(self) -> None:
        """Begin a comment on the field that has the keyboard, else on what is selected; on a card or a link only."""
        self.show_selected()
        here = getattr(self.page, "comments", None)
        if here is not None:
            here.comment()

    def _follow(self, *, at_once: bool = False) -> None:
        subject = self._selected()
        if subject == self._subject:
            return
        if self.page is not None:
            self.page.keep()
        self._show(subject, at_once=at_once)

    def _selected(self) -> Subject:
        selection, document = self._shell.selection, self._shell.document
        frames = [frame for frame in selection.frames if document.find("frames", frame)]
        if len(frames) == 1 and not selection.links and selection.cards <= self._owned(frames[0]):
            return ("frame", frames[0])
        if len(selection.cards) + len(selection.links) > _FEW:
            return ("many", selection.cards, selection.links, selection.frames)
        entities = selection.entities(document)
        links = [link for link in selection.links if document.find("links", link)]
        if len(entities) == 1 and not links and not frames:
            return ("entity", entities[0])
        if len(links) == 1 and not entities and not frames:
            return ("link", links[0])
        if entities or links or frames:
            return ("many", selection.cards, selection.links, selection.frames)
        return ("file",)

    def _owned(self, frame_id: str) -> set[str]:
        return {card.id for card in self._shell.document.cards_in(frame_id)}

    def _show(self, subject: Subject, *, at_once: bool = False) -> None:
        """Show a page, filled from top to bottom while the window goes on, or all of it now."""
        same = subject == self._subject
        scrolled = self._scroll.verticalScrollBar().value()
        self._subject = subject
        page = self._make(subject)
        page.drafted.connect(self._saved)
        self._filling = page.filling()
        if same or at_once:
            for _ in self._filling:
                pass
        holder = _Holder(page, self._scroll)
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        old = self._scroll.takeWidget()
        if old is not None:
            old.hide()
            self._gone.append(old)
        self._scroll.setWidget(holder)
        holder.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self.page = page
        self._begin_to_fill()
        self._scroll.verticalScrollBar().setValue(scrolled if same else 0)
        if page.form.rows:
            self.setFocusProxy(page.form.rows[0].value)
        self._tell_unsaved()

    def _finish(self) -> None:
        """Fill the page to its end now, because somebody wants all of it."""
        while self._steps.isActive():
            self._fill_on()

    def _fill_on(self) -> None:
        """Do one step, each in a turn of its own, from top to bottom, so that what can be read stays in its place."""
        if next(self._filling, _FULL) is not _FULL:
            return
        self._steps.stop()
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        gone, self._gone = self._gone, []
        for old in gone:
            old.deleteLater()

    def _begin_to_fill(self) -> None:
        # As wide as the page before until all is there, so that nothing is broken into other lines meanwhile.
        there = self._scroll.verticalScrollBar().isVisible()
        policy = Qt.ScrollBarPolicy
        self._scroll.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if there else policy.ScrollBarAlwaysOff)
        self._steps.start()

    def _make(self, subject: Subject) -> Page:
        shell, drafts = self._shell, self.drafts
        kind, which = subject[0], str(subject[-1])
        # What pages need takes a tenth of a second to load, and the first frame shows none.
        if kind == "entity":
            from evidenceboard.ui.panels.entity_page import EntityPage

            return EntityPage(shell, drafts, which)
        if kind == "link":
            from evidenceboard.ui.panels.link_page import LinkPage

            return LinkPage(shell, drafts, which)
        from evidenceboard.ui.panels.other_pages import FilePage, FramePage, ManyPage

        if kind == "frame":
            return FramePage(shell, drafts, which)
        if kind == "many":
            return ManyPage(shell, drafts)
        return FilePage(shell, drafts)

    # -- what changes ------------------------------------------------------------------------------------------

    def _changed(self, operation: Operation) -> None:
        if self.page is None or not operation.tables() & self.page.tables:
            return
        if self._selected() != self._subject:
            self._later.start()
            return
        self.page.refresh()
        self._remake_if_outgrown()

    def _suppose(self) -> None:
        if self.page is not None:
            self.page.refresh()
            self._remake_if_outgrown()

    def _writing(self) -> bool:
        return self.page is not None and self.page.writing()

    def _remake(self) -> None:
        """Make the page anew where it stands, with the keyboard on the same field."""
        assert self.page is not None and self._subject is not None
        key = next((row.field.key for row in self.page.form.rows if row.value.hasFocus()), "")
        self._show(self._subject)
        row = self.page.form.row(key) if key else None
        if row is not None:
            row.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        if self._subject is not None:
            if self.page is not None:
                self.page.keep()
            self._show(self._subject)

    def _saved(self) -> None:
        self._tell_unsaved()
        QTimer.singleShot(0, self, self._remake_if_outgrown)

    def _remake_if_outgrown(self) -> None:
        outgrown = getattr(self.page, "outgrown", None)
        if outgrown is not None and outgrown() and not self._writing() and self._selected() == self._subject:
            self._remake()

    # -- what is typed and not saved ---------------------------------------------------------------------------

    def _tell_unsaved(self) -> None:
        here = self.page.subject_id if self.page else ""
        names = [name for subject in self.drafts.elsewhere(here) if (name := self._name(subject))]
        said = QCoreApplication.translate("Inspector", "Typed and not saved yet: {names}")
        self.unsaved.say(said.format(names=", ".join(names)))
        self.unsaved.colour = QColor(self._shell.palette_.contradicts)
        self.unsaved.setVisible(bool(names))

    def _name(self, subject_id: str) -> str:
        document = self._shell.document
        record = document.find("entities", subject_id) or document.find("links", subject_id)
        if isinstance(record, Entity):
            return record.number
        if isinstance(record, Link):
            return "–".join(document.numbers_of([record.from_id, record.to_id]))
        return QCoreApplication.translate("Inspector", "a title") if subject_id in ("file", "several") else ""

    def _go_to_unsaved(self) -> None:
        here = self.page.subject_id if self.page else ""
        for subject in self.drafts.elsewhere(here):
            if self._shell.document.find("entities", subject):
                self._shell.show_entity(subject)
                return
            if self._shell.document.find("links", subject):
                self._shell.selection.set(links=[subject])
                return
        self._shell.selection.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        above: QWidget | None = self
        while above is not None:
            if above.isWindow():  # the panel may float in a window of its own beside that of the file
                above.installEventFilter(self)
            above = above.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The window lets go of the file when it closes; what stands in an editor is written before.
        if event.type() == QEvent.Type.Close and watched is not self and self.page is not None:
            self.page.keep()
            if isinstance(watched, QWidget) and watched.parentWidget() is None:
                from evidenceboard.ui.panels.comment_list import keep_drafts

                keep_drafts(self._shell, self.drafts)
        return super().eventFilter(watched, event)


class _Holder(QWidget):
    """Give a page its margins."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 14, 10, 20)
        inside.addWidget(page)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DeferredDelete:
            # A page that goes asks for Python a thousand times, before anything of ours runs in that turn.
            go_first()
        return super().event(event)


make: Final = Inspector
