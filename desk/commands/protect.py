"""`forget`, `hold`, `release`, `retain`, `lock`, `unlock`: what must go, what must stay, and what nobody may read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from casefile.forgetting.subjects import SubjectKind
from desk import forgetting, holding, locking
from desk.commands.options import AsJson, CaseFolder

Because = Annotated[
    str,
    typer.Option(
        "--because", "-b", help="Why; kept for ever with your name, so name nobody in it.", show_default=False
    ),
]
As = Annotated[
    SubjectKind | None,
    typer.Option("--as", help="What is meant, where the words fit more than one.", show_default=False),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it. Without it, only what would go is shown.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (forget, hold, release, retain, lock, unlock):
        app.command(rich_help_panel="Protect")(command)


def forget(
    case: CaseFolder,
    subject: Annotated[str, typer.Argument(metavar="POST|AUTHOR|CONTACT", help="Whom or what.", show_default=False)],
    because: Because,
    kind: As = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Forget a post, an author or a contact: at a person's request, out of evidence, store, search, index and exports.

    Pages and files that hold it are replaced by records that say so, so that the chain stays whole and `verify` knows it
    from damage. It cannot be undone. What comes by again later is not taken in. What is on hold is not forgotten.

    Example: jejak forget demo-case +6281200001101 --because "request of 3 March, letter 14"
    """
    with Case.open(case) as opened:
        forgetting.forget_subject(opened, subject, kind, because, yes, as_json)


def hold(
    case: CaseFolder,
    subject: Annotated[
        str, typer.Argument(metavar="POST|AUTHOR|CONTACT", help="Whom or what; all of the case when not given.")
    ] = "",
    because: Annotated[
        str, typer.Option("--because", "-b", help="Why; without it, the holds are listed.", show_default=False)
    ] = "",
    kind: As = None,
    as_json: AsJson = False,
) -> None:
    """Hold what a court or a prosecutor needs: it is neither forgotten nor removed for its age, until it is released.

    Example: jejak hold demo-case --because "order of the district court, 12/2026"
    """
    with Case.open(case) as opened:
        holding.hold(opened, subject, kind, because, as_json)


def release(
    case: CaseFolder,
    number: Annotated[int, typer.Argument(help="The number of the hold.", show_default=False)],
    because: Because,
    as_json: AsJson = False,
) -> None:
    """Release a hold; it stays in the journal.

    Example: jejak release demo-case 14 --because "the case was closed"
    """
    with Case.open(case) as opened:
        holding.release(opened, number, because, as_json)


def retain(case: CaseFolder, yes: Yes = False, as_json: AsJson = False) -> None:
    """Remove posts that were not seen for longer than `retention_days` (in case.toml, or in a source) says.

    `jejak watch` does it every day where case.toml says `remove_old = true`. What is on hold stays.

    Example: jejak retain demo-case
    """
    with Case.open(case) as opened:
        forgetting.retain(opened, yes, as_json)


def lock(case: CaseFolder, as_json: AsJson = False) -> None:
    """Lock a case: the whole folder goes into one encrypted file beside it (CASE.locked), under a passphrase.

    The folder is removed when the file was read again and is the same. Without the passphrase nobody opens it, you
    included. JEJAK_PASSPHRASE gives it where nobody can type. It opens without Jejak too: see docs/people.md.

    Example: jejak lock demo-case
    """
    locking.lock(case, as_json)


def unlock(
    locked: Annotated[
        Path, typer.Argument(metavar="CASE.locked", help="The file that `jejak lock` made.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Unlock a case: make the folder again; the encrypted file is removed when all of it is on the disk.

    Example: jejak unlock demo-case.locked
    """
    locking.unlock(locked, as_json)
