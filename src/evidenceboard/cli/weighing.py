"""The verb that weighs scenarios against each other: matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from evidenceboard.cli.answers import answer, as_json, plain, several, table

if TYPE_CHECKING:
    from evidenceboard.model.ach import Matrix
    from evidenceboard.model.linchpins import Linchpin

_CAUTION: Final = "Fewest contradictions first: this is not a probability."


@click.command()
@click.argument("file")
@as_json
def matrix(file: str, as_json: bool) -> None:
    """Weigh claims and events against scenarios.

    Scenarios come with the fewest contradictions first, which is no probability; rows come by how well they tell
    the scenarios apart. Linchpins are what, were it wrong, would change the order.

    \b
    Example: evidenceboard matrix board.db
    """
    from evidenceboard.model.ach import matrix as weigh
    from evidenceboard.model.linchpins import linchpins
    from evidenceboard.session import Session

    with Session.open(file, read_only=True) as session:
        found = weigh(session.document)
        hinges = linchpins(session.document, found)
    answer(_told(found, hinges), as_json, lambda: _lines(found, hinges))


def _told(found: Matrix, hinges: list[Linchpin]) -> dict[str, Any]:
    numbers = {one.entity.id: one.entity.number for one in found.scores}
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
            }
            for row in found.rows
        ],
        "linchpins": [
            {"removes": one.removes, "kind": one.kind, "rows": list(one.rows), "change": one.change} for one in hinges
        ],
    }


def _lines(found: Matrix, hinges: list[Linchpin]) -> list[str]:
    if not found.scores:
        return ["There is no scenario in this file."]
    ids = [one.entity.id for one in found.scores]
    rows = [["", *(plain(one.entity.number) for one in found.scores), "weight", "tells apart", ""]]
    for row in found.rows:
        cells = [row.value(key) or "·" for key in ids]
        title = plain(row.entity.title, 100)
        rows.append([plain(row.entity.number), *cells, row.weight, f"{row.diagnosticity:.2f}", title])
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
    return [*told, "", *table(scores), _CAUTION, "", said, *(f"  {plain(one.change)}" for one in hinges)]
