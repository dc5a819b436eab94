"""What the timeline lets stay bright on the board, for a span that is brushed or a day that is played; in words too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.dates import stretch
from evidenceboard.model.edtf import day_of
from evidenceboard.model.reach import Mask, Reach
from evidenceboard.model.timeline import Moment
from evidenceboard.ui.sight import TIMELINE, Sight


def _say(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)


class Bright:
    """Keep the wish of the timeline in step with its dates. `said`: what is bright now, "" where all is."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._moments: Sequence[Moment] = ()
        self._reaches: dict[str, Reach] = {}
        self._dates = "happened"
        self.said = ""

    def take(self, moments: Sequence[Moment], dates: str, reaches: Mapping[str, Reach]) -> None:
        """Take other moments, which of their dates counts, and those of their dates that are read already."""
        self._moments, self._dates = moments, dates
        self._reaches = dict(reaches)

    def reach(self, dates: str) -> Reach:
        """Return one of the three dates of all moments as arrays."""
        if dates not in self._reaches:
            self._reaches[dates] = Reach(self._moments, dates)
        return self._reaches[dates]

    def span(self, first: int, last: int) -> None:
        """Let all recede whose date cannot lie in a span of days."""
        reach = self.reach(self._dates)
        chosen = reach.within(first, last)
        undated = len(reach) - int(reach.dated.sum())
        said = [
            stretch(day_of(first), day_of(last)),
            _say("{n} of {all}, with what hangs on them").format(n=f"{int(chosen.sum()):,}", all=f"{len(reach):,}"),
        ]
        if undated:
            said.append(_say("{n} undated recede").format(n=f"{undated:,}"))
        said.append(_say("Esc ends it"))
        self._wish(reach, chosen, " · ".join(said), dated_hang=True)

    def until(self, day: int) -> None:
        """Let all recede that was not yet reported on a day."""
        reach = self.reach("reported")
        chosen = reach.known_by(day)
        undated = int((reach.claims & ~reach.dated).sum())
        said = _say("As known on {day}: {n} of {all} claims").format(
            day=stretch(day_of(day), day_of(day)),
            n=f"{int((chosen & reach.claims).sum()):,}",
            all=f"{int(reach.claims.sum()):,}",
        )
        if undated:
            said += " · " + _say("{n} without a date of report recede").format(n=f"{undated:,}")
        self._wish(reach, chosen, said, dated_hang=False)

    def _wish(self, reach: Reach, chosen: Mask, said: str, *, dated_hang: bool) -> None:
        self.said = said
        self._sight.bright_cards(TIMELINE, lambda scene: reach.bright(scene, chosen, dated_hang=dated_hang), said)

    def end(self) -> None:
        """Let everything be bright."""
        self.said = ""
        self._sight.bright(TIMELINE, None)
