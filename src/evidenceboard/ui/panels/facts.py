"""What is computed of an entity and never typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.dates import shown
from evidenceboard.model.deception import first_of
from evidenceboard.model.document import Document
from evidenceboard.model.gradings import CREDIBILITY
from evidenceboard.model.in_steps import Steps, ended, once
from evidenceboard.model.origins import (
    CONTESTED,
    CORROBORATED,
    NOT_RECORDED,
    SEVERAL,
    SINGLE,
    UNSOURCED,
    Standing,
    has_many_reports,
    standing_at_hand,
    standing_of,
)
from evidenceboard.model.records import Entity
from evidenceboard.model.reports import EACH
from evidenceboard.model.supposing import Supposed
from evidenceboard.model.timeline import reports

_DATES: Final = "dates of reports"


def facts_supposed(supposed: Supposed, entity: Entity) -> list[tuple[str, str, bool]]:
    """Return the computed lines of an entity under a supposition: why it falls, else its figures as they would be."""
    if entity.id in supposed.falls:
        return [(_say("Supposing"), supposed.falls[entity.id], True)]
    found = facts(supposed.document, entity)
    if entity.id in supposed.supposition.true:
        found.insert(0, (_say("Supposing"), _say("{number} is supposed true.").format(number=entity.number), True))
    return found


def facts(document: Document, entity: Entity) -> list[tuple[str, str, bool]]:
    """Return the computed lines of an entity: label, words, and whether they stand out."""
    first = first_of(document, entity)
    if first is not None:
        return [(_say("Deception twin"), _say("of {number}").format(number=first.number), True)]
    if entity.type == "event":
        return _reported(document, entity)
    if entity.type != "claim":
        return []
    found = standing_of(document, entity.id)
    lines = [(_say("Standing"), standing_said(found.standing), True)]
    if found.grades:
        pair, others = found.grades[0], len(found.grades) - 1
        said = ", ".join(part for part in (pair, CREDIBILITY.words.get(pair[1:], "")) if part)
        lines.append((_say("Best grade"), said + (_say(" and {n} more").format(n=others) if others else ""), False))
    lines.append((_say("Reports"), _reports(found), not found.reports))
    if found.known_through:
        lines.append((_say("Known through"), _say("{number} alone").format(number=found.known_through), False))
    for circle in found.cycles:
        lines.append((_say("Circle"), _say(" cites ").join([*circle, circle[0]]), True))
    return lines + _reported(document, entity)


def facts_at_hand(supposed: Supposed, entity: Entity) -> Steps[None]:
    """Work out in small steps, and keep, what takes long of a claim with very many reports."""
    document = supposed.document
    if entity.type == "claim" and has_many_reports(document, entity.id):
        yield from standing_at_hand(document, entity.id)
        yield from once(document, (_DATES, entity.id), lambda: _dates_in_steps(document, entity))


def _dates_in_steps(document: Document, entity: Entity) -> Steps[list[str]]:
    dates: set[str] = set()
    for count, date in enumerate(reports(document, entity), start=1):
        if not count % EACH:
            yield
        dates.add(date)
    return sorted(dates - {""})


def _reported(document: Document, entity: Entity) -> list[tuple[str, str, bool]]:
    """Return when an entity was reported, the earliest first; nothing where no report has a date."""
    kept: list[str] | None = document.worked_out.get((_DATES, entity.id))
    dates = ended(_dates_in_steps(document, entity)) if kept is None else kept
    if not dates:
        return []
    more = _say(" and {n} more").format(n=len(dates) - 6) if len(dates) > 6 else ""
    return [(_say("Reported"), ", ".join(shown(date) for date in dates[:6]) + more, False)]


def standing_said(standing: str) -> str:
    """Return the word for a claim's standing in the user's language."""
    return {
        CONTESTED: _say("contested"),
        UNSOURCED: _say("unsourced"),
        NOT_RECORDED: _say("origin not recorded"),
        SINGLE: _say("single origin"),
        SEVERAL: _say("several origins, independence not established"),
        CORROBORATED: _say("corroborated"),
    }[standing]


def _reports(found: Standing) -> str:
    """Return the reports with what is behind them, such as “4 reports: 1 origin, 2 not recorded”."""
    if not found.reports:
        return _say("none: nobody states it")
    n = found.reports
    said = _say("1 report") if n == 1 else _say("{n} reports").format(n=n)
    behind = []
    if found.origins:
        n = found.origins
        behind.append(_say("1 origin") if n == 1 else _say("{n} origins").format(n=n))
    if found.unrecorded:
        behind.append(_say("{n} not recorded").format(n=found.unrecorded))
    return f"{said}: {', '.join(behind)}" if behind else said


def _say(text: str) -> str:
    return QCoreApplication.translate("Facts", text)
