"""What is computed of an entity and never typed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.dates import shown
from evidenceboard.model.document import Document
from evidenceboard.model.gradings import CREDIBILITY
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import best_pair, reports


def facts(document: Document, entity: Entity) -> list[tuple[str, str, bool]]:
    """Return the computed lines of an entity: label, words, and whether they stand out."""
    if entity.type != "claim":
        return []
    found = len(reports(document, entity.id))
    lines = []
    pair = best_pair(document, entity.id)
    if pair:
        meaning = CREDIBILITY.words.get(pair[1:], "")
        lines.append((_say("Best grade"), f"{pair}, {meaning}" if meaning else pair, False))
    said = _say("none: nobody states it") if not found else _say("1 report") if found == 1 else _say("{n} reports")
    lines.append((_say("Reports"), said.format(n=found), not found))
    dates = sorted(
        {
            str(link.props["date"])
            for link in document.links_into(entity.id)
            if link.type == "states" and link.props.get("date")
        }
    )
    if dates:
        lines.append((_say("Reported"), ", ".join(shown(date) for date in dates[:6]), False))
    return lines


def _say(text: str) -> str:
    return QCoreApplication.translate("Facts", text)
