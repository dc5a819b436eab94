"""The verb that hands a board on without what is not meant for others: share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from evidenceboard.cli.answers import answer, as_json, plain, several
from evidenceboard.cli.opened import opened

if TYPE_CHECKING:
    from evidenceboard.model.document import Document
    from evidenceboard.sharing.choice import Choice
    from evidenceboard.sharing.copying import Shared

_SHOWN: Final = 20
_ONE: Final = {"entities": "entity", "custody": "entry of custody"}
_ALIASED: Final = ("actors", "sources", "places")


@click.command()
@click.argument("file")
@click.argument("out")
@click.option("--at-most", default="", metavar="MARKING", help="Leave out what is marked above, such as TLP:GREEN.")
@click.option("--keep", default="", metavar="WHAT", help="Of history,authors,notes,attachments what goes along too.")
@click.option("--boards", multiple=True, metavar="BOARD", help="Only this board, by title or id; may be repeated.")
@click.option("--types", default="", metavar="TYPES", help="Only things of these types, such as claim,source.")
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="NUMBER=NAME",
    help="Give a thing another name wherever it is named; actors, sources or places alone name all of them.",
)
@click.option("--merge-back", is_flag=True, help="Keep the ids, so that the copy can be merged back.")
@as_json
def share(
    file: str, out: str, at_most: str, keep: str, boards: tuple[str, ...], types: str, aliases: tuple[str, ...],
    merge_back: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write a clean copy: a new board file of what may go, searched for all that may not.

    Without --keep neither history, authors, notes nor attachments go along. FILE is only read; OUT must not be there.

    \b
    Example: evidenceboard share board.db for_olena.db --at-most TLP:GREEN --keep notes
             evidenceboard share board.db for_press.db --alias sources --alias "A3=The minister"
    """
    from evidenceboard.cli.progress import progress
    from evidenceboard.sharing.copying import share as share_copy

    with opened(file, read_only=True) as session, progress("Sharing") as step:
        choice = _choice(session.document, at_most, keep, boards, types, aliases, merge_back)
        done = share_copy(session, Path(out), choice, step or (lambda share: None))
        problems = len(session.problems)
    told = _told(out, done, problems)
    answer(told, as_json, lambda: _said(told))


def _choice(
    document: Document, at_most: str, keep: str, boards: tuple[str, ...], types: str, aliases: tuple[str, ...],
    merge_back: bool,
) -> Choice:  # fmt: skip
    from evidenceboard.cli.exporting import marking_word
    from evidenceboard.formats import listing
    from evidenceboard.sharing.choice import KEEP, Choice

    kept = {word.strip().lower() for word in keep.split(",") if word.strip()}
    if unknown := sorted(kept - set(KEEP)):
        raise _refused("--keep", unknown[0], ", ".join(KEEP))
    known = sorted({entity.type for entity in document.entities})
    wanted = {word.strip().lower() for word in types.split(",") if word.strip()}
    if unknown := sorted(wanted - set(known)):
        raise _refused("--types", unknown[0], ", ".join(known))
    return Choice(
        at_most=marking_word(at_most),
        boards=frozenset(listing.board(document, one).id for one in boards) or None,
        types=frozenset(wanted) or None,
        mergeable=merge_back,
        aliases=_aliases(document, aliases),
        **{word: word in kept for word in KEEP},
    )


def _aliases(document: Document, aliases: tuple[str, ...]) -> dict[str, str]:
    from evidenceboard.cli import naming
    from evidenceboard.errors import InvalidValueError
    from evidenceboard.sharing.names import numbered

    found: dict[str, str] = {}
    for one in aliases:
        number, equals, name = one.partition("=")
        if one in _ALIASED:
            found |= numbered(document, one.removesuffix("s"))
        elif equals and name.strip():
            found[naming.entity(document, number.strip()).id] = name.strip()
        else:
            raise InvalidValueError(
                "“--alias” does not take this; nothing was written.",
                f"It takes a number and a name, such as A3=Source 7, or one of {', '.join(_ALIASED)}.",
            )
    return found


def _refused(option: str, word: str, allowed: str) -> Exception:
    from evidenceboard.errors import InvalidValueError

    return InvalidValueError(
        f"“{option}” does not take “{plain(word, 40)}”; nothing was written.", f"It takes {allowed}."
    )


def _told(out: str, done: Shared, problems: int) -> dict[str, Any]:
    account = done.account
    return {
        "ok": True,
        "out": out,
        "bytes": done.size,
        "withheld": account.withheld,
        "checked": {"strings": done.checked.strings, "found": 0, "too_common": done.checked.apart},
        "goes": dict(account.goes),
        "stays": dict(account.stays),
        "hanging_links": account.hanging,
        "emptied": dict(account.emptied),
        "renamed": account.renamed,
        "still_named": [{"where": one.where, "field": one.field} for one in account.still],
        "pictures": {"repainted": len(done.files.anew), "left_out": done.files.left_out},
        "history": {"operations": done.kept_operations, "emptied": done.emptied_rows},
        "problems": problems,
    }


def _said(told: dict[str, Any]) -> list[str]:
    def counts(key: str) -> str:
        return ", ".join(several(n, _ONE.get(table, table[:-1]), table) for table, n in told[key].items() if n)

    lines = [f"Wrote {plain(told['out'])} ({told['bytes']:,} bytes).", f"In it: {counts('goes')}."]
    lines.append(f"Withheld: {counts('stays') or 'nothing'}.")
    say: list[tuple[Any, Callable[[Any], str]]] = [
        (told["hanging_links"], lambda n: f"Of the links {n:,} stay behind because one of their ends does."),
        (told["emptied"].get("notes"), lambda n: f"Notes were taken out in {several(n, 'place')}."),
        (told["emptied"].get("reasons"), lambda n: f"Reasons were taken out in {several(n, 'place')}."),
        (told["emptied"].get("unknown"), lambda n: f"{several(n, 'foreign property', 'foreign properties')} left out."),
        (told["pictures"]["repainted"], lambda n: f"{several(n, 'picture')} painted anew, without what lay beside."),
        (told["pictures"]["left_out"], lambda n: f"{several(n, 'picture')} could not be painted anew and stayed."),
        (told["history"]["operations"], lambda n: f"History: {several(n, 'step')}; what they changed was taken out of "
            f"{several(told['history']['emptied'], 'row')}, the author of each is a random id."),
        (told["problems"], lambda n: f"{several(n, 'value')} of the file could not be read as they are; `check` lists "
            "them. The copy has what is shown for them."),
    ]  # fmt: skip
    lines += [words(value) for value, words in say if value]
    for one in told["still_named"][:_SHOWN]:
        lines.append(f"A withheld name still stands in {plain(one['where'])}, {plain(one['field'])}.")
    if (more := len(told["still_named"]) - _SHOWN) > 0:
        lines.append(f"… and in {more:,} more places; --json has them all.")
    checked = told["checked"]
    lines.append(f"Searched for {several(checked['strings'], 'withheld string')}: none is in it.")
    return lines
