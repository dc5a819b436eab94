"""Verbs that look a whole board over: timeline, health."""

from __future__ import annotations

from typing import Any

import click

from evidenceboard.cli.answers import answer, as_json, plain, table
from evidenceboard.cli.opened import opened


@click.command()
@click.argument("file")
@as_json
def timeline(file: str, as_json: bool) -> None:
    """List claims, events and sources in the order of time.

    Dates are EDTF; earliest and latest are the days that bound what happened, for a source its publication.

    \b
    Example: evidenceboard timeline board.db
    """
    from evidenceboard.model.dates import shown
    from evidenceboard.model.timeline import moments

    with opened(file, read_only=True) as session:
        found = moments(session.document)
    told: list[dict[str, Any]] = [
        {
            "number": one.number,
            "title": one.title,
            "happened": one.happened or None,
            "reported": one.reported or None,
            "captured": one.captured or None,
            "earliest": str(one.span.earliest) if one.span and one.span.earliest else None,
            "latest": str(one.span.latest) if one.span and one.span.latest else None,
        }
        for one in found
    ]
    rows = [
        [
            plain(one.number),
            plain(shown(one.happened), 60) or "–",
            _reported(shown(one.reported)),
            plain(one.title, 160),
        ]
        for one in found
    ]
    answer(told, as_json, lambda: table(rows))


def _reported(date: str) -> str:
    return f"reported {plain(date, 60)}" if date else "not reported"


@click.command()
@click.argument("file")
@click.option("--silenced", is_flag=True, help="List what was silenced instead, with the reasons.")
@as_json
def health(file: str, silenced: bool, as_json: bool) -> None:
    """List what is worth a second look, by rule.

    \b
    Example: evidenceboard health board.db
    """
    from evidenceboard.model.health import health as look_over

    with opened(file, read_only=True) as session:
        found = look_over(session.document)
    told = [{"rule": one.rule, "number": one.number, "what": one.what, "id": one.subject_id} for one in found.findings]
    if silenced:
        told = [
            {"rule": one.rule, "number": one.number, "what": one.what, "id": one.subject_id, "reason": reason}
            for one, reason in found.silenced
        ]
    rows = [[plain(one["rule"]), plain(one["number"]), plain(one.get("reason") or one["what"], 300)] for one in told]
    none = "Nothing is silenced." if silenced else "No rule found anything."
    answer(told, as_json, lambda: table(rows) or [none])
