"""What Qt for Python reads when modules are loaded after it."""

from __future__ import annotations

import subprocess
import sys

LOAD = """
import linecache
from evidenceboard.ui.unread import leave_sources_unread

leave_sources_unread()
from evidenceboard.ui import program
from PySide6.QtCore import QObject

print(sum("evidenceboard" in name for name in linecache.cache), QObject().objectName() == "")
"""


def test_the_text_of_no_module_is_read_for_the_window_and_qt_keeps_its_names() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    assert done.stdout.split() == ["0", "True"]
