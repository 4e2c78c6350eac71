"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CaseFolder = Annotated[Path, typer.Argument(metavar="CASE", help="The folder of the case.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        "-w",
        min=1,
        max=256,
        help="How many processes read at once.",
        show_default="as many as are worth starting",
    ),
]
