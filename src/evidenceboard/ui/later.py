"""What the first frame does not wait for: open panels, the index of all text, parts that may be asked for soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from evidenceboard.model.layouts import METHODS
from evidenceboard.ui.panels import PANELS

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

TURN: Final = 0.004
"""Seconds after which a turn of the event loop begins no other piece."""
_CHECKING: Final = (
    "typing_extensions",
    "annotated_types",
    "importlib.metadata",
    "pydantic_core.core_schema",
    "pydantic_core",
    "pydantic.warnings",
    "pydantic.config",
    "pydantic._internal._decorators",
    "pydantic.fields",
    "pydantic.types",
    "pydantic.main",
    "pydantic.type_adapter",
    "evidenceboard.model.checking",
)
"""Pydantic, in pieces, each of which the next one needs."""
_ASKED_FOR: Final = (
    "evidenceboard.ui.panels.field_row",
    "evidenceboard.ui.panels.link_list",
    "evidenceboard.ui.panels.timeline_view",
    "evidenceboard.formats.json",
    "evidenceboard.formats.csv",
    "evidenceboard.ui.imports",
    "evidenceboard.render.pdf_file",
    "evidenceboard.ui.dialogs.export",
    "evidenceboard.ui.dialogs.file_properties",
    "evidenceboard.ui.dialogs.marking",
)
PARTS: Final = (*_CHECKING, *_ASKED_FOR, *(panel.module for panel in PANELS), *(method.module for method in METHODS))
"""Modules that are loaded in this order, one at a time, so that whoever asks for them later need not wait."""


class Later(QObject):
    """Do all that once the board of a window is sharp, a little in each turn of the event loop."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.begun = False
        """Whether the first frame has been shown."""
        self._steps = self._in_turn(window)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)
        self._surface = window.board.surface
        self._surface.settled.connect(self._begin)

    def stop(self) -> None:
        """Leave the rest: the window closes."""
        self._timer.stop()
        self._steps = iter(())

    def _begin(self) -> None:
        self._surface.settled.disconnect(self._begin)
        self.begun = True
        self._timer.start()

    def _work(self) -> None:
        end = time.perf_counter() + TURN
        for _ in self._steps:
            if time.perf_counter() >= end:
                return
        self._timer.stop()

    @staticmethod
    def _in_turn(window: Window) -> Iterator[None]:
        for dock in window.docks.values():
            if not dock.isHidden():
                import_module(dock.panel.module)
                yield
                dock.fill()
                yield
        window.finder.begin()
        for name in PARTS:
            import_module(name)
            yield
