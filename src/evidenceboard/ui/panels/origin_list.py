"""Where a claim comes from, in the inspector: the terms of each count, every end and why, and which are independent."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from evidenceboard.model.independence import pair_link
from evidenceboard.model.lineage import ESTABLISHED, NOWHERE, RECORDED, End, Lineage, lineage_of
from evidenceboard.model.records import Entity
from evidenceboard.model.types import entity_type
from evidenceboard.ui.lineage_words import behind_said, circles_said, kind_said, named, reports_said, why_said
from evidenceboard.ui.panels.pair_row import Pair, PairDraft, PairRow, judgement_said
from evidenceboard.ui.panels.prose import Prose, ProseButton
from evidenceboard.ui.panels.sections import Leading, column, heading
from evidenceboard.ui.plain import one_line
from evidenceboard.ui.shell import Shell

PAGE: Final = 12
"""Ends that are listed before “more” is asked for."""
_ORDER: Final = (ESTABLISHED, RECORDED, NOWHERE)
FEW: Final = 5
"""Origins up to which every pair is listed; of more, two are chosen."""


def _say(text: str) -> str:
    return QCoreApplication.translate("OriginList", text)


class OriginList(QWidget):
    """Show what stands behind one claim. It is built anew only where what it says has changed."""

    def __init__(self, shell: Shell, claim_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("originList")
        self._shell, self._claim_id = shell, claim_id
        self._said: object = None
        self._shown = PAGE
        self._chosen: Pair | None = None
        self._column = column(self, 2)
        self.ends: list[Leading] = []
        self.pairs: list[PairRow] = []
        self.one: QComboBox | None = None
        self.other: QComboBox | None = None

    def refresh(self) -> None:
        """Show the lineage as it is now; what is being written about a pair stays."""
        document = self._shell.document
        if not isinstance(document.find("entities", self._claim_id), Entity):
            return
        found = lineage_of(self._shell.supposing.seen_behind(self._claim_id), self._claim_id)
        ends = sorted(found.ends, key=lambda end: _ORDER.index(end.kind))
        origins = [end.source_id for end in found.ends if end.kind != NOWHERE]
        pairs = self._pairs(origins)
        told = tuple(judgement_said(self._shell, pair_link(document, *pair)) for pair in pairs)
        terms = tuple(self._line(end) for end in ends[: self._shown])
        said = (found, told, terms, pairs, tuple(document.numbers_of(list(found.sources))))
        if said != self._said:
            self._said = said
            held = next((row.pair for row in self.pairs if row.said.hasFocus()), None)
            drafts = {row.pair: draft for row in self.pairs if (draft := row.draft()) is not None}
            self._build(found, ends, pairs, drafts)
            for row in self.pairs:
                if row.pair == held and row.editor is None:
                    row.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def writing(self) -> bool:
        """Tell whether a judgement is being written."""
        return any(row.editor is not None for row in self.pairs)

    def keep(self) -> None:
        """Write the judgement that stands in an open editor, where it has its reason."""
        for row in list(self.pairs):
            draft = row.draft()
            if draft is not None and row.editor is not None and row.editor.reason.touched() and draft.reason.strip():
                row.keep()

    def _pairs(self, origins: list[str]) -> list[Pair]:
        """Return the pairs that are listed: all of a few origins, the one that was chosen of many."""
        if len(origins) <= FEW:
            return list(combinations(origins, 2))
        if self._chosen is None or not set(self._chosen) <= set(origins):
            self._chosen = (origins[0], origins[1])
        return [self._chosen]

    def _line(self, end: End) -> tuple[str, str, str, str]:
        """Return number, title, colour and the rule of one end."""
        source = self._shell.document.find("entities", end.source_id)
        if not isinstance(source, Entity):
            return "", "", "note", ""
        kind = entity_type(source.type)
        beneath = f"{kind_said(end.kind)} · {why_said(self._shell.document, end.source_id, end.why)}"
        return source.number, one_line(source.title) or kind.word, kind.colour, beneath

    # -- building ----------------------------------------------------------------------------------------------

    def _build(self, found: Lineage, ends: list[End], pairs: list[Pair], drafts: dict[Pair, PairDraft]) -> None:
        self.ends, self.pairs, self.one, self.other = [], [], None, None
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._add_heading(_say("Where it comes from"))
        self._add_terms(found)
        if found.sources:
            showing = ProseButton(
                _say("Show it on the board"), self, size=12, colour=QColor(self._shell.palette_.selection)
            )
            showing.setObjectName("showChain")
            showing.clicked.connect(lambda: self._shell.run("chain"))
            self._column.addWidget(showing)
        for end in ends[: self._shown]:
            number, title, colour, beneath = self._line(end)
            row = Leading(
                number, title, self._shell.palette_.type_colour(colour), self, beneath=beneath, has_link=False
            )
            row.go.connect(partial(self._shell.show_entity, end.source_id))
            row.link_wanted.connect(partial(self._shell.show_entity, end.source_id))
            self.ends.append(row)
            self._column.addWidget(row)
        if len(ends) > self._shown:
            more = ProseButton(_say("{n} more").format(n=len(ends) - self._shown), self, quiet=True)
            more.clicked.connect(self._more)
            self._column.addWidget(more)
        if pairs:
            self._add_heading(_say("Independent of each other?"))
            origins = [end.source_id for end in found.ends if end.kind != NOWHERE]
            if len(origins) > FEW:
                self._add_choice(origins, pairs[0])
        for pair in pairs:
            made = PairRow(self._shell, pair, self)
            self.pairs.append(made)
            self._column.addWidget(made)
            if pair in drafts:
                made.open(drafts[pair])
        self._column.addSpacing(12)

    def _add_heading(self, text: str) -> None:
        if self.ends:
            self._column.addSpacing(8)
        holder = QWidget(self)
        inside = column(holder)
        inside.setContentsMargins(ProseButton.PAD[0], 0, 0, 2)
        inside.addWidget(heading(text, holder))
        self._column.addWidget(holder)

    def _add_terms(self, found: Lineage) -> None:
        """Say each count with what makes it: the reports, the origins of each kind, and what goes round in circles."""
        document = self._shell.document
        reports = reports_said(found.standing)
        lines = [f"{reports} ({named(document, found.reports)})" if found.reports else reports]
        lines += [line for kind in _ORDER if (line := behind_said(document, found, kind))]
        if not found.standing.exact:
            lines.append(_say("The pairs are too many to be sure that no larger set is independent."))
        holder = QWidget(self)
        inside = column(holder)
        inside.setContentsMargins(ProseButton.PAD[0], 0, 0, 2)
        for line in lines:
            inside.addWidget(Prose(line, holder, size=12))
        alarm = QColor(self._shell.palette_.contradicts)
        for circle in circles_said(document, found)[:PAGE]:
            said = f"{_say('In a circle')}: {circle}"
            inside.addWidget(Prose(said, holder, size=12, colour=alarm))
        self._column.addWidget(holder)

    def _add_choice(self, origins: list[str], pair: Pair) -> None:
        """Offer two of many origins: their pairs would be too many to list."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(ProseButton.PAD[0], 0, 0, 4)
        row.setSpacing(6)
        boxes = []
        for chosen, said in zip(pair, (_say("One origin"), _say("The other origin")), strict=True):
            box = QComboBox(holder)
            box.setAccessibleName(said)
            for source_id in origins:
                box.addItem("".join(self._shell.document.numbers_of([source_id])), source_id)
            box.setCurrentIndex(origins.index(chosen))
            box.activated.connect(self._choose)
            boxes.append(box)
        self.one, self.other = boxes
        row.addWidget(self.one)
        row.addWidget(Prose(_say("and"), holder, size=12, quiet=True))
        row.addWidget(self.other)
        row.addStretch(1)
        self._column.addWidget(holder)

    def _choose(self) -> None:
        if self.one is None or self.other is None:
            return
        one, other = str(self.one.currentData()), str(self.other.currentData())
        if one == other:
            self.other.setCurrentIndex((self.other.currentIndex() + 1) % self.other.count())
            other = str(self.other.currentData())
        self._chosen = (one, other)
        self.refresh()

    def _more(self) -> None:
        self._shown += 10 * PAGE
        self._said = None
        self.refresh()
