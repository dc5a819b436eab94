"""Opening a board for a verb, with a word where something in the file is not as this program wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidenceboard.cli.answers import complain, plain

if TYPE_CHECKING:
    from evidenceboard.session import Session

_LONGEST: Final = 200


@contextmanager
def opened(path: str | Path, *, read_only: bool = False) -> Iterator[Session]:
    """Give the open board. What is wrong in it is told where errors go, so that no changed value passes for content."""
    from evidenceboard.session import Session

    with Session.open(path, read_only=read_only) as session:
        wrong = [*session.problems, *session.hold.entry.sentences]
        if wrong:
            more = f", and {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
            complain(
                f"Not all of {plain(Path(path).name, _LONGEST)} is as this program wrote it: "
                f"{plain(wrong[0], _LONGEST).rstrip('.')}{more}. “evidenceboard check” lists everything."
            )
        yield session
