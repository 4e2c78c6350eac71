"""Keeping the index of a case on a team's Elasticsearch, with progress shown, and telling how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casefile.case import Case
from casefile.errors import JejakError
from desk import terminal

if TYPE_CHECKING:  # the client is loaded only when something is indexed
    from casefile.search.elastic.indexing import Compared, Indexed

_REFUSED_SHOWN = 5


def index(case: Case, *, rebuild: bool = False) -> Indexed:
    """Bring the index up to date, or write all of it anew; raises ElasticError."""
    from casefile.search.elastic.indexing import index_case

    with terminal.progress("Indexing", "things") as progress:
        done = index_case(case, rebuild=rebuild, progress=progress)
    if done.sent or done.anew:
        case.audit("index", sent=done.sent, refused=len(done.refused), generation=done.generation)
    return done


def index_after_work(case: Case) -> Indexed | None:
    """Bring the index up to date if the case has one; what goes wrong there is told and ends nothing."""
    from casefile.search.elastic.connection import address, is_set_up, is_trusted

    settings = case.settings.elastic
    if not is_set_up(settings):
        return None
    try:
        if not is_trusted(settings):
            terminal.note(
                f"Nothing was sent to {address(settings)}: no password or key for it is known here.", "yellow"
            )
            terminal.note("→ Whoever made this case named that server. If you trust it: jejak index CASE", "")
            return None
        return index(case)
    except JejakError as error:
        terminal.note(f"The index was not brought up to date: {error}", "yellow")
        terminal.note(f"→ {error.remedy}", "")
        return None


def show(done: Indexed, as_json: bool) -> None:
    """Tell what was sent, and what the server did not take."""
    if as_json:
        refused = [{"kind": one.kind, "id": one.id, "reason": one.reason} for one in done.refused]
        told = {"sent": done.sent, "generation": done.generation, "shown": done.shown, "anew": done.anew}
        terminal.say_json({"index": {**told, "refused": refused}})
        return
    if done.anew:
        terminal.say(f"All was written anew, because {done.anew}.")
    terminal.say(f"Sent {done.sent:,} things that changed." if done.sent else "The index is up to date.")
    for one in done.refused[:_REFUSED_SHOWN]:
        terminal.say(f"  not taken: {one.kind} {one.id}: {one.reason}", "yellow")
    if done.refused:
        terminal.say(f"{len(done.refused):,} were not taken. They are kept, and sent again the next time.", "bold")
    if not done.shown:
        terminal.say("Too many were not taken: searches still see the index as it was before.", "bold red")


def check(case: Case, as_json: bool) -> bool:
    """Compare the counts of case and index, show them, and tell whether they are equal."""
    from casefile.search.elastic.indexing import compare_index

    compared = compare_index(case)
    if as_json:
        terminal.say_json({"check": {one.kind: {"case": one.case, "index": one.index} for one in compared}})
    else:
        columns = ("kind", "case", "index", "")
        terminal.table(columns, [_row(one) for one in compared], numbers=("case", "index"))
    equal = all(one.case == one.index for one in compared)
    if not equal and not as_json:
        terminal.say(
            "They differ: run `jejak index CASE`; if that does not help, `jejak index CASE --rebuild`.", "bold"
        )
    return equal


def _row(one: Compared) -> tuple[str, str, str, str]:
    return one.kind, f"{one.case:,}", f"{one.index:,}", "" if one.case == one.index else "differs"


def drop(case: Case) -> None:
    """Remove the index of a case from its server."""
    from casefile.search.elastic.indexing import drop_index

    drop_index(case)
    case.audit("index dropped", prefix=case.settings.elastic.prefix)
    terminal.say(f"Removed all of {case.settings.elastic.prefix}-… from the server. The case itself is as it was.")
