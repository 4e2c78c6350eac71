"""`watch`, `schedule`, `digest`: what runs by itself, how it stands, and what it tells once a day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from casefile.case import Case
from desk import terminal
from desk.commands.options import AsJson, CaseFolder, moment

_PANEL = "Watch"


class _ShowByDefault(TyperGroup):
    """`jejak schedule CASE` is `jejak schedule show CASE`."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        asks_for_help = args[:1] in (["-h"], ["--help"], [])
        if not asks_for_help and args[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)  # type: ignore[arg-type]  # click's Context, which Typer hides


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel=_PANEL)(watch)
    schedule = typer.Typer(cls=_ShowByDefault, no_args_is_help=True, help=_SCHEDULE_HELP)
    schedule.command("show")(show)
    schedule.command("install")(install)
    app.add_typer(schedule, name="schedule", rich_help_panel=_PANEL)
    app.command(rich_help_panel=_PANEL)(digest)


_SCHEDULE_HELP = """Show when each source is crawled, how it went last, and when it is due; or install what does it.

Example: jejak schedule demo-case
"""


def watch(
    case: CaseFolder,
    once: Annotated[
        bool, typer.Option("--once", help="Do what is due now, and end: for cron, or to try it out.")
    ] = False,
) -> None:
    """Crawl each source when its `every:` says so, read and connect what is new, tell alerts and a daily digest.

    Ends gently on Ctrl-C or SIGTERM: what was kept is kept, and what was cut off is gone on with. What is watched *for*
    stands in the case's watchlist (`jejak watchlist`).

    Example: jejak watch demo-case
    """
    from desk.schedule.daemon import Daemon

    Daemon(case, _say).run(once=once)


def _say(line: str) -> None:
    terminal.say(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}  {line}")
    terminal.out.file.flush()


def show(case: CaseFolder, as_json: AsJson = False) -> None:
    """Show when each source was crawled last, how that went, and when it is due.

    Example: jejak schedule demo-case
    """
    from desk.schedule.showing import show_schedule

    with Case.open(case) as opened:
        show_schedule(opened, as_json)


def install(
    case: CaseFolder,
    crontab: Annotated[
        bool, typer.Option("--crontab", help="Print a line for crontab instead, where there is no systemd.")
    ] = False,
    print_only: Annotated[bool, typer.Option("--print", help="Print the unit, and write nothing.")] = False,
) -> None:
    """Write a systemd unit of yours that keeps `jejak watch` running, hardened; or print a line for crontab.

    Example: jejak schedule install demo-case
    """
    from desk.schedule import installing

    with Case.open(case) as opened:
        if crontab:
            terminal.say(installing.crontab_line(opened.folder))
        elif print_only:
            terminal.say(installing.unit(opened.folder, opened.settings))
        else:
            installing.install(opened.folder, opened.settings)


def digest(
    case: CaseFolder,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", parser=moment, help="From when on (UTC).", show_default="the last digest"),
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what is new: posts, networks, alerts, and how the sources are. Who may be a victim is counted, never named.

    `jejak watch` makes one every day, keeps it in `exports/digests/`, and tells it where your alerts go.

    Example: jejak digest demo-case --since 2026-01-01
    """
    from desk.digest import daily

    with Case.open(case) as opened:
        daily.show(opened, since, datetime.now(UTC), html, as_json=as_json)
