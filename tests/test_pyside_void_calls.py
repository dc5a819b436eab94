"""The window library and the interpreter: some pairs lose count of None, and the process dies within seconds."""

from __future__ import annotations

import subprocess
import sys

CALLS = """
from PySide6.QtCore import QPoint
point = QPoint()
for step in range(20_000):
    point.setX(step)
print("alive", point.x())
"""


def test_twenty_thousand_calls_that_return_nothing_leave_the_interpreter_alive() -> None:
    # In a process of its own, for where it goes wrong it takes the interpreter along.
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "alive 19999\n"), done.stderr[-600:]
