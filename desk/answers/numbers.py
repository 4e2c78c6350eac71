"""`jejak stats`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from casefile.case import Case
from casefile.records import ALARM, Crawl, Problem
from casefile.search.embedded import EmbeddedEngine
from desk import terminal
from desk.answers.shown import day


def stats(case: Case, as_json: bool) -> None:
    """What the case holds and what was set aside."""
    counts, problems, crawls = case.store.counts(), case.store.problems(), case.store.crawls()
    alarms = standing_alarms(crawls, problems)
    facets = EmbeddedEngine(case.store).search("", limit=1).facets
    evidence = sum(p.stat().st_size for p in case.evidence_folder.rglob("*") if p.is_file())
    if as_json:
        terminal.say_json(
            {
                "counts": counts,
                "facets": facets,
                "evidence_bytes": evidence,
                "alarms": [asdict(p) for p in alarms],
                "problems": [asdict(p) for p in problems],
                "crawls": [asdict(c) for c in crawls],
            }
        )
        return
    terminal.say(case.settings.title, "bold")
    terminal.say(f"handling TLP:{case.settings.handling.upper()}, evidence {evidence / 1e6:.1f} MB")
    terminal.table(("what", "how many"), counts.items(), numbers=["how many"])
    for facet in ("source", "language", "kind"):
        terminal.say(f"{facet:9} " + "  ".join(f"{value} {number}" for value, number in facets.get(facet, {}).items()))
    for alarm in alarms:
        terminal.say(f"\nALARM {alarm.source} ({day(alarm.at)}): {alarm.reason}", "bold red")
        terminal.say(f"→ {alarm.remedy}")
    standing = {alarm.source for alarm in alarms}
    problems = tuple(p for p in problems if p.stage != ALARM or p.source not in standing)
    if problems:
        shown = 30
        terminal.say(f"\nSet aside or noticed: {len(problems)}", "bold yellow")
        rows = [(day(p.at), p.stage, p.item, p.reason, p.remedy) for p in problems[:shown]]
        terminal.table(("when", "stage", "item", "what", "what to do"), rows)
        if len(problems) > shown:
            terminal.say(f"and {len(problems) - shown} more (--json lists all)")


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the last crawl of a source saw that was unlike usual, and what to do."""

    source: str
    at: datetime
    reason: str
    remedy: str


def standing_alarms(crawls: Sequence[Crawl], problems: Sequence[Problem]) -> list[Alarm]:
    """The alarms of the last crawl of each source (both lists come the latest first); earlier ones are over."""
    last: dict[str, Crawl] = {}
    for crawl in crawls:
        last.setdefault(crawl.source, crawl)
    return [
        Alarm(crawl.source, crawl.begun_at, crawl.alarm, _remedy(crawl, problems))
        for crawl in last.values()
        if crawl.alarm
    ]


def _remedy(crawl: Crawl, problems: Sequence[Problem]) -> str:
    """What to do, as the alarm's own problem says, else the problem that left the crawl without posts."""
    own = [problem for problem in problems if problem.source == crawl.source and problem.at >= crawl.begun_at]
    own.sort(key=lambda problem: problem.stage != ALARM)
    return next((problem.remedy for problem in own if problem.remedy), "Look at the site in a browser.")
