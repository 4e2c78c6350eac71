"""What a child process that runs our own code needs, from wherever it is started."""

from __future__ import annotations

import os
from pathlib import Path

CODE_FOLDER = Path(__file__).resolve().parent.parent
"""The folder that our packages lie in."""


def child_environment() -> dict[str, str]:
    """This process's environment, in which our packages are found, and what is said is UTF-8."""
    paths = [str(CODE_FOLDER), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
