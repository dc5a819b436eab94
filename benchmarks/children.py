"""Running a piece of work in a process of its own: offscreen, on a screen of 1920 × 1080, with settings of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from evidenceboard.ui.app import NUMPY

ROOT: Final = Path(__file__).parents[1]
WIDE: Final = 1920
HIGH: Final = 1080


def run(module: str, *words: str, folder: Path, config: str = "config") -> Any:
    """Run a module and return what it printed as JSON; `started` is when, in seconds of the machine's clock.

    Raises `subprocess.CalledProcessError` where it failed, its words on stderr.
    """
    started = time.time()
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=folder,
        env=_environment(folder, config),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    return {**answer, "started": started} if isinstance(answer, dict) else answer


def _environment(folder: Path, config: str) -> dict[str, str]:
    screen = {"name": "s", "x": 0, "y": 0, "width": WIDE, "height": HIGH, "logicalDpi": 96, "logicalBaseDpi": 96}
    (folder / "screen.json").write_text(json.dumps({"screens": [{**screen, "dpr": 1}]}), "utf-8")
    known = [str(Path(part).resolve()) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    # A program that was started before has its modules compiled.
    own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **NUMPY,
        **own,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *known]),
        "QT_LOGGING_RULES": "default.warning=false",  # what this platform says of windows that come to the front
        "QT_QPA_PLATFORM": "offscreen:configfile=screen.json",
        "EVIDENCEBOARD_CONFIG_DIR": str(folder / config),
    }
