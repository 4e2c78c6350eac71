"""Forgetting: the price is shown before it is paid, and what was made from what is gone is made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from casefile.case import Case
from casefile.errors import CaseError
from casefile.forgetting.age import old_posts
from casefile.forgetting.forget import Plan, checked_reason, forget, plan_forgetting, plan_removal
from casefile.forgetting.holds import refuse_held
from casefile.forgetting.left_over import LeftOver, find_left_over, remove, words_of
from casefile.forgetting.subjects import Subject, SubjectKind, find_subject
from casefile.records import Problem
from desk import indexing, terminal
from desk.answers.proofs import say_posts
from desk.answers.shown import counted, few

_MOST_TRIES = 3
_MOST_NAMED = 5
AGE = "older than case.toml and sources/ keep posts"
"""The reason that is kept when posts go for their age."""


@dataclass(frozen=True, slots=True)
class Price:
    """What would be forgotten, and the copies that go with it."""

    plan: Plan
    left_over: LeftOver


def price_of(case: Case, subject: Subject) -> Price:
    """What forgetting a subject takes with it; raises Held where a legal hold keeps it."""
    with terminal.progress("Looking through the evidence", "lines") as progress:
        plan = plan_forgetting(case, subject, progress)
    refuse_held(case, plan)
    return Price(plan, find_left_over(case.folder, words_of(case.store, subject.keys, plan.posts)))


def price_of_age(case: Case, now: datetime | None = None) -> Price:
    """What removing posts that are too old takes with it."""
    posts = old_posts(case, now or datetime.now(UTC))
    with terminal.progress("Looking through the evidence", "lines") as progress:
        plan = plan_removal(case, posts, progress)
    return Price(plan, find_left_over(case.folder, words_of(case.store, (), posts)))


def pay(case: Case, price: Price, because: str, again: Callable[[], Price]) -> Price:
    """Forget, then connect and index the case without it; `again` looks anew where the case grew meanwhile."""
    checked_reason(because)
    for _ in range(_MOST_TRIES):
        # Copies first: should this be cut off, nothing was promised yet, and it is done again.
        remove(case.folder, price.left_over)
        if forget(case, price.plan, because):
            _make_again(case)
            return price
        price = again()
    raise CaseError("The case grew each time while this was done.", "Wait until the crawls are done, then try again.")


def _make_again(case: Case) -> None:
    from graph.connect import connect_case

    with terminal.progress("Connecting", "posts") as progress:
        connect_case(case, progress)
    if (indexed := indexing.index_after_work(case)) is not None:
        indexing.show(indexed, as_json=False)


def show_price(case: Case, price: Price, as_json: bool) -> None:
    """What would go, before it does."""
    if as_json:
        terminal.say_json(_told(price) | {"done": False})
        return
    terminal.say(f"To be forgotten: {counted(len(price.plan.posts), 'post')}.", "bold")
    say_posts(case, sorted(price.plan.posts))
    _say_price(price)


def _say_price(price: Price) -> None:
    lying, left = price.plan.lying, price.left_over
    if lying.spans:
        given = f"{counted(len(lying.files), 'given file')} ({few(lying.files, _MOST_NAMED)})"
        parts = [*([counted(lying.pages, "page")] if lying.pages else []), *([given] if lying.files else [])]
        terminal.say(f"With them go {' and '.join(parts)} of the evidence; their digests stay.")
    if lying.others:
        them = "1 other post was" if len(lying.others) == 1 else f"{len(lying.others):,} other posts were"
        terminal.say(f"{them} read there too: they stay, but these pages and files can no longer prove them.")
    if left.holding:
        terminal.say(f"Copies in this case that hold it, and go too: {_paths(left.holding)}")
    if left.closed:
        terminal.say(
            f"Nobody could look into these; remove them by hand if they hold it: {_paths(left.closed)}", "yellow"
        )


def show_paid(case: Case, price: Price, as_json: bool) -> None:
    """What went, and what only people can do."""
    if as_json:
        terminal.say_json(_told(price) | {"done": True})
        return
    _say_price(price)
    terminal.say("Done: gone from evidence, store, search and networks; `jejak verify` proves the rest.", "bold green")
    terminal.say("Backups and what was given away are out of reach: `jejak audit CASE -a export` says who has some.")


def _told(price: Price) -> dict[str, object]:
    lying, left = price.plan.lying, price.left_over
    return {
        "posts": sorted(price.plan.posts),
        "pages": lying.pages,
        "files": lying.files,
        "other_posts": len(lying.others),
        "copies": [str(path) for path in left.holding],
        "not_searched": [str(path) for path in left.closed],
    }


def _paths(paths: Iterable[object]) -> str:
    return ", ".join(map(str, paths))


def forget_subject(case: Case, typed: str, kind: SubjectKind | None, because: str, yes: bool, as_json: bool) -> None:
    """Show what forgetting takes with it; with `yes`, do it."""
    checked_reason(because)
    subject = find_subject(case.store, typed, kind)
    price = price_of(case, subject)
    if yes:
        show_paid(case, pay(case, price, because, lambda: price_of(case, subject)), as_json)
        return
    show_price(case, price, as_json)
    _say_how(as_json)


def retain(case: Case, yes: bool, as_json: bool, now: datetime | None = None) -> None:
    """Show what is too old; with `yes`, remove it."""
    price = price_of_age(case, now)
    if yes and price.plan.posts:
        show_paid(case, pay(case, price, AGE, lambda: price_of_age(case, now)), as_json)
    elif price.plan.posts or as_json:
        show_price(case, price, as_json)
        _say_how(as_json)
    else:
        terminal.say("No post is older than case.toml and sources/ keep posts, or what is older is on hold.")


def retain_daily(case: Case, now: datetime) -> None:
    """As `retain`, without anybody looking on: removes only where case.toml says so, else makes it a problem to be seen."""
    if case.settings.remove_old:
        retain(case, yes=True, as_json=False, now=now)
    elif posts := old_posts(case, now):
        reason = f"{counted(len(posts), 'post')} were not seen for longer than they are to be kept"
        remedy = "`jejak retain CASE` shows and removes them; `remove_old = true` in case.toml does it every day."
        problem = Problem(at=now, stage="age", item="retention_days", reason=reason, remedy=remedy)
        case.store.add_problem(problem)
        terminal.note(f"{reason}. {remedy}", "yellow")


def _say_how(as_json: bool) -> None:
    if not as_json:
        terminal.say(
            "Nothing was changed. If this is meant, and it cannot be undone: the same command with --yes.", "bold"
        )
