"""The list of the outline: however it is changed and narrowed, it is what a list made anew would be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QIcon
from pytestqt.qtbot import QtBot

from evidenceboard import Session, commands
from evidenceboard.model.document import Document
from evidenceboard.ui.panels.outline_model import COUNT, ID, OutlineModel

TYPES = ("claim", "event", "source")
STEPS = st.tuples(
    st.sampled_from(["add", "many", "title", "remove", "undo", "redo", "narrow", "narrow later", "finish"]),
    st.integers(0, 9),
)


def model_of(document: Document, parent: QObject) -> OutlineModel:
    return OutlineModel(lambda: document, lambda _: (QIcon(), QColor()), parent)


def lines(model: OutlineModel) -> list[tuple[object, ...]]:
    return [tuple(model.index(row).data(role) for role in (0, ID, COUNT)) for row in range(model.rowCount())]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_after_any_changes_it_lists_what_a_list_made_anew_would(
    qtbot: QtBot, tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    path, parent = tmp_path / "board.db", QObject()
    path.unlink(missing_ok=True)
    with Session.create(path) as session:
        document, filter_ = session.document, ("", frozenset[str]())
        with session.transaction("Fill") as tx:
            # More than is read at once, so that changes come while the list is being made.
            for n in range(1100):
                commands.add_entity(tx, "claim", title=f"Claim {n % 7}")
        model = model_of(document, parent)
        session.subscribe(model.changed)
        for step, which in steps:
            here = document.entities
            if step in ("add", "many"):
                with session.transaction("Add") as tx:
                    for n in range(1 if step == "add" else 230):
                        commands.add_entity(tx, TYPES[(which + n) % 3], title=f"Added {which}")
            elif step == "title":
                with session.transaction("Change") as tx:
                    commands.set_fields(tx, here[which].id, title=f"Other {which}")
            elif step == "remove":
                with session.transaction("Remove") as tx:
                    commands.remove(tx, [here[-1 - which].id])
            elif step == "undo" and session.undo_label() not in ("Make a new board", "Fill"):
                session.undo()
            elif step == "redo":
                session.redo()
            elif step.startswith("narrow"):
                filter_ = ("", "claim", "claim 1", "1", "other", "added")[which % 6], frozenset(TYPES[which % 4 : 3])
                model.choose(*filter_)
                if step == "narrow":
                    model.finish()
            else:
                model.finish()
        model.finish()
        fresh = model_of(document, parent)
        fresh.finish()
        fresh.choose(*filter_)
        fresh.finish()
        assert lines(model) == lines(fresh)


def test_a_filter_of_many_lines_is_applied_while_the_window_lives_and_the_old_list_stays_until_then(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidenceboard.ui.turns.TURN", 0.0)
    parent = QObject()
    with Session.create(tmp_path / "board.db") as session:
        with session.transaction("Fill") as tx:
            for n in range(3000):
                commands.add_entity(tx, "claim", title=f"Claim {'odd' if n % 2 else 'even'}")
        model = model_of(session.document, parent)
        qtbot.waitUntil(lambda: model.listed() == 3000)
        model.choose("odd", frozenset())
        assert model.listed() == 3000
        qtbot.waitUntil(lambda: model.listed() == 1500)
