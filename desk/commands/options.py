"""Arguments that several commands share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer


def moment(text: str) -> datetime:
    """A day or a time as ISO 8601 writes it; UTC where no zone is given."""
    try:
        read = datetime.fromisoformat(text.strip())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter("write a day, 2026-03-01, or a time, 2026-03-01T08:30 (UTC)") from error


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
