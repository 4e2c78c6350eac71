"""`verify`, `seal`, `audit`: proving that nothing was changed, and who did what."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from casefile.chain import Head
from casefile.errors import EvidenceError
from casefile.evidence.verify import Finding
from casefile.settings_files import SETTINGS_FILE
from desk import terminal
from desk.commands.options import AsJson, CaseFolder, moment

_MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (verify, seal, audit):
        app.command(rich_help_panel="Prove")(command)


def verify(
    case: CaseFolder,
    seals: Annotated[
        list[Path] | None,
        typer.Option("--seal", help="A seal's .json kept outside the case (its .sig beside it). May be repeated."),
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="The public key (.pem) that every seal must be made with.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that evidence, journal, seals and database are as they were kept. Exit code 1 when something is not.

    Example: jejak verify demo-case
    """
    from casefile.seals.keys import read_public_key
    from casefile.verify import verify_case

    with _opened(case) as opened:
        head = opened.manifest.head()
        wanted = read_public_key(key) if key else None
        with terminal.progress("Checking", "bytes") as progress:
            findings = list(verify_case(opened, progress, seals=seals or (), key=wanted))
        _tell_verified(opened, head, findings, as_json)
        _note_verified(opened, len(findings))
    if findings:
        raise typer.Exit(1)


@contextmanager
def _opened(folder: Path) -> Iterator[Case]:
    """The case; where it can only be read, with a database of its own that is made from the evidence."""
    if not (folder / SETTINGS_FILE).is_file() or os.access(folder, os.W_OK):
        with Case.open(folder) as case:
            yield case
        return
    terminal.note(f"{folder} can only be read: its case.db is left aside, and nothing is written down.", "yellow")
    with (
        tempfile.TemporaryDirectory(prefix="jejak-verify-") as room,
        Case.open(folder, database=Path(room) / "case.db") as case,
    ):
        yield case


def _note_verified(case: Case, findings: int) -> None:
    if not os.access(case.folder, os.W_OK):
        return
    try:
        case.audit("verify", findings=findings)
    except EvidenceError as error:
        terminal.note(f"That it was verified could not be written down: {error}", "yellow")


def _tell_verified(case: Case, head: Head, findings: list[Finding], as_json: bool) -> None:
    from casefile.forgetting.forgotten import read_forgotten
    from casefile.seals.seal import read_seals
    from desk.answers.shown import counted
    from desk.sealing import seal_json, seal_words

    seals, _ = read_seals(case.journal.whole_entries())
    gone = list(read_forgotten(case.manifest.whole_entries()))
    if as_json:
        told = {"sound": not findings, "lines": head.seq, "head": head.sha256}
        listed = [{"item": f.item, "problem": f.problem} for f in findings]
        forgotten = [asdict(one) | {"at": one.at.isoformat()} for one in gone]
        seals_told = [seal_json(case, seal) for seal in seals]
        terminal.say_json({**told, "seals": seals_told, "forgotten": forgotten, "findings": listed})
        return
    if findings:
        terminal.say(f"{case.folder}: {len(findings)} things are not as they were kept:", "bold red")
        for finding in findings[:_MOST_SHOWN]:
            terminal.say(f"  {finding}")
        if len(findings) > _MOST_SHOWN:
            terminal.say(f"  and {len(findings) - _MOST_SHOWN} more (--json lists all)")
    else:
        terminal.say(f"{case.folder}: everything is as it was kept.", "bold green")
        terminal.say(f"{head.seq:,} lines of the manifest, head {head.sha256}")
    for one in gone:
        terminal.say(
            f"Forgotten on {one.at:%Y-%m-%d} by {one.by}: {counted(one.posts, 'post')}, {counted(one.spans, 'place')} "
            f"of the evidence ({one.because})"
        )
    for seal in seals[-3:]:
        terminal.say(seal_words(case, seal))


def seal(
    case: CaseFolder,
    stamp: Annotated[
        bool, typer.Option("--stamp", help="Seal nothing; only get the time stamps that are missing.")
    ] = False,
    reply: Annotated[
        list[Path] | None,
        typer.Option(help="Seal nothing; take an authority's reply (.tsr) that was fetched by other means."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Sign the case as it is now, so that later nobody can change or cut it unseen, and have the time attested.

    The key is made when a case is sealed first, and lies outside the case. Time stamps (RFC 3161) are asked for when
    case.toml names an authority; if it cannot be reached, the requests wait in seals/.

    Example: jejak seal demo-case
    """
    from desk import sealing

    with Case.open(case) as opened:
        outcome = sealing.stamp(opened, reply or ()) if stamp or reply else sealing.seal(opened)
        sealing.show(opened, outcome, as_json)
    if outcome.unstamped and outcome.sealed is None:
        raise typer.Exit(1)


def audit(
    case: CaseFolder,
    action: Annotated[
        list[str] | None, typer.Option("--action", "-a", help="Only this: crawl, export, view, judgement, seal, …")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Only what this person did.", show_default=False)] = None,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", parser=moment, help="Only what was done since then (UTC).", show_default="all"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List who did what in this case, and when: crawls, imports, judgements, views of pleas, exports, seals.

    Names come from the system, or from JEJAK_USER where several people share one account.

    Example: jejak audit demo-case --action export
    """
    from desk.answers import audit as answer

    with Case.open(case) as opened:
        answer.show(opened, action or [], by, since, as_json)
