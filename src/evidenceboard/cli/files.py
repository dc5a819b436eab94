"""Verbs about a file as a whole: new, info, check, attach, verify."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from evidenceboard.cli.answers import FailedError, answer, as_json, plain, several, table
from evidenceboard.cli.opened import opened


@click.command()
@click.argument("file")
@click.option("--title", default="", help="What the board is called; else the name of the file.")
@as_json
def new(file: str, title: str, as_json: bool) -> None:
    """Make a new board file.

    \b
    Example: evidenceboard new winter.db --title "Winter"
    """
    from evidenceboard.session import Session

    Session.create(file, title=title).close()
    answer({"ok": True, "file": file}, as_json, lambda: [f"Made {file}."])


@click.command()
@click.argument("file")
@as_json
def info(file: str, as_json: bool) -> None:
    """Say what is in a file.

    \b
    Example: evidenceboard info board.db
    """
    from evidenceboard.model.types import TYPES
    from evidenceboard.model.yardsticks import yardstick_of
    from evidenceboard.store.expected import VERSION

    with opened(file, read_only=True) as session:
        document = session.document
        counted = Counter(entity.type for entity in document.entities)
        order = [kind.id for kind in TYPES if kind.id in counted]
        told: dict[str, Any] = {
            "ok": True,
            "file": file,
            "format": VERSION,
            "title": document.setting("title", ""),
            "marking": document.setting("marking", ""),
            "yardstick": yardstick_of(document).id,
            "boards": [
                {
                    "id": board.id,
                    "title": board.title,
                    "cards": len(document.cards_on(board.id)),
                    "frames": len(document.frames_on(board.id)),
                }
                for board in document.boards
            ],
            "entities": {type_id: counted[type_id] for type_id in dict.fromkeys([*order, *sorted(counted)])},
            "links": dict(sorted(Counter(link.type for link in document.links).items())),
            "attachments": len(document.table("attachments")),
            "operations": session.operation_count(),
        }
    answer(told, as_json, lambda: _info(told))


def _info(told: dict[str, Any]) -> list[str]:
    boards = [
        f"{plain(board['title'], 60)} ({several(board['cards'], 'card')}, {several(board['frames'], 'frame')})"
        for board in told["boards"]
    ]
    return table(
        [
            ["Title", plain(told["title"], 200)],
            ["Marking", plain(told["marking"])],
            ["Boards", ", ".join(boards)],
            ["Entities", _counts(told["entities"])],
            ["Links", _counts(told["links"])],
            ["Attachments", f"{told['attachments']:,}"],
            ["Operations", f"{told['operations']:,}"],
            ["Format", str(told["format"])],
        ]
    )


def _counts(counted: dict[str, int]) -> str:
    each = ", ".join(f"{plain(word)} {count:,}" for word, count in counted.items())
    return f"{sum(counted.values()):,}" + (f": {each}" if each else "")


@click.command()
@click.argument("file")
@as_json
def check(file: str, as_json: bool) -> None:
    """Look whether a file is sound. Nothing is written to it or beside it. Ctrl+C stops it.

    \b
    Example: evidenceboard check board.db
    """
    from evidenceboard.cli.checking import checked
    from evidenceboard.cli.progress import progress
    from evidenceboard.model.pace import unheard

    try:
        with progress("Looking it over") as step:
            told = checked(Path(file), step or unheard)
    except KeyboardInterrupt:
        said = "Stopped before the end, so nothing is known of this file. It was not touched."
        raise KeyboardInterrupt(said) from None
    lines = [f"{one['where']}: {one['what']}" for one in told["problems"]]
    beside = [f"Beside it lies {plain(name)}, which was not read." for name in told["sidecars"]]
    answer(told, as_json, lambda: [*lines, *beside, *(["The file is sound."] if told["ok"] else [])])
    if not told["ok"]:
        raise FailedError(told.get("error") or f"The file is not sound: {several(len(lines), 'problem')} found.")


@click.command()
@click.argument("file")
@click.argument("number")
@click.argument("path", nargs=-1, required=True)
@as_json
def attach(file: str, number: str, path: tuple[str, ...], as_json: bool) -> None:
    """Keep files with an entity, byte for byte.

    \b
    Example: evidenceboard attach board.db S1 report.pdf
    """
    from evidenceboard import commands
    from evidenceboard.cli.naming import entity
    from evidenceboard.commands.attachments import read_file

    read = [read_file(Path(one)) for one in path]
    with opened(file) as session:
        with session.transaction("Attach {n} files", n=len(read)) as tx:
            found = entity(tx.document, number)
            kept = [commands.attach(tx, found.id, name, data) for name, data in read]
        names = ("sha256", "size", "media_type", "name")
        told = {"ok": True, "attached": [{name: getattr(one, name) for name in names} for one in kept]}
    answer(told, as_json, lambda: [f"{one.sha256}  {plain(one.name)}" for one in kept])


@click.command()
@click.argument("file")
@as_json
def verify(file: str, as_json: bool) -> None:
    """Compare the attachments with the digests that were written when they were taken in.

    \b
    Example: evidenceboard verify board.db
    """
    from evidenceboard.cli.checking import verified

    told = verified(Path(file))
    said = f"{several(told['checked'], 'attachment')}: {len(told['changed'])} changed, {len(told['missing'])} missing."
    answer(told, as_json, lambda: [said])
    if not told["ok"]:
        raise FailedError("Not every attachment is as it was taken in.")
