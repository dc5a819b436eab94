"""The report of a bug of ours: versions and where it happened. No text of a board, no path, no name of a person.

What an exception says may quote anything (a key, a value, a file), so it is left out, but for sentences of Python's
own that are known word for word; in those, what is quoted is kept only where it names one of Python's own types.
"""

from __future__ import annotations

import builtins
import platform
import re
import sys
import sysconfig
import traceback
from pathlib import Path
from typing import Final

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

import evidenceboard

_CAUSES: Final = 6
_FRAMES: Final = 40
"""Places that are named of one traceback; of more the middle is left out."""
_KNOWN: Final = (
    r"'\w+' object has no attribute '\w+'",
    r"'\w+' object is not (callable|iterable|subscriptable|an iterator)",
    r"'\w+' object does not support item (assignment|deletion)",
    r"unsupported operand type\(s\) for \S+: '\w+' and '\w+'",
    r"'\S+' not supported between instances of '\w+' and '\w+'",
    r"(list|tuple|string|bytearray) index out of range",
    r"(list|tuple|string) indices must be integers or slices, not \w+",
    r"pop from an? (empty list|empty deque|empty set)",
    r"(float |integer )?division( or modulo)? by zero",
    r"dictionary changed size during iteration",
    r"maximum recursion depth exceeded( while calling a Python object| in comparison)?",
    r"not enough values to unpack \(expected \d+, got \d+\)",
    r"too many values to unpack \(expected \d+\)",
)
_QUOTED: Final = re.compile(r"'([^']*)'")
_OWN_TYPES: Final = {name for name, value in vars(builtins).items() if isinstance(value, type)} | {"NoneType"}
_PACKAGE: Final = Path(evidenceboard.__file__).parent
_LIBRARY: Final = (f"python{sys.version_info.major}.{sys.version_info.minor}", "Lib")
"""Names of the folder of Python's own library, below which a path tells nothing of its user."""
_SIGNS: Final = re.compile(r"[-+*/%@&|^<>=]+")
_DUMP_FRAME: Final = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d+|\?\?\?) in (?P<name>[\w<>.]+)')
_DUMP_HEAD: Final = re.compile(r"(Fatal Python error|Windows fatal exception): (?P<what>[A-Za-z _]{1,60})")
_DUMP_THREAD: Final = re.compile(r"(Current thread|Thread) 0x[0-9a-f]+ ")


def versions() -> str:
    """Return the versions of this program and of what it stands on, and the kind of machine."""
    return (
        f"Evidenceboard {evidenceboard.__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.machine()}, {QGuiApplication.platformName()}"
    )


def report(error: BaseException) -> str:
    """Return what can be said of an exception, that of what caused it included."""
    lines = [versions()]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen and len(seen) < _CAUSES:
        lines.append("because of:" if seen else "")
        seen.add(id(cause))
        lines.append(": ".join(filter(None, (type(cause).__name__, _own_words(cause)))))
        lines += _frames(traceback.extract_tb(cause.__traceback__))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)


def cleaned(dump: str) -> str:
    """Return what Python wrote of a crash (`faulthandler`), line by line what is known; "" where it is about none."""
    lines: list[str] = []
    for line in dump.splitlines():
        if found := _DUMP_HEAD.match(line):
            lines.append(found["what"].strip())
        elif _DUMP_THREAD.match(line):
            lines.append("In one thread, innermost first:")
        elif found := _DUMP_FRAME.fullmatch(line):
            lines.append(f"  {place(found['file'])}:{found['line']} {found['name']}")
    return "\n".join(lines) if any(_DUMP_HEAD.match(line) for line in dump.splitlines()) else ""


def place(filename: str) -> str:
    """Return where a piece of code lies, from the package or Python's own library on; a user's folder is not named."""
    if re.fullmatch(r"<frozen [\w.]+>", filename):
        return filename
    path = Path(filename)
    for house in ("site-packages", "dist-packages"):
        if house in path.parts:
            return "/".join(path.parts[path.parts.index(house) + 1 :])
    if path.is_relative_to(_PACKAGE):
        return path.relative_to(_PACKAGE.parent).as_posix()
    for root in map(Path, sysconfig.get_paths().values()):
        if root.name in _LIBRARY and path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return "elsewhere"


def _frames(stack: traceback.StackSummary) -> list[str]:
    lines = [f"  {place(frame.filename)}:{frame.lineno} {frame.name}" for frame in stack]
    if len(lines) > _FRAMES:
        left = len(lines) - _FRAMES
        lines[_FRAMES // 2 : -_FRAMES // 2] = [f"  and {left} more"]
    return lines


def _own_words(error: BaseException) -> str:
    said = str(error) if len(error.args) == 1 and type(error.args[0]) is str else ""
    if len(said) > 200 or not any(re.fullmatch(pattern, said) for pattern in _KNOWN):
        return ""
    return _QUOTED.sub(lambda found: f"'{found[1] if _tells_nothing(found[1]) else '…'}'", said)


def _tells_nothing(quoted: str) -> bool:
    return quoted in _OWN_TYPES or bool(_SIGNS.fullmatch(quoted))
