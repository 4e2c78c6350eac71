"""Crawling and importing with progress shown, and telling how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from casefile.case import Case
from casefile.errors import ImportRefused, JejakError, NotFound
from casefile.records import CrawlOutcome, Scalar
from crawlers.importing.model import DateOrder, ImportKind
from desk import terminal
from desk.progress_lines import teller

if TYPE_CHECKING:  # Scrapy is loaded only when something is crawled
    from crawlers.events import CrawlEvent, CrawlResult


def list_sources(case: Case) -> list[dict[str, Any]]:
    """The sources with how many posts they gave and how their last crawl went."""
    rows = []
    for source in case.sources():
        last = next(iter(case.store.crawls(source.name)), None)
        rows.append(
            {
                "name": source.name,
                "family": source.family,
                "title": source.title,
                "url": source.url,
                "posts": sum(1 for _ in case.store.histories(source.name)),
                "last crawl": f"{last.begun_at:%Y-%m-%d %H:%M}" if last else "never",
                "outcome": f"{last.outcome}{': ' + last.detail if last.detail else ''}" if last else "",
            }
        )
    return rows


@dataclass(frozen=True, slots=True)
class Crawled:
    """How one source went."""

    result: CrawlResult

    @property
    def failed(self) -> bool:
        """Whether nothing came of it."""
        return self.result.outcome == CrawlOutcome.FAILED


def crawl(case: Case, names: Sequence[str], parallel: int) -> list[Crawled]:
    """Crawl these sources, or all that are not paused."""
    from crawlers.run import crawl_sources

    chosen = [case.source(name).name for name in names] or [s.name for s in case.sources() if not s.paused]
    if not chosen:
        raise NotFound(
            f"There is no source to crawl in {case.folder}/sources.",
            f"Copy an example from {case.folder}/sources/examples and change it; see docs/adding-a-source.md",
        )
    case.audit("crawl begun", sources=", ".join(chosen))
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=terminal.err, transient=True, disable=not terminal.err.is_terminal) as bars:
        tasks = {name: bars.add_task(f"{name}: waiting") for name in chosen}
        tell = {name: teller(name, "posts") for name in chosen}

        def show(event: CrawlEvent) -> None:
            bars.update(tasks[event.source], description=f"{event.source}: {event.pages} pages, {event.posts} posts")
            tell[event.source](event.posts, event.posts if event.kind == "ended" else None)

        results = crawl_sources(case.folder, chosen, parallel=parallel, on_event=show)
    case.audit("crawl", sources=", ".join(chosen), posts=sum(result.posts for result in results))
    return [Crawled(result) for result in results]


def show_crawls(crawled: Sequence[Crawled], as_json: bool) -> None:
    """Tell how each source went."""
    results = [c.result for c in crawled]
    if as_json:
        for result in results:
            terminal.say_json({"crawl": asdict(result)})
        return
    if not results:
        return
    columns = ("source", "outcome", "pages", "posts", "gone", "problems", "detail")
    rows = [(r.source, r.outcome, r.pages, r.posts, r.gone, r.problems, r.detail) for r in results]
    terminal.table(columns, rows, numbers=("pages", "posts", "gone", "problems"))
    for result in results:
        if result.alarm:
            terminal.say(f"ALARM {result.source}: {result.alarm}", "bold red")
    if any(r.problems for r in results):
        terminal.say("`jejak stats CASE` shows each problem and what to do.", "dim")


@dataclass(frozen=True, slots=True)
class Imported:
    """How one file went; `refused` says why it could not be read at all."""

    path: Path
    report: Any = None
    refused: JejakError | None = None

    @property
    def done(self) -> bool:
        """Whether the file could be read."""
        return self.refused is None


def import_files(
    case: Case,
    paths: Sequence[Path],
    *,
    source: str | None,
    kind: ImportKind | None,
    columns: Sequence[str],
    timezone: str | None,
    region: str | None,
    lang: str | None,
    date_order: DateOrder | None,
    again: bool,
) -> list[Imported]:
    """Import files and folders; one that cannot be read does not end the others."""
    from crawlers.importing.options import columns_told
    from crawlers.importing.run import import_file

    mapping = columns_told(columns)
    done = []
    for path in paths:
        with terminal.progress(f"Importing {path.name}", "files" if path.is_dir() else "bytes") as progress:
            try:
                report = import_file(
                    case,
                    path,
                    source=source,
                    kind=kind,
                    columns=mapping,
                    timezone=timezone,
                    region=region,
                    lang=lang,
                    date_order=date_order,
                    again=again,
                    progress=progress,
                )
            except ImportRefused as error:
                done.append(Imported(path, refused=error))
            else:
                done.append(Imported(path, report=report))
        case.audit("import", **_noted(done[-1]))
    return done


def _noted(imported: Imported) -> dict[str, Scalar]:
    """What the journal says of an import."""
    if imported.refused:
        return {"file": imported.path.name, "refused": str(imported.refused)}
    report = imported.report
    counts = {"posts_new": report.posts_new, "posts_changed": report.posts_changed, "set_aside": report.set_aside}
    return {"file": imported.path.name, "source": report.source, **counts}


def show_imports(imported: Sequence[Imported], as_json: bool) -> None:
    """Tell how each file went."""
    for one in imported:
        if as_json:
            told = {"refused": str(one.refused), "remedy": one.refused.remedy} if one.refused else asdict(one.report)
            terminal.say_json({"import": {"file": str(one.path), **told}})
        elif one.refused:
            terminal.note(f"{one.path}: {one.refused}", "red")
            terminal.note(f"→ {one.refused.remedy}", "")
        else:
            terminal.say(f"{one.path.name}: {one.report}")
