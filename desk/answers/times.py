"""`jejak timeline` and `jejak rhythm`: when recruiters post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from casefile.case import Case
from casefile.errors import NotFound
from casefile.records import Actor, Connections, PostKind, ReadPost
from desk import names, terminal
from desk.answers.programs import PostNames
from desk.answers.shown import counted, day, place_name
from desk.answers.unhidden import unhidden_posts
from desk.names import called_names

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.analysis.activity import Activity, Event, Step
    from graph.analysis.rhythm import Fit, Rhythm

_BAR = 40  # characters
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Where many of those who post in our languages live (IANA time zone database).
_LIVE_THERE = {
    330: "India",
    345: "Nepal",
    360: "Bangladesh",
    390: "Myanmar",
    420: "western Indonesia, Thailand, Vietnam, Cambodia, Laos",
    480: "China, Malaysia, Singapore, the Philippines, central Indonesia",
    540: "Korea, Japan, eastern Indonesia, Timor-Leste",
    240: "the Gulf (Dubai)",
}


def timeline(case: Case, typed: str, as_json: bool) -> None:
    """Show the activity of a recruiter or network, and when its contacts and destinations changed."""
    from graph.analysis.activity import activity_of
    from graph.analysis.witnesses import witnesses_of

    connections = case.store.connections()
    title, actors = _meant(connections, typed)
    posts = {post for actor in actors for post in actor.posts}
    activity = activity_of(actors, unhidden_posts(case, posts), witnesses_of(connections))
    if as_json:
        terminal.say_json(_as_dict(activity, [actor.id for actor in actors], PostNames(case)))
        return
    terminal.say(title, "bold")
    _say_steps(activity)
    called = called_names(connections)
    rows = [_event_row(event, called, several=len(actors) > 1) for event in activity.events]
    columns = ("when", "what", "what is new", "posts", "instead of", "first post")
    shown = columns if len(actors) == 1 else (*columns, "recruiter")
    terminal.table(shown, rows, title="\nWhat changed", numbers=("posts",))
    if activity.undated:
        terminal.say(
            f"{counted(activity.undated, 'post')} without a date: the day of first being seen stands for it.", "dim"
        )


def _meant(connections: Connections, typed: str) -> tuple[str, list[Actor]]:
    """The recruiter or the network that was meant: its name and its recruiters."""
    if not typed.isdecimal() or int(typed) > len(connections.networks):
        try:
            actor = names.find_actor(connections, typed)
        except NotFound as unknown:
            if not any(typed.casefold() in f"{n.id} {n.name}".casefold() for n in connections.networks):
                raise unknown from None
        else:
            return actor.name, [actor]
    network = names.find_network(connections, typed)
    found = next(one for one in connections.networks if one.id == network)
    members = set(found.members)
    return found.name, [actor for actor in connections.actors if actor.id in members]


def _say_steps(activity: Activity) -> None:
    most = max((len(step.posts) for step in activity.steps), default=0)
    shape = "%Y-%m" if activity.unit == "month" else "%Y-%m-%d"
    rows = [_step_row(step, most, shape) for step in _without_gaps(activity.steps)]
    terminal.table((activity.unit.value, "posts", "texts", "sources", ""), rows, numbers=("posts", "texts", "sources"))


def _without_gaps(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps, of several empty ones in a row only the first."""
    empty = False
    for step in steps:
        if step.posts or not empty:
            yield step
        empty = not step.posts


def _step_row(step: Step, most: int, shape: str) -> tuple[object, ...]:
    if not step.posts:
        return ("…", "", "", "", "")
    return (
        step.start.strftime(shape),
        len(step.posts),
        step.texts,
        step.sources,
        "▇" * max(1, round(_BAR * len(step.posts) / most)),
    )


def _event_row(event: Event, called: dict[str, str], *, several: bool) -> tuple[object, ...]:
    before = f"{event.before} (last {day(event.last_before)})" if event.before else ""
    now = place_name(event.now, called) if event.now.startswith("place:") else event.now
    row = (day(event.at), event.kind.value, now, event.posts, before, event.post[:12])
    return (*row, called.get(event.actor, event.actor)) if several else row


def _as_dict(activity: Activity, actors: list[str], named: PostNames) -> dict[str, Any]:
    return {
        "actors": actors,
        "unit": activity.unit.value,
        "undated": activity.undated,
        "steps": [{**asdict(step), "posts": named.of(step.posts)} for step in activity.steps],
        "events": [{**asdict(event), "post": named.of([event.post])[0]} for event in activity.events],
    }


def rhythm(case: Case, typed: str | None, as_json: bool) -> None:
    """Show at which hours and on which weekdays job offers are posted, and which zones fit."""
    from graph.analysis.rhythm import rhythm_of

    found = rhythm_of(_posts(case, typed))
    if as_json:
        terminal.say_json({**asdict(found), "hint_only": True})
        return
    if not found.moments:
        terminal.say(f"No post tells its time to the minute ({found.untimed} tell less).")
        return
    most = max(found.hours)
    rows = [(f"{hour:02}:00", count, "▇" * round(_BAR * count / most)) for hour, count in enumerate(found.hours)]
    terminal.table(("hour (UTC)", "posts", ""), rows, numbers=("posts",))
    terminal.say("\n" + "   ".join(f"{name} {count}" for name, count in zip(_DAYS, found.weekdays, strict=True)))
    terminal.say(
        f"{found.moments} moments of {found.authors} authors; {found.untimed} posts tell no time of day.", "dim"
    )
    _say_zones(found)


def _posts(case: Case, typed: str | None) -> Iterable[ReadPost]:
    """The job offers of a recruiter or network, or all."""
    if typed is None:
        return (read for read in unhidden_posts(case) if read.reading.kind is PostKind.RECRUITMENT)
    _, actors = _meant(case.store.connections(), typed)
    return unhidden_posts(case, {post for actor in actors for post in actor.posts})


def _say_zones(found: Rhythm) -> None:
    if not found.enough:
        terminal.say("\nTime zone: too few moments to say anything.", "bold")
        return
    if not found.fits:
        terminal.say(
            "\nTime zone: no hint. In no zone are clearly fewer posts written by night than by chance.", "bold"
        )
        return
    terminal.say("\nTime zones that fit (a weak hint, no proof):", "bold")
    for zones in _ranges(found.fits):
        names_there = "; ".join(_LIVE_THERE[fit.offset] for fit in zones if fit.offset in _LIVE_THERE)
        nights = sorted({fit.at_night for fit in zones})
        told = str(nights[0]) if len(nights) == 1 else f"{nights[0]} to {nights[-1]}"
        ends = list(dict.fromkeys((_offset(zones[0].offset), _offset(zones[-1].offset))))
        terminal.say(
            f"  {' to '.join(ends)}: {told} of {found.moments} between midnight and six"
            + (f" ({names_there})" if names_there else "")
        )
    terminal.say(
        "It holds if people rest at night where they write. Night shifts, machines that post, and pages that tell their "
        "times in another zone break it; one zone holds many countries.",
        "dim",
    )


def _ranges(fits: Sequence[Fit]) -> Iterator[list[Fit]]:
    """Offsets that lie an hour or less apart, together."""
    ordered = sorted(fits, key=lambda fit: fit.offset)
    together = [ordered[0]]
    for one, other in pairwise(ordered):
        if other.offset - one.offset > 60:
            yield together
            together = []
        together.append(other)
    yield together


def _offset(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
