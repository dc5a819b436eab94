"""Verbs that look into a file: list, show, search, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from evidenceboard.cli.answers import answer, as_json, plain, several, table
from evidenceboard.cli.opened import opened

if TYPE_CHECKING:
    from evidenceboard.model.records import Entity
    from evidenceboard.session import Session

_PAGE: Final = 500
"""Operations that are read at a time."""


@click.command(name="list")
@click.argument("file")
@click.option("--type", "type_id", default="", help="Only this type, such as claim.")
@as_json
def list_(file: str, type_id: str, as_json: bool) -> None:
    """List the entities of a file.

    \b
    Example: evidenceboard list board.db --type claim
    """
    from evidenceboard.cli.naming import type_named
    from evidenceboard.formats import listing

    with opened(file, read_only=True) as session:
        document = session.document
        if type_id and type_id not in {entity.type for entity in document.entities}:
            type_id = type_named(type_id)
        found = listing.entities(document, type_id)
    told = [
        {
            "id": entity.id,
            "number": entity.number,
            "type": entity.type,
            "title": entity.title,
            "marking": entity.marking,
            "tags": list(entity.tags),
        }
        for entity in found
    ]
    answer(told, as_json, lambda: table([[plain(e.number), plain(e.type), plain(e.title, 160)] for e in found]))


@click.command()
@click.argument("file")
@click.argument("number")
@as_json
def show(file: str, number: str, as_json: bool) -> None:
    """Show an entity with its fields and links.

    A claim also shows what it stands on.

    \b
    Example: evidenceboard show board.db C1
    """
    from evidenceboard.cli.naming import entity

    with opened(file, read_only=True) as session:
        told = _shown(session, entity(session.document, number))
    answer(told, as_json, lambda: _show(told))


def _shown(session: Session, found: Entity) -> dict[str, Any]:
    from evidenceboard.cli.judging import judgements_told
    from evidenceboard.cli.naming import attachment_told, comment_told, entity_told, link_told
    from evidenceboard.formats import listing
    from evidenceboard.model.comments import threads

    document = session.document
    told = entity_told(document, found)
    told["judgements"] = judgements_told(session, found.id)
    if found.type == "claim":
        from evidenceboard.model.origins import standing_of

        standing = standing_of(document, found.id)
        told["reports"] = standing.reports
        told["origins"] = {
            "established": standing.established,
            "recorded": standing.recorded,
            "unrecorded": standing.unrecorded,
        }
        told["independent"] = document.numbers_of(standing.independent)
        told["independent_exact"] = standing.exact
        for name in ("cycles", "standing", "grades", "known_through"):
            told[name] = getattr(standing, name)
    told["comments"] = [comment_told(session, one) for thread in threads(document, found.id) for one in thread.all]
    told["links"] = []
    for link in listing.links(document, document.links_of(found.id)):
        ends = link_told(document, link)
        out = link.from_id == found.id
        other = {"direction": "out" if out else "in", "other": ends["to" if out else "from"]}
        own = {"props": ends["props"], "notes": link.notes, "judgements": judgements_told(session, link.id)}
        said = [comment_told(session, one) for thread in threads(document, link.id) for one in thread.all]
        marked = {key: ends[key] for key in ("marking", "marking_reason", "marked")}
        told["links"].append({"id": link.id, "type": link.type, **other, **own, **marked, "comments": said})
    told["attachments"] = [attachment_told(document, kept) for kept in document.attachments_of(found.id)]
    return told


def _show(told: dict[str, Any]) -> list[str]:
    from evidenceboard.cli.naming import comment_line
    from evidenceboard.model.link_types import link_type

    lines = [f"{plain(told['number'])}  {plain(told['type'])}  {plain(told['title'], 400)}"]
    rows = [[key.replace("_", " "), _said(value)] for key, value in told["props"].items() if value not in ("", [])]
    rows += [["marking", f"{plain(told['marked']['marking'])}, {plain(told['marked']['because'], 400)}"]]
    rows += [[key, _said(told[key])] for key in ("tags", "notes") if told[key]]
    if "standing" in told:
        origins = told["origins"]
        counts = [several(told["reports"], "report"), *(f"{origins[key]} {key}" for key in origins)]
        rows += [["standing", told["standing"]], ["origins", ", ".join(counts)]]
        if told["independent"]:
            least = "" if told["independent_exact"] else " (at least; there are too many judgements to be sure)"
            rows += [["independent", ", ".join(map(plain, told["independent"])) + least]]
        rows += [["grades", ", ".join(told["grades"])]] if told["grades"] else []
        rows += [["known through", plain(told["known_through"])]] if told["known_through"] else []
        rows += [["circle", " cites ".join([*circle, circle[0]])] for circle in told["cycles"]]
    rows += [[f"{one['field']} why", plain(one["reason"], 400)] for one in told["judgements"] if one["reason"]]
    lines += [f"  {line}" for line in table(rows)]
    for link in told["links"]:
        kind = link_type(link["type"])
        fields = ", ".join(f"{key.replace('_', ' ')} {_said(value)}" for key, value in link["props"].items() if value)
        word = plain(kind.word if link["direction"] == "out" else kind.reverse)
        lines.append(f"  {word} {plain(link['other'])}" + (f" ({fields})" if fields else ""))
    lines += [f"  {comment_line(one)}" for one in told["comments"]]
    return lines + [f"  {kept['sha256']}  {plain(kept['name'])}" for kept in told["attachments"]]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(", ".join(map(str, value)) if isinstance(value, list) else value, 400)


# A query may begin with “-”, which turns a word or filter round.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("file")
@click.argument("query")
@click.option("--limit", default=20, type=click.IntRange(1, 100_000), help="How many at most.", show_default=True)
@as_json
def search(file: str, query: str, limit: int, as_json: bool) -> None:
    """Find entities by words in any text and by filters.

    The last word may be only begun. Filters stand beside the words, such as
    type:claim grade:<=C3 origins:1 after:2024-10 tag:troops -standing:contested.

    \b
    Example: evidenceboard search board.db "type:claim north korean sold" --limit 5
    """
    from evidenceboard.model.query import read
    from evidenceboard.model.records import Entity
    from evidenceboard.store.index import build
    from evidenceboard.store.sifting import first

    told = []
    with opened(file, read_only=True) as session:
        asked, index = read(query, session.document), build(session.document)
        for entity_id in first(index, session.document, asked, limit):
            found = session.document.get(Entity, entity_id)
            snippet = index.snippet(entity_id, asked.words)
            told.append({"number": found.number, "type": found.type, "title": found.title, "snippet": snippet})
    for problem in asked.problems:
        click.echo(plain(problem, 400), err=True)
    lines = [[plain(hit[key], 160) for key in ("number", "type", "snippet")] for hit in told]
    answer(told, as_json, lambda: table(lines) or ["Nothing was found."])


@click.command()
@click.argument("file")
@click.option("--limit", default=100, type=click.IntRange(1, 10_000_000), help="How many at most.", show_default=True)
@click.option("--author", default="", help="Only by whom has this name, or this id.")
@click.option("--card", default="", metavar="NUMBER", help="Only what is about this card, its links and judgements.")
@click.option("--since", default="", metavar="DATE", help="Only from this day on, such as 2024-10-18.")
@as_json
def history(file: str, limit: int, author: str, card: str, since: str, as_json: bool) -> None:
    """List what was done, newest first. What a merge brought from another copy names the merge.

    \b
    Example: evidenceboard history board.db --limit 5 --card C12
    """
    from evidenceboard.model.date_box import understood

    first = understood(since).span.earliest if since else None
    start = "{:04}-{:02}-{:02}".format(*first) if first else ""
    told: list[dict[str, Any]] = []
    with opened(file, read_only=True) as session:
        about = session.operations_about(session.document.entity(card).id) if card else None
        brought, read = session.steps.brought(), 0
        while len(told) < limit and (page := session.history(_PAGE, read)):
            read += len(page)
            for operation, changes in page:
                name = session.author_name(operation.author_id)
                if (about is not None and operation.id not in about) or operation.at[:10] < start:
                    continue
                if author and author != operation.author_id and author.casefold() != name.casefold():
                    continue
                told.append(
                    {
                        "id": operation.id,
                        "at": operation.at,
                        "author": name or operation.author_id,
                        "label": operation.label,
                        "kind": operation.kind,
                        "changes": changes,
                        "came_with": brought.get(operation.id),
                    }
                )
    told = told[:limit]
    mark = {True: " (came with a merge)", False: ""}
    lines = [
        [
            str(one["at"])[:19].replace("T", " "),
            plain(one["kind"]),
            plain(one["label"], 120) + mark[bool(one["came_with"])],
        ]
        for one in told
    ]
    answer(told, as_json, lambda: table(lines))
