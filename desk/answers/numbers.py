"""`jejak stats`."""

from __future__ import annotations

from dataclasses import asdict

from casefile.case import Case
from casefile.search.embedded import search as search_posts
from desk import terminal
from desk.answers.shown import day


def stats(case: Case, as_json: bool) -> None:
    """What the case holds and what was set aside."""
    counts, problems, crawls = case.store.counts(), case.store.problems(), case.store.crawls()
    facets = search_posts(case.store, "", limit=1).facets
    evidence = sum(p.stat().st_size for p in case.evidence_folder.rglob("*") if p.is_file())
    if as_json:
        terminal.say_json(
            {
                "counts": counts,
                "facets": facets,
                "evidence_bytes": evidence,
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
    if problems:
        shown = 30
        terminal.say(f"\nSet aside or noticed: {len(problems)}", "bold yellow")
        rows = [(day(p.at), p.stage, p.item, p.reason, p.remedy) for p in problems[:shown]]
        terminal.table(("when", "stage", "item", "what", "what to do"), rows)
        if len(problems) > shown:
            terminal.say(f"and {len(problems) - shown} more (--json lists all)")
