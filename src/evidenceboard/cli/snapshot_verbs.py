"""Verbs about the snapshots that the window makes by itself: snapshots, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evidenceboard.cli.answers import answer, as_json, plain, table
from evidenceboard.cli.opened import opened
from evidenceboard.errors import NotFoundError, SaveFailedError

NEWEST = "newest"


@click.command()
@click.argument("file")
@click.option("--make", is_flag=True, help="Make one first, where the file keeps any.")
@as_json
def snapshots(file: str, make: bool, as_json: bool) -> None:
    """List the snapshots of a board, newest first, also where its file is gone or damaged.

    \b
    Example: evidenceboard snapshots board.db
    """
    from evidenceboard.store import backups

    if make:
        _make(Path(file))
    found = [one for series in backups.series_of(Path(file)) for one in series.backups()]
    told: list[dict[str, Any]] = [
        {"name": one.path.stem, "at": one.at, "cards": one.cards, "operations": one.operations, "bytes": one.size}
        for one in sorted(found, key=lambda one: one.at, reverse=True)
    ]
    rows = [[plain(one["name"]), f"{one['cards']:,} cards", f"{one['bytes'] / 1e6:,.1f} MB"] for one in told]
    answer(told, as_json, lambda: table(rows) if rows else ["There is no snapshot of this board."])


def _make(path: Path) -> None:
    from evidenceboard import commands
    from evidenceboard.store import backups

    with opened(path, read_only=True) as session:
        why = commands.why_no_backups(session.document)
    if why:
        said = {"off": "they are switched off for this file", "red": "something in it is marked TLP:RED or higher"}
        raise SaveFailedError(f"No snapshot was made: {said[why]}.", "Copy the file yourself where you may.")
    backups.make(path)


@click.command()
@click.argument("file")
@click.argument("snapshot")
@click.argument("out")
@as_json
def restore(file: str, snapshot: str, out: str, as_json: bool) -> None:
    """Write a snapshot of a board to OUT, by its name or as `newest`. FILE itself is not touched.

    \b
    Example: evidenceboard restore board.db newest restored.db
    """
    from evidenceboard.store import backups

    found = [one for series in backups.series_of(Path(file)) for one in series.backups()]
    wanted = sorted((one for one in found if snapshot in (NEWEST, one.path.stem)), key=lambda one: one.at, reverse=True)
    if not wanted:
        raise NotFoundError("There is no such snapshot of this board; nothing was written.", "`snapshots` lists them.")
    # The newest one that is sound, where the newest was asked for; else the very one.
    one = next((one for one in wanted if one.is_sound()), wanted[0])
    backups.write_out(one, Path(out))
    told = {"ok": True, "out": out, "name": one.path.stem, "at": one.at}
    answer(told, as_json, lambda: [f"Wrote the snapshot {plain(one.path.stem)} to {plain(out)}."])
