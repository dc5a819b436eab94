"""Colouring cards by what is known of them, and the legend that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from evidenceboard.model.ach import entities_of
from evidenceboard.model.styling import SCENARIO, STYLINGS, Styling
from evidenceboard.ui.actions import action

if TYPE_CHECKING:
    from evidenceboard.ui.window import Window

COLOUR_BY: Final = "Colour cards by"


@action(
    "legend",
    "Legend",
    "View",
    checked=lambda window: not window.board.legend.isHidden(),
    help="Say over the board what its colours mean; a click there shows only one class",
)
def legend(window: Window) -> None:
    window.board.legend.show_legend(window.board.legend.isHidden())


def _by(one: Styling) -> None:
    @action(
        f"style_{one.id}",
        f"Colour by {one.title.lower()}",
        "View",
        group=COLOUR_BY,
        checked=lambda window: window.board.surface.styles.styling.id == one.id,
        help="What the colour, the border and the sign of each card on this board tell",
    )
    def choose(window: Window) -> None:
        window.board.surface.styles.choose(one.id)


for _each in STYLINGS:
    _by(_each)


@action(
    "style_scenario",
    "Colour by scenario",
    "View",
    group=COLOUR_BY,
    enabled=lambda window: window.document.count("entities", "type", "scenario") > 0,
    checked=lambda window: bool(window.board.surface.styles.styling.subject),
    help="What speaks for and against a scenario; once more: the next one. The legend offers all of them",
)
def style_scenario(window: Window) -> None:
    styles = window.board.surface.styles
    ids = [scenario.id for scenario in entities_of(window.document, ("scenario",))]
    now = styles.styling.subject
    styles.choose(f"{SCENARIO}:{ids[(ids.index(now) + 1) % len(ids) if now in ids else 0]}")
