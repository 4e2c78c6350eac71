"""`refer`: getting a plea for help to those who can help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from desk.commands.options import AsJson, CaseFolder
from desk.languages import find_language
from desk.paper import Form
from desk.referral import writing
from desk.referral.hotlines import find_hotline
from desk.referral.sheet import make_sheet


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Give")(refer)


def refer(
    case: CaseFolder,
    post: Annotated[str, typer.Argument(metavar="POST", help="The post: its id.", show_default=False)],
    recipient: Annotated[
        str | None,
        typer.Option("--for", help="Whom to tell: an id of config/hotlines.yml; without it, they are listed."),
    ] = None,
    because: Annotated[
        str | None, typer.Option(help="Why you see a person at risk; needed where the post was not read as a plea.")
    ] = None,
    language: Annotated[str, typer.Option(help="The language of the sheet; the post stays as it was written.")] = "en",
    form: Annotated[Form, typer.Option(help="What to write.")] = Form.PDF,
    to: Annotated[Path | None, typer.Option(help="New file to write; in the case's exports when not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Refer a plea for help: find out whom to tell, and write a sheet with no more than they need.

    Nothing is sent. Only this sheet ever takes a plea out of a case; no export does.

    Example: jejak refer demo-case POST --for kh-police
    """
    with Case.open(case) as opened:
        sheet = make_sheet(opened, post, because)
        if recipient is None:
            writing.show_hotlines(sheet, case, as_json)
            return
        written = writing.write(opened, sheet, find_hotline(recipient), find_language(language), form, to)
    writing.show_written(written, as_json)
