"""`verify`: proving that nothing was changed."""

from __future__ import annotations

import typer

from casefile.case import Case
from casefile.verify import verify_case
from desk import terminal
from desk.commands.options import AsJson, CaseFolder

_MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Prove")(verify)


def verify(case: CaseFolder, as_json: AsJson = False) -> None:
    """Prove that evidence, journal and database are as they were kept. Exit code 1 when something is not.

    Example: jejak verify demo-case
    """
    with Case.open(case) as opened:
        head = opened.manifest.head()
        with terminal.progress("Checking", "bytes") as progress:
            findings = list(verify_case(opened, progress))
        opened.audit("verify", findings=len(findings))
    if as_json:
        terminal.say_json(
            {
                "sound": not findings,
                "lines": head.seq,
                "head": head.sha256,
                "findings": [{"item": f.item, "problem": f.problem} for f in findings],
            }
        )
    elif findings:
        terminal.say(f"{case}: {len(findings)} things are not as they were kept:", "bold red")
        for finding in findings[:_MOST_SHOWN]:
            terminal.say(f"  {finding}")
        if len(findings) > _MOST_SHOWN:
            terminal.say(f"  and {len(findings) - _MOST_SHOWN} more (--json lists all)")
    else:
        terminal.say(f"{case}: everything is as it was kept.", "bold green")
        terminal.say(f"{head.seq:,} lines of the manifest, head {head.sha256}")
    if findings:
        raise typer.Exit(1)
