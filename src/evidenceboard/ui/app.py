"""The door to the window: says in one sentence what is missing on this machine, instead of failing later."""

from __future__ import annotations

import ctypes
import gc
import os
import re
import sys
from collections.abc import Mapping
from typing import Final

PACKAGES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}
"""Libraries that Qt cannot be loaded without, and the Debian packages that hold them."""
X_PACKAGES: Final = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
"""Libraries that a window on X needs beside them. Without one Qt would end the process."""


NUMPY: Final = {"NUMPY_MADVISE_HUGEPAGE": "0", "OPENBLAS_NUM_THREADS": "1"}
"""What numpy is told before it is loaded. Else Linux looks for pages of 2 MB for each large array, which may take it a
tenth of a second in the middle of a drag; and threads for large matrices, of which there are none, keep a core busy
for some time as they begin."""


def main(path: str | None = None) -> int:
    """Show the window, on a file where one is given, and return the exit code."""
    for name, value in NUMPY.items():
        os.environ.setdefault(name, value)
    said = missing_on_screen(os.environ) if sys.platform.startswith("linux") else ""
    if not said:
        # The modules stay: looking for garbage among them only keeps the window waiting. `run` turns it on again.
        gc.disable()
        try:
            from evidenceboard.ui.unread import leave_sources_unread

            leave_sources_unread()
            from evidenceboard.ui import program
        except ImportError as error:
            said = missing_library(error)
            if not said:
                raise
        else:
            return program.run(path)
    print(said, file=sys.stderr)
    return 1


def missing_library(error: ImportError) -> str:
    """Say which package holds the library that was not found; "" where the error is about something else."""
    found = re.search(r"(lib[\w.+-]+\.so[.\d]*)", str(error))
    if found:
        return _install([found.group(1)])
    if error.name and error.name.split(".")[0] in ("PySide6", "shiboken6"):
        return "The window needs PySide6, which is not installed here. Install it with: pip install PySide6-Essentials"
    return ""


def missing_on_screen(environment: Mapping[str, str]) -> str:
    """Say what a window on this screen lacks, or that there is no screen; "" where nothing is known to be missing."""
    if environment.get("QT_QPA_PLATFORM"):
        return ""
    if environment.get("WAYLAND_DISPLAY"):
        return ""
    if not environment.get("DISPLAY"):
        return (
            "There is no screen here to show a window on. Nothing was changed. "
            "`evidenceboard export FILE OUT.pdf` writes the board as a PDF without one."
        )
    return _install([name for name in X_PACKAGES if not _loads(name)])


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install(libraries: list[str]) -> str:
    if not libraries:
        return ""
    known = {**PACKAGES, **X_PACKAGES}
    packages = [known[name] for name in libraries if name in known]
    named = ", ".join(libraries)
    if len(packages) != len(libraries):
        return f"The window cannot be shown: {named} is not on this machine. Install the package that holds it."
    return f"The window cannot be shown: {named} is missing. On Debian or Ubuntu: sudo apt install {' '.join(packages)}"
