"""`process`, `run`: reading posts and connecting what they name."""

from __future__ import annotations

from typing import Annotated

import typer

from casefile.case import Case
from desk import collecting, indexing, reporting, watching, working
from desk.answers.alerts import show_new
from desk.commands.options import AsJson, CaseFolder, Workers


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Read and connect")(process)
    app.command(rich_help_panel="Read and connect")(run)


def process(case: CaseFolder, workers: Workers = None, as_json: AsJson = False) -> None:
    """Read all posts not read yet, and connect what they name into networks.

    Example: jejak process demo-case
    """
    with Case.open(case) as opened:
        done = working.process(opened, workers)
        alerts = watching.watch(opened)
        indexed = indexing.index_after_work(opened)
    working.show(done, as_json)
    show_new(alerts, as_json)
    if indexed:
        indexing.show(indexed, as_json)


def run(
    case: CaseFolder,
    parallel: Annotated[int, typer.Option(min=1, max=64, help="How many sources at once.")] = 2,
    workers: Workers = None,
    as_json: AsJson = False,
) -> None:
    """Do all of it: crawl every source, read, connect, and write the report.

    Example: jejak run demo-case
    """
    with Case.open(case) as opened:
        results = collecting.crawl(opened, [], parallel) if opened.sources() else []
        done = working.process(opened, workers)
        alerts = watching.watch(opened)
        indexed = indexing.index_after_work(opened)
        report = reporting.write(opened, None)
    collecting.show_crawls(results, as_json)
    working.show(done, as_json)
    show_new(alerts, as_json)
    if indexed:
        indexing.show(indexed, as_json)
    reporting.show(report, as_json)
    if results and all(result.failed for result in results):
        raise typer.Exit(1)
