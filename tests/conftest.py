"""What every test stands on: a folder of its own for what the program remembers, no screen, and a small real board."""

from __future__ import annotations

import gc
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

from evidenceboard import Session, commands

# Before anything imports Qt: the platform is chosen once.
if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("here", deadline=None, max_examples=50, suppress_health_check=_SLOW)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.register_profile("few", settings.get_profile("ci"), max_examples=5)  # where a test runs a second time
settings.load_profile("ci" if os.environ.get("CI") else "here")


_CLOSED = itertools.count(1)
_TOLD: Final = 10
"""How many of the longest holds of the window are told at the end."""


def _forget_windows() -> None:
    """Look through everything now and then: a run opens a thousand windows, and none is in front to be waited for."""
    if next(_CLOSED) % 25 == 0:
        gc.unfreeze()
        gc.collect()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell which gestures held the window longest; tests/ui/board measures it, in whichever process a test ran."""
    holds = [
        (took, report.nodeid)
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, took in report.user_properties
        if name == "held"
    ]
    if holds:
        terminalreporter.section(f"the {min(_TOLD, len(holds))} longest holds of the window")
        for took, test in sorted(holds, reverse=True)[:_TOLD]:
            terminalreporter.line(f"{took * 1000:8.0f} ms  {test}")


@pytest.fixture(autouse=True, scope="session")
def config_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what boards that several tests share make the program remember away from what the user's own remembers."""
    os.environ["EVIDENCEBOARD_CONFIG_DIR"] = str(tmp_path_factory.mktemp("config_of_the_run"))


@pytest.fixture(autouse=True)
def own_config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep what the program remembers in a folder of this test, and close the windows that it leaves open."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("EVIDENCEBOARD_CONFIG_DIR", str(folder))
    monkeypatch.setenv("EVIDENCEBOARD_AUTHOR", "")  # nobody is asked for a name but in the tests of that
    yield folder
    # Only where a test has loaded the window: the core is also tested where Qt is not installed.
    window = sys.modules.get("evidenceboard.ui.window")
    if window is not None:
        for shown in window.windows():
            # Also where its file was taken away under it.
            shown.watch.may_go = True
            shown.board.editor.give_up()
            shown.close()
        _forget_windows()


@pytest.fixture(autouse=True)
def one_application(request: pytest.FixtureRequest) -> None:
    """Let what paints use the application of the windows: a process can have only one, and it must suit both."""
    if request.node.get_closest_marker("qt"):
        request.getfixturevalue("qapp")


@pytest.fixture
def board_path(tmp_path: Path) -> Path:
    """Return a small real board: an actor, two claims in three scripts, a source that states one, and a scenario."""
    path = tmp_path / "board.db"
    with Session.create(path, title="Winter") as made, made.transaction("Add cards") as tx:
        board = made.document.boards[0].id
        actor = commands.add_entity(tx, "actor", title="Міністерство оборони", props={"kind": "organisation"})
        said = commands.add_entity(tx, "claim", title="Lorries carried 3,000 soldiers")
        unsourced = commands.add_entity(tx, "claim", title="드론 부대가 도착했다")
        source = commands.add_entity(tx, "source", title="Weekly report", props={"reliability": "B"})
        scenario = commands.add_entity(tx, "scenario", title="They stay until spring")
        commands.link(tx, "states", source.id, said.id, props={"credibility": "2"})
        commands.link(tx, "asserts", actor.id, unsourced.id)
        commands.link(tx, "bears on", said.id, scenario.id, props={"consistency": "C"})
        for place, entity in enumerate((actor, said, unsourced, source, scenario)):
            commands.place(tx, board, entity.id, x=place * 320, y=place % 2 * 240)
    return path


@pytest.fixture
def session(board_path: Path) -> Iterator[Session]:
    """Return the small board, open."""
    with Session.open(board_path) as opened:
        yield opened


@pytest.fixture
def children() -> Callable[[int], list[int]]:
    """Return what lists the processes that a process has begun and not yet ended, whichever thread did."""

    def says(pid: int) -> bytes:
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes()
        return b""

    def listed(pid: int) -> list[int]:
        found: list[int] = []
        for thread in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, thread.read_text().split())
        return [one for one in found if says(one) != says(pid)]  # one that has just been forked is none of its own yet

    return listed
