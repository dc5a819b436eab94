"""Verbs that change a file: add, link, set, remove, layout, undo, redo. Each is one operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from evidenceboard.cli.answers import answer, as_json, plain
from evidenceboard.cli.opened import opened

if TYPE_CHECKING:
    from evidenceboard.model.changes import Operation
    from evidenceboard.model.transaction import Transaction
    from evidenceboard.session import Session


FILE_FIELDS: Final = ("title", "marking", "yardstick")
"""What `set FILE file` takes."""


@contextmanager
def _one_operation(session: Session, label: str) -> Iterator[tuple[Transaction, list[Operation]]]:
    """Give a transaction, and a list that holds its operation when the block has ended."""
    made: list[Operation] = []
    end = session.subscribe(made.append)
    with session.transaction(label) as tx:
        yield tx, made
    end()


def _operation(made: list[Operation]) -> dict[str, str] | None:
    return {"id": made[0].id, "label": made[0].label} if made else None


def _place(context: click.Context, option: click.Parameter, said: str | None) -> tuple[float, float] | None:
    if said is None:
        return None
    try:
        x, y = said.split(",")
        return float(x), float(y)
    except ValueError as error:
        raise click.BadParameter("two numbers such as 400,200 are needed.") from error


@click.command()
@click.argument("file")
@click.argument("type")
@click.option("--title", required=True, help="The name, or for a claim the sentence.")
@click.option("--set", "values", multiple=True, metavar="KEY=VALUE", help="A field; may be given several times.")
@click.option("--at", callback=_place, metavar="X,Y", help="Upper left corner in board units; else a free place.")
@click.option("--board", default="", help="The board by title or id; else the first.")
@as_json
def add(
    file: str, type: str, title: str, values: tuple[str, ...], at: tuple[float, float] | None, board: str, as_json: bool
) -> None:
    """Add an entity and place it on a board.

    \b
    Example: evidenceboard add board.db source --title "Weekly report" --set reliability=B --at 400,0
    """
    from evidenceboard import commands
    from evidenceboard.cli.naming import entity_told, pairs, type_named
    from evidenceboard.formats import listing
    from evidenceboard.formats.placing import free_place

    fields, type_id = pairs(values), type_named(type)
    with opened(file) as session:
        with _one_operation(session, f"Add {'an' if type_id[0] in 'aeiou' else 'a'} {type_id}") as (tx, made):
            on = listing.board(tx.document, board)
            own = _own(fields)
            entity = commands.add_entity(tx, type_id, props=fields, **{"title": title, **own})
            x, y = at or free_place(tx.document, on.id)
            commands.place(tx, on.id, entity.id, x=x, y=y)
        told = {"ok": True, **entity_told(session.document, entity), "operation": _operation(made)}
    answer(told, as_json, lambda: [f"Added {entity.number}."])


@click.command()
@click.argument("file")
@click.argument("from_", metavar="FROM")
@click.argument("type")
@click.argument("to")
@click.option("--set", "values", multiple=True, metavar="KEY=VALUE", help="A field; may be given several times.")
@as_json
def link(file: str, from_: str, type: str, to: str, values: tuple[str, ...], as_json: bool) -> None:
    """Link two entities.

    \b
    Example: evidenceboard link board.db S1 states C1 --set credibility=2 --set quote="about three thousand"
    """
    from evidenceboard import commands
    from evidenceboard.cli.naming import entity, link_told, pairs

    fields = pairs(values)
    with opened(file) as session:
        with _one_operation(session, "Link two cards") as (tx, made):
            ends = entity(tx.document, from_), entity(tx.document, to)
            found = commands.link(tx, type.strip().lower(), ends[0].id, ends[1].id, props=fields, **_own(fields))
        told = {"ok": True, **link_told(session.document, found), "operation": _operation(made)}
    answer(told, as_json, lambda: [f"Linked {ends[0].number} to {ends[1].number}: {found.id}"])


def _own(fields: dict[str, str]) -> dict[str, Any]:
    """Take out what every entity or link has."""
    return {key: fields.pop(key) for key in ("title", "notes", "marking", "marking_reason", "tags") if key in fields}


@click.command(name="set")
@click.argument("file")
@click.argument("number")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@as_json
def set_(file: str, number: str, values: tuple[str, ...], as_json: bool) -> None:
    """Change fields of an entity, of a link by its id, or of the file itself.

    Of a board or an attachment, by its id, the marking. A reason beside a judgement is kept with it; a marking that is
    lowered needs a marking_reason beside it.

    \b
    Example: evidenceboard set board.db C1 likelihood=likely reason="two new reports"
    Example: evidenceboard set board.db file yardstick=phia
    """
    from evidenceboard import commands
    from evidenceboard.cli.naming import pairs, thing
    from evidenceboard.errors import InvalidValueError

    fields = pairs(values)

    def change(tx: Transaction) -> None:
        if number.lower() == "file":
            strange = next((key for key in fields if key not in FILE_FIELDS), None)
            if strange is not None:
                said = f"A file has no field “{strange[:40]}”; nothing was changed."
                raise InvalidValueError(said, "Fields: " + ", ".join(FILE_FIELDS) + ".")
            commands.set_file(tx, **fields)
        else:
            commands.set_fields(tx, thing(tx.document, number, ("boards", "attachments")), **fields)

    _change(file, "Change fields", change, as_json)


@click.command()
@click.argument("file")
@click.argument("number")
@as_json
def remove(file: str, number: str, as_json: bool) -> None:
    """Remove an entity with its cards and links.

    A link, frame or card is removed by its id. Undo brings everything back.

    \b
    Example: evidenceboard remove board.db S1
    """
    from evidenceboard import commands
    from evidenceboard.cli.naming import thing

    _change(file, "Remove a thing", lambda tx: commands.remove(tx, [thing(tx.document, number)]), as_json)


@click.command()
@click.argument("file")
@click.option("--board", default="", help="The board by title or id; else the first.")
@click.option(
    "--method", type=click.Choice(["layered", "force", "grid", "time"]), required=True, help="How to lay it out."
)
@as_json
def layout(file: str, board: str, method: str, as_json: bool) -> None:
    """Lay a board out. Pinned cards stay, and frames keep their cards.

    \b
    Example: evidenceboard layout board.db --board "Main board" --method layered
    """
    from evidenceboard import commands
    from evidenceboard.formats import listing
    from evidenceboard.model.layouts import method as method_named

    label = method_named(method).label
    with opened(file) as session, _one_operation(session, label) as (tx, made):
        done = commands.layout(tx, listing.board(tx.document, board).id, method)
        tx.values["n"] = done.cards
    beside = f" {done.beside} without a date stand at the right." if done.beside else ""
    told = {"ok": True, "moved": len(done.card_ids), "beside": done.beside, "operation": _operation(made)}
    answer(told, as_json, lambda: [f"Moved {len(done.card_ids)} of {done.cards} cards.{beside}"])


def _change(file: str, label: str, work: Callable[[Transaction], Any], as_json: bool) -> None:

    with opened(file) as session, _one_operation(session, label) as (tx, made):
        work(tx)
    told = {"ok": True, "operation": _operation(made)}
    answer(told, as_json, lambda: [f"Done: {label}." if made else "It was so already; nothing was changed."])


@click.command()
@click.argument("file")
@as_json
def undo(file: str, as_json: bool) -> None:
    """Take back the last thing done.

    \b
    Example: evidenceboard undo board.db
    """
    _step(file, "undo", as_json)


@click.command()
@click.argument("file")
@as_json
def redo(file: str, as_json: bool) -> None:
    """Do again what was undone last.

    \b
    Example: evidenceboard redo board.db
    """
    _step(file, "redo", as_json)


def _step(file: str, kind: str, as_json: bool) -> None:
    from evidenceboard.errors import EvidenceBoardError

    with opened(file) as session:
        if (kind == "undo" and not session.undo_label()) or (kind == "redo" and not session.redo_label()):
            raise EvidenceBoardError(f"There is nothing to {kind}; nothing was changed.")
        made = session.undo() if kind == "undo" else session.redo()
    told = {"ok": True, "operation": _operation([made] if made else [])}
    answer(
        told, as_json, lambda: [f"{'Undone' if kind == 'undo' else 'Done again'}: {plain(made.label if made else '')}."]
    )
