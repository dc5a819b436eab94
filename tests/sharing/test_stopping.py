"""Stop while a clean copy is made: every stage listens, and nothing is left anywhere."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import StoppedError
from evidenceboard.sharing.choice import Choice
from evidenceboard.sharing.copying import share

CHOICES = [Choice(history=True, authors=True, notes=True, attachments=True), Choice(at_most="TLP:GREEN")]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def large(board_path: Path) -> Path:
    with Session.open(board_path) as session, session.transaction("Add") as tx:
        for number in range(1500):
            claim = commands.add_entity(tx, "claim", title=f"Lorry {number} went south", notes=f"seen by {number}")
            commands.place(tx, tx.document.boards[0].id, claim.id, x=0, y=number * 100)
        commands.attach(tx, claim.id, "letter.txt", b"Signed in Reykjavik")
        commands.set_fields(tx, claim.id, marking="RED")
    return board_path


@pytest.mark.parametrize("choice", CHOICES)
def test_a_copy_can_be_stopped_in_every_stage_and_leaves_nothing_behind(
    large: Path, choice: Choice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(tmp_path / "own"))
    out = tmp_path / "clean.db"
    shares: list[float] = []
    with Session.open(large, read_only=True) as session:
        share(session, out, choice, shares.append)
        assert shares == sorted(shares)
        told = Counter(int(one * 10) for one in shares)
        assert all(told[tenth] > 1 for tenth in (0, 2, 3, 4, 5)), "rows, writing and searching all listen"
        out.unlink()
        before = files_of(tmp_path)
        for last in sorted({0, 1, *range(2, len(shares) - 1, max(1, len(shares) // 12)), len(shares) - 2}):
            left = [last]

            def stop(share: float, left: list[int] = left) -> None:
                left[0] -= 1
                if left[0] < 0:
                    raise StoppedError("Stopped.")

            with pytest.raises(StoppedError):
                share(session, out, choice, stop)
            assert files_of(tmp_path) == before
        share(session, out, choice)
    assert out.exists()
