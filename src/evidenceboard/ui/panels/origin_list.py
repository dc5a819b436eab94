"""Where a claim comes from, in the inspector: the terms of each count, every end and why, and which are independent."""

from __future__ import annotations

from functools import partial
from itertools import combinations
from typing import Final

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListView, QWidget

from evidenceboard.model.in_steps import Steps, ended
from evidenceboard.model.independence import pair_link
from evidenceboard.model.lineage import ESTABLISHED, NOWHERE, RECORDED, End, Lineage, lineage_at_hand
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
_WIDE: Final = 6
"""Characters that a box of many origins has room for at least."""
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
        self._numbers: list[str] = []
        self._origins: list[str] = []

    def refresh(self) -> None:
        """Show the lineage as it is now; what is being written about a pair stays."""
        ended(self.looking())

    def looking(self) -> Steps[None]:
        """Do the same in small steps: there can be very many reports."""
        document = self._shell.document
        if not isinstance(document.find("entities", self._claim_id), Entity):
            return
        found = yield from lineage_at_hand(self._shell.supposing.seen_behind(self._claim_id), self._claim_id)
        ends = [end for kind in _ORDER for end in found.ends if end.kind == kind]
        yield
        origins = [end.source_id for end in found.ends if end.kind != NOWHERE]
        pairs = self._pairs(origins)
        numbers = document.numbers_of(origins)
        yield
        told = tuple(judgement_said(self._shell, pair_link(document, *pair)) for pair in pairs)
        listed = tuple(self._line(end) for end in ends[: self._shown])
        terms = yield from self._terms(found)
        said = (terms, told, listed, pairs, len(ends), origins, numbers, circles_said(document, found)[:PAGE])
        if said != self._said:
            self._said, self._origins, self._numbers = said, origins, numbers
            held = next((row.pair for row in self.pairs if row.said.hasFocus()), None)
            drafts = {row.pair: draft for row in self.pairs if (draft := row.draft()) is not None}
            self._build(found, terms, ends, pairs, drafts)
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

    def _terms(self, found: Lineage) -> Steps[list[str]]:
        """Say each count with what makes it: the reports, and the origins of each kind."""
        document = self._shell.document
        reports = reports_said(found.standing)
        lines = [f"{reports} ({named(document, found.reports)})" if found.reports else reports]
        for kind in _ORDER:
            yield
            lines += [line for line in [behind_said(document, found, kind)] if line]
        if not found.standing.exact:
            lines.append(_say("The pairs are too many to be sure that no larger set is independent."))
        return lines

    def _build(
        self, found: Lineage, terms: list[str], ends: list[End], pairs: list[Pair], drafts: dict[Pair, PairDraft]
    ) -> None:
        self.ends, self.pairs, self.one, self.other = [], [], None, None
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._add_heading(_say("Where it comes from"))
        self._add_terms(found, terms)
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
            if len(self._origins) > FEW:
                self._add_choice(pairs[0])
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

    def _add_terms(self, found: Lineage, lines: list[str]) -> None:
        """Show the counts, and what goes round in circles."""
        document = self._shell.document
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

    def _add_choice(self, pair: Pair) -> None:
        """Offer two of many origins: their pairs would be too many to list."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(ProseButton.PAD[0], 0, 0, 4)
        row.setSpacing(6)
        boxes, offered = [], QStringListModel(self._numbers, holder)
        for chosen, said in zip(pair, (_say("One origin"), _say("The other origin")), strict=True):
            box = QComboBox(holder)
            box.setAccessibleName(said)
            # There can be very many: none is measured or laid out before it shows.
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_WIDE)
            listed = QListView(box)
            listed.setUniformItemSizes(True)
            box.setView(listed)
            box.setModel(offered)
            box.setCurrentIndex(self._origins.index(chosen))
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
        one, other = self.one.currentIndex(), self.other.currentIndex()
        if one == other:
            other = (other + 1) % len(self._origins)
            self.other.setCurrentIndex(other)
        self._chosen = (self._origins[one], self._origins[other])
        self.refresh()

    def _more(self) -> None:
        self._shown += 10 * PAGE
        self._said = None
        self.refresh()
