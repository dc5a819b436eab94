"""Sources that stay unread at the start: texts of modules that Qt for Python would look through, or compile anew.

Both are about its innards, and both give way: what is not found as it is known is left as it was.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from importlib import import_module
from threading import RLock
from typing import Any, Final

_LATER: Final = frozenset(
    f"shibokensupport/signature/{name}.py"
    for name in ("parser", "layout", "lib/enum_sig", "lib/pyi_generator", "lib/tool")
)
"""Modules that Qt for Python keeps as text, and that help to say which arguments a function takes.

Not among them are those that it enters with an error in hand, while which nothing can be loaded.
"""
_STAND_IN: Final = f"""
def __getattr__(name):
    from {__name__} import read
    return read(globals(), name)
"""
_TEXTS: Final[dict[str, bytes]] = {}
_READING: Final = RLock()


def leave_sources_unread() -> None:
    """Load Qt for Python without what only its error messages, and tools that describe it, need.

    It compiles some thousand lines of its own at each start, which takes a twentieth of it; they are compiled when
    something is asked of them, or by `read_rest`. Nor does any module ask for other names of Qt's functions, as in a
    program without sources: to find that out it would read the text of some hundred modules, and keep all of it.
    """
    compile_now = builtins.compile

    def compile_later(source: Any, filename: Any, *rest: Any, **named: Any) -> Any:
        if filename in _LATER and isinstance(source, bytes):
            _TEXTS[filename] = source
            source = _STAND_IN
        return compile_now(source, filename, *rest, **named)

    builtins.compile = compile_later
    try:
        import_module("PySide6.QtCore")
    finally:
        builtins.compile = compile_now
    features: Any = import_module("shibokensupport.feature")
    if hasattr(features, "_mod_uses_pyside"):
        features._mod_uses_pyside = _asks_for_nothing


def read_rest() -> Iterator[None]:
    """Read what was left unread, a module at each step."""
    for filename in sorted(_TEXTS):
        module = sys.modules.get(filename.removesuffix(".py").replace("/", "."))
        if module is not None and filename in _TEXTS:
            getattr(module, "anything", None)
            yield


def read(module: dict[str, Any], name: str) -> Any:
    """Return what is looked up in a module that was left unread; now it is read. Raises `AttributeError`."""
    if not name.startswith("__"):
        with _READING:  # whoever asks meanwhile in another thread waits until all of it is there
            if text := _TEXTS.pop(module["__file__"], b""):
                exec(compile(text, module["__file__"], "exec"), module)
    if name in module:
        return module[name]
    raise AttributeError(f"module {module['__name__']!r} has no attribute {name!r}")


def _asks_for_nothing(module: object) -> bool:
    return False
