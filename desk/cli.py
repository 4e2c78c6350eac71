"""The `jejak` command: its subcommands, and what happens with errors."""

from __future__ import annotations

import errno
import sys
import tempfile
import traceback
from importlib import import_module

import typer

from casefile.errors import JejakError
from desk import terminal

NOTHING_DONE = 1
# As SQLite, Python and the loader of libraries say that memory is used up.
_OF_MEMORY = ("out of memory", "can't start new thread", "failed to map segment", "annot allocate memory")
# Where commands stand, in the order in which they are shown. Who asks for one need not wait for the others to load.
_MODULES = {
    "collect": ("new", "sources", "crawl", "import"),
    "probe": ("probe",),
    "read": ("process", "run"),
    "extract": ("extract",),
    "answer": ("search", "searches", "show", "changes", "path", "network", "stats"),
    "programs": ("actors", "campaigns", "links"),
    "analyse": ("routes", "actor", "ego", "key", "timeline", "rhythm", "compare", "common"),
    "judge": ("judge", "judgements", "review"),
    "correct": ("correct", "corrections"),
    "schedule": ("watch", "schedule", "digest"),
    "watch": ("watchlist", "alerts", "new-since"),
    "give": ("report", "export"),
    "dossier": ("dossier",),
    "refer": ("refer",),
    "prove": ("verify", "seal", "audit"),
    "protect": ("forget", "hold", "release", "retain", "lock", "unlock"),
    "doctor": ("doctor",),
    "desk": ("desk",),
    "index": ("index",),
    "kibana": ("kibana",),
    "demo": ("demo",),
}


def build_app(asked: str = "") -> typer.Typer:
    """The command with all its subcommands, or with the one module that has the one asked for."""
    app = typer.Typer(
        name="jejak",
        help="Turns public recruitment posts into evidence, and evidence into a map of who recruits for which scam "
        "compound.\n\nStart with: jejak demo",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(lambda: None)  # with it, a lone command stays a subcommand
    for module in [name for name, commands in _MODULES.items() if asked in commands] or _MODULES:
        import_module(f"desk.commands.{module}").register(app)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run the command; exit codes: 0 done, 1 nothing could be done, 2 wrong use, 130 interrupted."""
    try:
        given = sys.argv[1:] if arguments is None else arguments
        build_app(*given[:1])(args=given)
    except JejakError as error:
        tell(error)
        sys.exit(NOTHING_DONE)
    except Exception as error:  # noqa: BLE001 - the outer edge: an investigator gets a sentence, a developer the file
        _tell_surprise(error)
        sys.exit(NOTHING_DONE)


def _tell_surprise(error: Exception) -> None:
    """A mistake of ours: say so, and keep the details for those who mend it. Too little memory is none."""
    if _is_of_memory(error):
        terminal.note("There was not enough memory for this.", "bold red")
        terminal.note("→ What was kept is whole. Close other programs, or use a larger machine; then do it again.", "")
        return
    with tempfile.NamedTemporaryFile("w", prefix="jejak-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    terminal.note(f"Jejak made a mistake: {type(error).__name__}: {error}", "bold red")
    terminal.note(f"→ What was kept is whole. Please send {log.name} to those who look after your Jejak.", "")


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether an error, or what it came of, is the system's or a library's way to say that memory is used up."""
    while error is not None:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            return True
        if any(words in str(error) for words in _OF_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


def tell(error: JejakError) -> None:
    """What is wrong, and the way out."""
    terminal.note(str(error), "bold red")
    if error.remedy:
        terminal.note(f"→ {error.remedy}", "")
