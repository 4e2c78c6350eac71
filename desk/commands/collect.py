"""`new`, `sources`, `crawl`, `import`: what comes into a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casefile.case import Case
from casefile.settings import CaseSettings, Handling
from crawlers.importing.model import DateOrder, ImportKind
from desk import collecting, previewing, terminal
from desk.commands.options import AsJson, CaseFolder
from desk.creating import create_case, examples_of

_NOT_STATED = "not stated yet"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(rich_help_panel="Collect")(new)
    app.command(rich_help_panel="Collect")(sources)
    app.command(rich_help_panel="Collect")(crawl)
    app.command("import", rich_help_panel="Collect")(import_files)


def new(
    case: CaseFolder,
    title: Annotated[str | None, typer.Option(help="What the case is called.")] = None,
    purpose: Annotated[str, typer.Option(help="What it is for.")] = _NOT_STATED,
    legal_basis: Annotated[str, typer.Option(help="What allows you to collect this.")] = _NOT_STATED,
    contact: Annotated[str, typer.Option(help="An address that web sites are shown.")] = _NOT_STATED,
    region: Annotated[str | None, typer.Option(help="Country of numbers written without one: id, th, …")] = None,
    handling: Annotated[Handling, typer.Option(help="Traffic Light Protocol 2.0.")] = Handling.AMBER,
) -> None:
    """Make a new case.

    Example: jejak new poipet --title "Posts towards Poipet" --contact desk@our-organisation.example
    """
    settings = CaseSettings(
        title=title or case.name,
        purpose=purpose,
        legal_basis=legal_basis,
        contact=contact,
        region=region,
        handling=handling,
    )
    create_case(case, settings).close()
    examples = examples_of(case)
    terminal.say(f"{case}: a new case.", "bold")
    if _NOT_STATED in (purpose, legal_basis, contact):
        terminal.say(
            f"Please state purpose, legal basis and contact in {case}/case.toml: reports and web sites show them."
        )
    terminal.say(f"Next: put sources into {case}/sources (examples stand in {examples}), then `jejak run {case}`;")
    terminal.say(f"or `jejak import {case} FILE…` for files that you were given.")


def sources(case: CaseFolder, as_json: AsJson = False) -> None:
    """List the sources of a case, and how their last crawl went.

    Example: jejak sources demo-case
    """
    with Case.open(case) as opened:
        rows = collecting.list_sources(opened)
    if as_json:
        for row in rows:
            terminal.say_json(row)
        return
    if not rows:
        terminal.say(f"There are no sources yet. Put YAML files into {case}/sources (see {case}/sources/examples).")
        return
    columns = ("name", "family", "title", "posts", "last crawl", "outcome")
    terminal.table(columns, [[row[c] for c in columns] for row in rows], numbers=["posts"])


def crawl(
    case: CaseFolder,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Which sources; all when none is named.")
    ] = None,
    parallel: Annotated[int, typer.Option(min=1, max=64, help="How many sources at once.")] = 2,
    as_json: AsJson = False,
) -> None:
    """Collect the posts of the case's sources, each page kept as evidence.

    Example: jejak crawl demo-case id_demo_board
    """
    with Case.open(case) as opened:
        results = collecting.crawl(opened, names or [], parallel)
    collecting.show_crawls(results, as_json)
    if results and all(result.failed for result in results):
        raise typer.Exit(1)


def import_files(
    case: CaseFolder,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files or folders.", show_default=False)],
    source: Annotated[str | None, typer.Option(help="Name of the source that the posts are filed under.")] = None,
    kind: Annotated[
        ImportKind | None, typer.Option(help="What the files are, when it is not recognised by itself.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="For tables: FIELD=HEADING, for example text=Isi. May be repeated.")
    ] = None,
    timezone: Annotated[str | None, typer.Option(help="Zone of times without one, for example Asia/Jakarta.")] = None,
    region: Annotated[str | None, typer.Option(help="Country of numbers written without one: id, th, …")] = None,
    lang: Annotated[str | None, typer.Option(help="Language of all posts, when you know it.")] = None,
    date_order: Annotated[
        DateOrder | None,
        typer.Option(help="How dates like 03/04/2026 are meant; found out by itself where it can be."),
    ] = None,
    again: Annotated[
        bool, typer.Option(help="Read a file anew that was imported before, for example with the right zone.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show kind, columns and first posts of each file, and keep nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import what you were given: chats (Telegram, WhatsApp, Facebook), tables (Excel, CSV, JSON), pages, WARC, folders.

    Example: jejak import poipet chat.txt result.json --timezone Asia/Bangkok
    """
    told = {"source": source, "timezone": timezone, "region": region, "lang": lang, "date_order": date_order}
    if preview:
        if not previewing.preview_files(case, files, kind, column or [], told, as_json=as_json):
            raise typer.Exit(1)
        return
    with Case.open(case) as opened:
        reports = collecting.import_files(
            opened,
            files,
            source=source,
            kind=kind,
            columns=column or [],
            timezone=timezone,
            region=region,
            lang=lang,
            date_order=date_order,
            again=again,
        )
    collecting.show_imports(reports, as_json)
    if not any(report.done for report in reports):
        raise typer.Exit(1)
