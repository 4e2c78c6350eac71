"""`doctor`: is everything well?"""

from __future__ import annotations

from typing import Annotated

import typer

from casefile.health.check import State
from desk.commands.options import AsJson, CaseFolder
from desk.doctor import examining, showing


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Protect")(doctor)


def doctor(
    case: CaseFolder,
    mend: Annotated[bool, typer.Option("--mend", help="Put right what can be put right without you.")] = False,
    network: Annotated[
        bool, typer.Option("--network", help="Ask a page what web sites see of us (network.mirror in case.toml).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look whether case and machine are well, and say what to do where they are not. Exit code 1 when something is wrong.

    Looked at: settings, folders, rights, disk, chains, evidence, database, keys, browser, libraries, sources. Nothing is
    changed without --mend, which makes a damaged database again from the evidence and closes the folder to others.

    With --network, each way out (direct, proxy, Tor) is tried by crawler and browser on a page that tells who asks: the
    address and the words that sites see, and whether any name was looked up on this machine (a leak).

    Example: jejak doctor demo-case
    """
    if mend:
        put_right = showing.show(examining.mend(case), str(case), as_json)
        if any(check.state is State.WRONG for check in put_right):
            raise typer.Exit(1)
    told = showing.show(examining.examine(case), str(case), as_json)
    if network:
        told += showing.show(examining.examine_network(case), str(case), as_json)
    if not as_json:
        showing.show_sum(told, str(case))
    if any(check.state is State.WRONG for check in told):
        raise typer.Exit(1)
