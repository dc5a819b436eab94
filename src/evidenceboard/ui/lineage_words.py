"""Where a claim comes from, in words: for the line above the board, and for the inspector."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication

from evidenceboard.model.document import Document
from evidenceboard.model.lineage import ESTABLISHED, NOWHERE, RECORDED, Lineage
from evidenceboard.model.origins import Standing
from evidenceboard.model.records import Entity

NAMED: Final = 6
"""Numbers that are named before the rest is only counted."""


def summary(document: Document, found: Lineage) -> str:
    """Return the claim with its counts, such as “C20 · 2 reports · 1 origin (S9), known through S1”."""
    parts = [*document.numbers_of([found.claim_id]), reports_said(found.standing)]
    if found.standing.reports:
        parts += [behind_said(document, found, kind) for kind in (ESTABLISHED, RECORDED, NOWHERE)]
    said = " · ".join(part for part in parts if part)
    if found.standing.known_through:
        said += ", " + _say("known through {number}").format(number=found.standing.known_through)
    return said


def reports_said(standing: Standing) -> str:
    """Return the number of reports in words."""
    n = standing.reports
    if not n:
        return _say("no report: nobody states it")
    return _say("1 report") if n == 1 else _say("{n} reports").format(n=n)


def behind_said(document: Document, found: Lineage, kind: str) -> str:
    """Return how many ends are of one kind, with their numbers; "" where none is."""
    ends = found.ends_of(kind)
    n = len(ends)
    if not n:
        return ""
    if kind == ESTABLISHED:
        said = _say("{n} independent origins") if found.standing.exact else _say("at least {n} independent origins")
    elif kind == NOWHERE:
        said = _say("1 lineage not recorded") if n == 1 else _say("{n} lineages not recorded")
    elif found.standing.established:
        said = _say("1 more origin") if n == 1 else _say("{n} more origins")
    else:
        said = _say("1 origin") if n == 1 else _say("{n} origins")
    return f"{said.format(n=n)} ({named(document, ends)})"


def named(document: Document, ids: Iterable[str]) -> str:
    """Return the numbers of some sources, the first few by name."""
    every = list(ids)
    numbers, rest = ", ".join(document.numbers_of(every[:NAMED])), len(every) - NAMED
    return _say("{numbers} and {n} more").format(numbers=numbers, n=rest) if rest > 0 else numbers


def circles_said(document: Document, found: Lineage) -> list[str]:
    """Return each circle by name, such as “S1 cites S2 cites S1”."""
    circles = [document.numbers_of(circle) for circle in found.circles]
    return [_say(" cites ").join([*circle, circle[0]]) for circle in circles if circle]


def kind_said(kind: str) -> str:
    """Return what an end counts as, in short."""
    return {
        ESTABLISHED: _say("independent origin"),
        RECORDED: _say("origin"),
        NOWHERE: _say("origin not recorded"),
    }[kind]


def why_said(document: Document, source_id: str, why: str) -> str:
    """Return the rule that makes an end what it is, and through whom that source is known."""
    said = QCoreApplication.translate("Origin", why)
    source = document.find("entities", source_id)
    through = document.numbers_of(source.props.get("known_through")) if isinstance(source, Entity) else []
    if through:
        said += " · " + _say("known through {number}").format(number=", ".join(through[:NAMED]))
    return said


def _say(text: str) -> str:
    return QCoreApplication.translate("Lineage", text)
