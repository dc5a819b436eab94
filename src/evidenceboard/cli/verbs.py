"""The verbs in one list, what becomes of an error, and what is not a verb: a file to show in the window."""

from __future__ import annotations

import difflib
import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import click

from evidenceboard import __version__
from evidenceboard.cli import changing, exchange, files, looking, merging, reviewing, sharing, snapshot_verbs, weighing
from evidenceboard.cli.answers import FailedError, complain
from evidenceboard.errors import EvidenceBoardError

VERBS: Final = (
    files.new, files.info, files.check, looking.list_, looking.show, changing.add, changing.link, changing.set_,
    changing.remove, changing.layout, changing.undo, changing.redo, looking.search, exchange.import_, exchange.export,
    looking.history, exchange.generate, exchange.formats, files.attach, files.verify, reviewing.timeline,
    reviewing.health, weighing.matrix, merging.diff, merging.merge, snapshot_verbs.snapshots, snapshot_verbs.restore,
    sharing.share,
)  # fmt: skip


# The package comes without types, so its one class is taken by name.
_DefaultGroup: Final[Any] = import_module("click_default_group").DefaultGroup


@click.version_option(__version__, prog_name="evidenceboard")
def _verbs() -> None:
    """Look at a board file, change it, hand it on. Without a verb the window opens, on FILE where one is given.

    EVIDENCEBOARD_AUTHOR is the name or pseudonym that you leave in the files you change; empty: without a name.

    \b
    Example: evidenceboard info board.db
    """


_group: Final[Any] = click.group(cls=_DefaultGroup, default="window", default_if_no_args=True)
verbs: Final[click.Group] = _group(_verbs)


@verbs.command(hidden=True)
@click.argument("file", required=False)
@click.argument("more", nargs=-1)
@click.pass_context
def window(context: click.Context, file: str | None, more: tuple[str, ...]) -> None:
    """Show the window."""
    if file is not None and not Path(file).exists():
        near = difflib.get_close_matches(file.lower(), [verb.name or "" for verb in VERBS], n=1)
        if near and not Path(file).suffix:
            raise click.UsageError(f"There is no verb “{file}”. Did you mean `{near[0]}`?")
        if more:
            raise click.UsageError(f"There is no verb “{file}”. `evidenceboard --help` lists the verbs.")
    if more:
        raise click.UsageError("The window shows one file at a time.")
    context.exit(context.obj(file))


for _verb in VERBS:
    verbs.add_command(_verb)


def run(words: Sequence[str], show_window: Callable[[str | None], int]) -> int:
    """Run a verb and return the exit code: 0 done, 1 not done, 2 called wrongly, 130 stopped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = verbs.main(list(words), prog_name="evidenceboard", standalone_mode=False, obj=show_window)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except FailedError as error:
        complain(error.said)
        return 1
    except EvidenceBoardError as error:
        return _failed(words, str(error), 1, error)
    except click.UsageError as error:
        verb = error.ctx.command if error.ctx else None
        place = error.ctx.command_path if error.ctx and verb and not verb.hidden else "evidenceboard"
        return _failed(words, f"{error.format_message()} See `{place} --help`.", 2)
    except click.ClickException as error:
        return _failed(words, error.format_message(), 1)
    except (click.Abort, KeyboardInterrupt) as error:
        complain(str(error.__cause__ or error) or "Stopped.")
        return 130
    except BrokenPipeError:
        # Whoever read the answer has enough of it, such as `head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _failed(words: Sequence[str], said: str, code: int, error: EvidenceBoardError | None = None) -> int:
    complain(said)
    if "--json" in words:
        told: dict[str, Any] = {"ok": False, "error": error.message if error else said}
        if error and error.hint:
            told["hint"] = error.hint
        if refused := getattr(error, "code", None):
            told["refused"] = refused
        print(json.dumps(told, ensure_ascii=False, indent=1))
    return code


def tell_of_a_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in one line that something of ours went wrong, and where, without text of a record."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "somewhere"
    complain(
        f"Something in this program went wrong ({kind.__name__} at {where}), so this was not done. "
        "All that was done before is in your file."
    )
