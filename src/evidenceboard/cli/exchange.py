"""Verbs that hand a board on or take something in: import, export, formats, generate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

from evidenceboard.cli.answers import FailedError, answer, as_json, plain, several, table

_SHOWN: Final = 30
"""Findings that are printed in words."""


@click.command(name="import")
@click.argument("file")
@click.argument("input")
@click.option("--format", "format_id", default="", help="The format, where it cannot be told from the input.")
@click.option("--mapping", default="", metavar="M.json", help="Which column of a table says what, as JSON.")
@click.option("--board", default="", help="The board for new cards, by title or id; else the first.")
@as_json
def import_(file: str, input: str, format_id: str, mapping: str, board: str, as_json: bool) -> None:
    """Take in what another program wrote, all or nothing.

    FILE is made where there is none.

    \b
    Example: evidenceboard import board.db actors.csv
             evidenceboard import board.db people.csv --mapping mapping.json
      where mapping.json is {"type": "actor", "columns": {"Full name": "title", "Row": null}}
    """
    from evidenceboard.cli.progress import progress
    from evidenceboard.formats.importing import import_file

    read = _mapping(mapping) if mapping else None
    with progress("Importing") as step:
        taken = import_file(
            Path(file), Path(input), format_id=format_id, mapping=read, board=board, tick=step or (lambda share: None)
        )
    report, made = taken.report, taken.operation
    done = not report.problems
    told: dict[str, Any] = {
        "ok": done,
        "created": dict(sorted(report.created.items())) if done else {},
        "links": report.links if done else 0,
        "cards": report.cards if done else 0,
        "frames": report.frames if done else 0,
        "problems": [{"where": one.where, "what": one.what} for one in report.problems],
        "notes": [{"where": one.where, "what": one.what} for one in report.notes],
        "operation": {"id": made.id, "label": made.label} if made else None,
    }
    if not done:
        told["error"] = _problems(told["problems"])
    answer(told, as_json, lambda: _imported(told))
    if not done:
        raise FailedError(told["error"])


def _mapping(path: str) -> dict[str, Any]:
    from evidenceboard.errors import FormatError

    try:
        read = json.loads(Path(path).read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise FormatError("The mapping cannot be read as JSON; nothing was changed.", "Check the file.") from error
    if not isinstance(read, dict):
        raise FormatError("The mapping is no JSON object; nothing was changed.", "`import --help` shows one.")
    return read


def _problems(problems: list[dict[str, str]]) -> str:
    first = problems[0]
    more = f" (and {several(len(problems) - 1, 'more problem')})" if problems[1:] else ""
    return f"Nothing was imported: {plain(first['where'])}: {plain(first['what'], 300)}{more}."


def _imported(told: dict[str, Any]) -> list[str]:
    findings = [*told["problems"], *told["notes"]]
    lines = [f"{plain(one['where'])}: {plain(one['what'])}" for one in findings[:_SHOWN]]
    if len(findings) > _SHOWN:
        lines.append(f"… and {len(findings) - _SHOWN:,} more; --json has them all.")
    if told["ok"]:
        counts = [several(count, plain(word)) for word, count in told["created"].items()]
        counts += [several(told[key], key[:-1]) for key in ("links", "cards", "frames") if told[key]]
        lines.append(f"Imported: {', '.join(counts) or 'nothing that was not there already'}.")
    return lines


@click.command()
@click.argument("file")
@click.argument("out")
@click.option("--format", "format_id", default="", help="The format, where the ending of OUT does not say it.")
@click.option("--board", default="", help="The board that is shown, by title or id; else the first.")
@click.option(
    "--product",
    default="poster",
    type=click.Choice(["poster", "atlas", "report"]),
    help="What the PDF is: one page, tiles of pages, or text.",
)
@click.option("--paper", default="", help="The size of the paper, such as A4.")
@click.option("--at-most", default="", metavar="MARKING", help="Leave out what is marked above, such as TLP:GREEN.")
@click.option("--pixels", is_flag=True, help="Paint the PDF as a picture.")
@click.option("--attachments", is_flag=True, help="Take the bytes of attachments along (JSON).")
@click.option("--scale", type=click.FloatRange(0.01, 20), help="Pixels for one board unit (PNG).")
@as_json
def export(
    file: str, out: str, format_id: str, board: str, product: str, paper: str, at_most: str, pixels: bool,
    attachments: bool, scale: float | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a board as PDF, PNG or SVG, or a whole file as data.

    Data formats are JSON, CSV and Markdown.

    \b
    Example: evidenceboard export board.db board.pdf
             evidenceboard export board.db tables/ --format csv
    """
    from evidenceboard.cli.exporting import Wanted, exported
    from evidenceboard.cli.progress import progress

    with progress("Exporting") as step:
        wanted = Wanted(format_id, board, product, paper, at_most, pixels, attachments, scale, step)
        told = exported(Path(file), out, wanted)
    answer(told, as_json, lambda: _exported(told))


def _exported(told: dict[str, Any]) -> list[str]:
    lines = [f"Wrote {told['out']} ({told['bytes']:,} bytes)."]
    lines += [f"Not in it: {plain(said)}." for said in told["not_expressed"]]
    if told["withheld"]:
        lines.append(f"Withheld by marking: {told['withheld']:,}.")
    return lines


@click.command()
@as_json
def formats(as_json: bool) -> None:
    """List the formats that are read and written.

    \b
    Example: evidenceboard formats
    """
    from evidenceboard.formats import FORMATS

    told = [
        {
            "id": kind.id,
            "words": kind.words,
            "endings": list(kind.endings),
            "reads": kind.read is not None,
            "writes": kind.write is not None,
        }
        for kind in FORMATS
    ]
    said = {(True, True): "read and written", (True, False): "read", (False, True): "written"}
    rows = [[kind.id, said[kind.read is not None, kind.write is not None], kind.words] for kind in FORMATS]
    answer(told, as_json, lambda: table(rows))


@click.command()
@click.argument("file")
@click.option("--cards", required=True, type=click.IntRange(1, 1_000_000), help="How many cards.")
@click.option("--links", required=True, type=click.IntRange(0, 5_000_000), help="How many links.")
@click.option("--seed", type=int, default=None, help="The same seed makes the same board.")
@as_json
def generate(file: str, cards: int, links: int, seed: int | None, as_json: bool) -> None:
    """Make a board of made-up things for load tests.

    \b
    Example: evidenceboard generate large.db --cards 500 --links 1000
    """
    from evidenceboard.cli.progress import waiting
    from evidenceboard.commands.generate import generated

    with waiting("Making it up"):
        told = generated(Path(file), cards=cards, links=links, seed=seed)
    said = f"Made {file} with {several(told['cards'], 'card')} and {several(told['links'], 'link')}."
    answer({"ok": True, "file": file, **told}, as_json, lambda: [said])
