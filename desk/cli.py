"""The `jejak` command: its subcommands, and what happens with errors."""

from __future__ import annotations

import sys
from typing import Any

import click
import typer

from casefile.errors import JejakError
from desk import terminal
from desk.commands import answer, collect, demo, give, prove, read

app = typer.Typer(
    name="jejak",
    help="Turns public recruitment posts into evidence, and evidence into a map of who recruits for which scam compound.\n\n"
    "Start with: jejak demo",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for module in (collect, read, answer, give, prove, demo):
    module.register(app)

NOTHING_DONE, MISUSED, INTERRUPTED = 1, 2, 130


def main(arguments: list[str] | None = None) -> None:
    """Run the command; exit codes: 0 done, 1 nothing could be done, 2 wrong use, 130 interrupted."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command with these arguments; returns the exit code."""
    try:
        result: Any = app(args=arguments, standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return MISUSED
    except (KeyboardInterrupt, click.Abort):
        terminal.note("Stopped. What was kept is whole; run the same command again to go on.", "yellow")
        return INTERRUPTED
    except JejakError as error:
        tell(error)
        return NOTHING_DONE
    except BrokenPipeError:
        # The reader of our output went away (`jejak search … | head`).
        sys.stderr.close()
        return 0


def tell(error: JejakError) -> None:
    """What is wrong, and the way out."""
    terminal.note(str(error), "bold red")
    if error.remedy:
        terminal.note(f"→ {error.remedy}", "")
