"""What the first frame does not wait for: counts, open panels, the index, parts that may be asked for soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from evidenceboard.model.entity_type import checked
from evidenceboard.model.layouts import METHODS
from evidenceboard.model.records import Assessment, Card, Entity, Frame, Link
from evidenceboard.model.takes import make_ready
from evidenceboard.model.types import TYPES
from evidenceboard.ui import collecting, turn
from evidenceboard.ui.backing_up import BackingUp
from evidenceboard.ui.finder import PAUSE
from evidenceboard.ui.panels import PANELS
from evidenceboard.ui.unread import read_rest

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

_BETWEEN: Final = 12
"""Milliseconds between two pieces that the first change will need, while a hand moves the board before it."""
_CHANGED_FIRST: Final = (Card, Entity, Link, Frame, Assessment)
"""Records of which the first change makes one anew."""
TURN: Final = 0.002
"""Seconds after which a turn of the event loop begins no other piece."""
_PIECE: Final = 0.004
"""Seconds that a piece may take: a turn in which something else has worked that long is full with it."""
_MOMENT: Final = 1.0
"""Seconds for which panels let the whole picture of a large board go first."""
_PATIENCE: Final = 10
"""Milliseconds between two looks at whether what goes first is done."""
_SHOWN: Final = (
    "evidenceboard.ui.panels.editors",
    "evidenceboard.ui.panels.field_row",
    "evidenceboard.model.date_words",
    "evidenceboard.model.date_point",
    "evidenceboard.ui.panels.dates_typed",
    "evidenceboard.ui.panels.form",
    "evidenceboard.ui.outside",
    "evidenceboard.ui.panels.judged_row",
    "evidenceboard.ui.panels.page",
    "evidenceboard.ui.panels.other_pages",
)
"""What the page of a file in the inspector is made of, which usually stands open."""
_SELECTED: Final = (
    "evidenceboard.ui.panels.link_list",
    "evidenceboard.ui.pictures",
    "evidenceboard.ui.panels.attachment_list",
    "evidenceboard.ui.panels.comment_list",
    "evidenceboard.ui.panels.facts",
    "evidenceboard.ui.panels.entity_page",
    "evidenceboard.ui.panels.link_page",
)
"""What its pages of something selected are made of: a small board is indexed before a hand can select anything."""
_CHECKING: Final = (
    "typing_extensions",
    "annotated_types",
    "email.utils",
    "importlib.metadata",
    "fractions",
    "pydantic_core",
    "pydantic.errors",
    "pydantic._internal._decorators",
    "pydantic.functional_validators",
    "pydantic.json_schema",
    "zoneinfo",
    "pydantic._internal._fields",
    "pydantic._internal._generate_schema",
    "pydantic._internal._model_construction",
    "pydantic.main",
    "pydantic.types",
    "pydantic.fields",
    "evidenceboard.model.checking",
)
"""Pydantic, in pieces, each of which the next one needs."""
_ASKED_FOR: Final = (
    "evidenceboard.ui.palette_box",
    "rapidfuzz",
    "evidenceboard.ui.sentence_hints",
    "evidenceboard.store.sifting",
    "evidenceboard.model.layouts.laying",
    "evidenceboard.ui.panels.timeline_view",
    "evidenceboard.formats.csv_text",
    "evidenceboard.formats.json",
    "evidenceboard.formats.csv",
    "evidenceboard.ui.panels.table_model",
    "evidenceboard.ui.panels.table_view",
    "evidenceboard.ui.panels.table_deeds",
    "evidenceboard.ui.imports",
    "evidenceboard.render.pdf_file",
    "evidenceboard.render.included",
    "evidenceboard.render.paper",
    "evidenceboard.formats.outgoing",
    "evidenceboard.render.pages",
    "evidenceboard.ui.dialogs.preview",
    "evidenceboard.ui.dialogs.export",
    "evidenceboard.ui.dialogs.file_properties",
    "evidenceboard.ui.dialogs.keys",
    "evidenceboard.ui.dialogs.about",
    "difflib",
    "evidenceboard.merge",
    "evidenceboard.ui.conflict_words",
    "evidenceboard.model.doubles",
)
PARTS: Final = (
    *_SHOWN,
    *_SELECTED,
    *_CHECKING,
    *_ASKED_FOR,
    *(panel.module for panel in PANELS),
    *(method.module for method in METHODS),
)
"""Modules that are loaded in this order, one at a time, so that whoever asks for them later need not wait."""


class Later(QObject):
    """Do all that once the board of a window is sharp, a little in each turn of the event loop.

    First what is seen, then the index, then what checks a change, then the parts; those wait for the whole picture, and
    while a hand moves the board.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.begun = False
        """Whether the first frame has been shown."""
        self.backing_up: BackingUp | None = None
        """What makes snapshots, as soon as everything else is there."""
        self._can_change = False
        """Whether all that a first change needs is loaded."""
        self._since = 0.0
        self._is_kept = False
        """Whether this turn has been kept for a piece."""
        self._is_filled = False
        """Whether the panels that are seen are filled; what follows waits for the whole picture of the board."""
        self._steps = self._in_turn(window)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._work)
        self._finder, self._session = window.finder, window.session
        self._surface = window.board.surface
        self._surface.settled.connect(self._begin)

    def stop(self) -> None:
        """Leave the rest: the window closes."""
        self._timer.stop()
        self._steps = iter(())
        if self.backing_up is not None:
            self.backing_up.stop()

    def _begin(self) -> None:
        self._surface.settled.disconnect(self._begin)
        self.begun = True
        self._since = time.perf_counter()
        self._timer.start()

    def _rest(self) -> None:
        """Let a hand that moves the board have the machine to itself, or nearly so until it can change something."""
        if not self._timer.isActive():
            return
        if self._can_change:
            self._timer.start(PAUSE)
        elif self._timer.interval() != _BETWEEN:
            self._timer.start(_BETWEEN)

    def _work(self) -> None:
        waiting = self._finder.is_filling or (not self._is_shown() and self._lets_go_first())
        # What a first change needs goes on also while the board is painted: it may be asked for at any moment.
        waiting = waiting or (self._can_change and not self._surface.is_settled())
        # Nothing is changed while the file is read, and the workers that do so make each module come slowly.
        waiting = waiting or (self._can_change and self._session.reading is not None)
        self._timer.setInterval(_PATIENCE if waiting else 0)
        if waiting or self._puts_off():
            return
        with turn.share(TURN, first=True) as end:
            for _ in self._steps:
                if self._is_filled:
                    collecting.set_aside()  # a module is thousands of objects, and stays
                if time.perf_counter() >= end:
                    return
        self._timer.stop()

    def _puts_off(self) -> bool:
        """Tell whether the next turn is kept for what comes next, because something else has worked in this one."""
        self._is_kept = turn.is_used() and not self._is_kept
        if self._is_kept:
            turn.keep(_PIECE)
        return self._is_kept

    def _is_shown(self) -> bool:
        """Tell whether the whole picture is there; panels that are seen wait until it is painted, too."""
        return self._surface.is_whole and (self._is_filled or self._surface.is_settled())

    def _lets_go_first(self) -> bool:
        """Tell whether what comes next waits for the whole picture: panels that are seen do so for a moment only."""
        return self._is_filled or time.perf_counter() - self._since < _MOMENT

    def _in_turn(self, window: Window) -> Iterator[None]:
        if window.session.reading is not None:
            window.tell_state()
            yield
        shown = [dock for dock in window.docks.values() if not dock.isHidden()]
        parts = _SHOWN if window.session.reading is None else (*_SHOWN, *_SELECTED)
        for name in (*(parts if shown else ()), *(dock.panel.module for dock in shown)):
            import_module(name)
            yield
        # The first viewport of a process makes PySide know dozens of types, which takes as long as filling a panel.
        window.board.editor.lines.viewport()
        yield
        for dock in shown:
            dock.fill()
            yield
        self._is_filled = True
        self._surface.camera_changed.connect(self._rest)
        self._finder.begin()
        yield
        for name in _SELECTED if shown else ():
            import_module(name)
            yield
        for name in _CHECKING:
            import_module(name)
            yield
        import_module("evidenceboard.model.checking").begin()
        yield
        for kind in _CHANGED_FIRST:
            make_ready(kind)
            yield
        for type_ in TYPES:
            checked(type_.props, {})  # makes what checks the fields of this type, once
            yield
        self._can_change = True
        yield from read_rest()
        for name in PARTS:
            import_module(name)
            yield
        self.backing_up = BackingUp(window)
