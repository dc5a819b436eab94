"""The verb that weighs scenarios against each other: matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from evidenceboard.cli.answers import answer, as_json, plain, several, table
from evidenceboard.cli.opened import opened
from evidenceboard.errors import InvalidValueError
from evidenceboard.model.numbers import natural
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.ach import Matrix
    from evidenceboard.model.document import Document
    from evidenceboard.model.linchpins import Linchpin, Swap
    from evidenceboard.model.supposing import Supposed, Supposition

_CAUTION: Final = "Fewest contradictions first: this is not a probability."


@click.command()
@click.argument("file")
@click.option("--suppose", multiple=True, metavar="NUMBER=VALUE", help="true or false; may be given several times")
@as_json
def matrix(file: str, suppose: tuple[str, ...], as_json: bool) -> None:
    """Weigh claims and events against scenarios.

    Scenarios come with the fewest contradictions first, which is no probability; rows come by how well they tell
    the scenarios apart. Linchpins are what, were it wrong, would change the order. What is supposed false or true
    is followed to what falls with it; the file stays as it is. A deception twin adds nothing to the scores.

    \b
    Example: evidenceboard matrix board.db --suppose C1=false
    """
    from evidenceboard.model.ach import matrix as weigh
    from evidenceboard.model.linchpins import compared, linchpins, swaps
    from evidenceboard.model.supposing import suppose as follow

    with opened(file, read_only=True) as session:
        supposed = follow(session.document, _supposition(session.document, suppose))
        found = weigh(supposed.document)
        said = compared(weigh(session.document), found) if supposed.supposition else ""
        weighed = _Weighed(session.document, found, linchpins(supposed.document, found), swaps(found), supposed, said)
        answer(_told(weighed), as_json, lambda: _lines(weighed))


@dataclass(frozen=True, slots=True)
class _Weighed:
    """All that the verb answers with."""

    document: Document
    matrix: Matrix
    hinges: list[Linchpin]
    swaps: list[Swap]
    supposed: Supposed
    change: str
    """What the supposition does to the order, or ""."""


def _supposition(document: Document, wanted: tuple[str, ...]) -> Supposition:
    """Read what is supposed. Raises `InvalidValueError`, `NotFoundError`."""
    from evidenceboard.model.supposing import Supposition

    found = Supposition()
    for said in wanted:
        number, _, value = said.partition("=")
        if value.strip().lower() not in ("true", "false"):
            raise click.BadParameter("a number, =, and true or false, such as C1=false", param_hint="--suppose")
        true, entity = value.strip().lower() == "true", document.entity(number.strip())
        if entity.id in (found.false if true else found.true):
            raise InvalidValueError(f"{entity.number} cannot be supposed false and true at once; nothing was supposed.")
        found = found.having(entity, true=true)
    return found


def _told(weighed: _Weighed) -> dict[str, Any]:
    found, hinges, supposed, document = weighed.matrix, weighed.hinges, weighed.supposed, weighed.document
    numbers = {one.entity.id: one.entity.number for one in found.scores}
    said = [(ids, value) for ids, value in ((supposed.supposition.false, False), (supposed.supposition.true, True))]
    return {
        "scenarios": [
            {
                "number": one.entity.number,
                "title": one.entity.title,
                "inconsistency": one.inconsistency,
                "weighted": one.weighted,
                "not_assessed": one.not_assessed,
                "rank": one.rank,
            }
            for one in found.scores
        ],
        "rows": [
            {
                "number": row.entity.number,
                "title": row.entity.title,
                "weight": row.weight,
                "cells": {number: row.value(key) for key, number in numbers.items()},
                "diagnosticity": row.diagnosticity,
                "twin_of": next(iter(document.numbers_of([row.twin_of])), None),
            }
            for row in found.rows
        ],
        "linchpins": [
            {"removes": one.removes, "kind": one.kind, "rows": list(one.rows), "change": one.change} for one in hinges
        ],
        "deception": [{"twin": one.twin, "first": one.first, "change": one.change} for one in weighed.swaps],
        "supposing": [
            {"number": number, "value": value}
            for ids, value in said
            for number in sorted(document.numbers_of(list(ids)), key=natural)
        ],
        "fallen": [{"number": "".join(document.numbers_of([key])), "why": why} for key, why in supposed.fallen.items()],
        "clashes": list(supposed.clashes),
        "change": weighed.change,
    }


def _lines(weighed: _Weighed) -> list[str]:
    found, hinges, supposed = weighed.matrix, weighed.hinges, weighed.supposed
    if not found.scores:
        return ["There is no scenario in this file."]
    ids = [one.entity.id for one in found.scores]
    rows = [["", *(plain(one.entity.number) for one in found.scores), "weight", "tells apart", ""]]
    for row in found.rows:
        cells = [row.value(key) or "·" for key in ids]
        title = plain(row.entity.title, 100)
        number = plain(row.entity.number)
        rows.append([f"└ {number}" if row.twin_of else number, *cells, row.weight, f"{row.diagnosticity:.2f}", title])
    scores = [
        [
            f"{one.rank}.",
            plain(one.entity.number),
            f"inconsistency {one.inconsistency}",
            f"weighted {one.weighted:g}",
            f"{one.not_assessed} not assessed",
            plain(one.entity.title, 100),
        ]
        for one in found.scores
    ]
    said = several(len(hinges), "linchpin") if hinges else "No single row, source or origin changes the order."
    told = [line.rstrip() for line in table(rows)] if found.rows else ["No claim or event is in the matrix yet."]
    told = [*told, "", *table(scores), _CAUTION, "", said, *(f"  {plain(one.change)}" for one in hinges)]
    for one in weighed.swaps:
        told.append(plain(f"If {one.first} is deception, {one.change or 'the order stands.'}"))
    if supposed.supposition:
        order = weighed.change.rstrip(".") or "the order stands"
        first = plain(f"Supposing {supposed.supposition.said(weighed.document)}; {order}; the file stays as it is.")
        told = [first, *(f"  {plain(why)}" for why in (*supposed.clashes, *supposed.fallen.values())), "", *told]
    return told
