"""The `jejak` command: its subcommands, and what happens with errors."""

from __future__ import annotations

import sys
import tempfile
import traceback

import typer

from casefile.errors import JejakError
from desk import terminal
from desk.commands import analyse, answer, collect, demo, give, judge, probe, programs, prove, read, watch

app = typer.Typer(
    name="jejak",
    help="Turns public recruitment posts into evidence, and evidence into a map of who recruits for which scam compound.\n\n"
    "Start with: jejak demo",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for module in (collect, probe, read, answer, programs, analyse, judge, watch, give, prove, demo):
    module.register(app)

NOTHING_DONE = 1


def main(arguments: list[str] | None = None) -> None:
    """Run the command; exit codes: 0 done, 1 nothing could be done, 2 wrong use, 130 interrupted."""
    try:
        app(args=sys.argv[1:] if arguments is None else arguments)
    except JejakError as error:
        tell(error)
        sys.exit(NOTHING_DONE)
    except Exception as error:  # noqa: BLE001 - the outer edge: an investigator gets a sentence, a developer the file
        _tell_surprise(error)
        sys.exit(NOTHING_DONE)


def _tell_surprise(error: Exception) -> None:
    """A mistake of ours: say so, and keep the details for those who mend it."""
    with tempfile.NamedTemporaryFile("w", prefix="jejak-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    terminal.note(f"Jejak made a mistake: {type(error).__name__}: {error}", "bold red")
    terminal.note(f"→ What was kept is whole. Please send {log.name} to those who look after your Jejak.", "")


def tell(error: JejakError) -> None:
    """What is wrong, and the way out."""
    terminal.note(str(error), "bold red")
    if error.remedy:
        terminal.note(f"→ {error.remedy}", "")
