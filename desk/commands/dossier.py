"""`dossier`: one network or recruiter on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from casefile.settings import Handling
from desk.commands.options import AsJson, CaseFolder
from desk.dossier import writing
from desk.handing_over.profiles import OURSELVES
from desk.languages import find_language
from desk.paper import Form


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Give")(dossier)


def dossier(
    case: CaseFolder,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="SUBJECT",
            help="network:… or actor:…, a network's place in the list, a contact.",
            show_default=False,
        ),
    ],
    recipient: Annotated[
        str, typer.Option("--for", help="Who gets it: a file of config/sharing/ or the case's sharing/.")
    ] = OURSELVES,
    language: Annotated[str, typer.Option(help="en, id, km, my, th, vi, zh: a file of config/dossier/.")] = "en",
    form: Annotated[Form, typer.Option(help="What to write.")] = Form.PDF,
    handling: Annotated[Handling | None, typer.Option(help="Mark it more strictly than the case.")] = None,
    purpose: Annotated[str | None, typer.Option(help="What it is given for; kept for the next time.")] = None,
    legal_basis: Annotated[str | None, typer.Option(help="By which right; kept for the next time.")] = None,
    to: Annotated[Path | None, typer.Option(help="New file to write; in the case's exports when not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a dossier on a network or recruiter, in the reader's language, with the proof of every statement.

    Example: jejak dossier demo-case 1 --language id
    """
    wanted = writing.Wanted(
        subject=subject,
        language=find_language(language),
        form=form,
        recipient=recipient,
        handling=handling,
        purpose=purpose,
        legal_basis=legal_basis,
        to=to,
    )
    with Case.open(case) as opened:
        written = writing.write(opened, wanted)
    writing.show(written, as_json)
