"""What Qt for Python reads when it is loaded, and when modules are loaded after it."""

from __future__ import annotations

import subprocess
import sys

import pytest

START = """
import linecache
from evidenceboard.ui import unread

unread.leave_sources_unread()
from evidenceboard.ui import program
from PySide6.QtCore import QObject, QRect

"""
WRONG = """
try:
    {call}
except Exception as error:
    print(type(error).__name__, "".join(str(error).split()))
"""


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", START + code], stdout=subprocess.PIPE, text=True, timeout=120)
    assert done.returncode == 0
    return done.stdout


def test_the_text_of_no_module_is_read_for_the_window_and_qt_keeps_its_names() -> None:
    told = said('print(sum("evidenceboard" in name for name in linecache.cache), QObject().objectName() == "")')
    assert told.split() == ["0", "True"]


def test_what_qt_needs_for_its_messages_only_is_read_when_somebody_asks() -> None:
    assert said("print(len(unread._TEXTS))") == "5\n"
    assert said(WRONG.format(call='QRect("x", "y")') + "print(len(unread._TEXTS))").split()[-1] == "2"
    assert said("print([len(unread._TEXTS) for _ in unread.read_rest()][-1])") == "0\n"


@pytest.mark.parametrize("before", ("", "list(unread.read_rest())"))
@pytest.mark.parametrize(
    ("call", "kind", "expected"),
    (
        ('QRect("x", "y")', "TypeError", "calledwithwrongargumenttypes:PySide6.QtCore.QRect.__init__(str,str)"),
        ("QRect(1, 2, 3, 4).adjusted(1)", "TypeError", "adjustedexpected4arguments,got1"),
        ("QObject(nonsense=1)", "AttributeError", "'nonsense'isnotaQtpropertyorasignal"),
        ("QObject().setObjectName(1, 2)", "TypeError", "takesexactlyoneargument(2given)"),
        ("QObject().setProperty()", "TypeError", "setProperty"),
        ("QObject().nothing", "AttributeError", "nothing"),
    ),
)
def test_a_mistake_is_told_as_ever(before: str, call: str, kind: str, expected: str) -> None:
    told = said(before + WRONG.format(call=call))
    assert told.startswith(kind) and expected in told


def test_mistakes_in_several_threads_at_once_are_errors_and_not_the_end_of_the_program() -> None:
    # Qt for Python itself tells only one of them rightly, and what it stumbled over to the others.
    told = said("""
from threading import Barrier, Thread
told, together = [], Barrier(4)
def run():
    together.wait()
    try:
        QRect("x", "y")
    except (TypeError, NameError) as error:
        told.append("QRect.__init__(str, str)" in str(error))
threads = [Thread(target=run) for _ in range(4)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(len(told), any(told))
""")
    assert told.splitlines()[-1] == "4 True"
