"""How each source stands: when it was crawled last, how that went, when it is due; and whether somebody watches."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from casefile.case import Case
from casefile.records import Crawl
from casefile.settings_files import SETTINGS_FILE
from casefile.timetable import read_zone
from desk import terminal
from desk.schedule.alone import is_watched
from desk.schedule.roster import Roster
from desk.schedule.turns import Turn, read_note


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source. `every` is empty when it is not scheduled; `trouble` says in words what somebody should look at."""

    name: str
    title: str
    every: str
    paused: bool
    running: bool
    last: datetime | None
    outcome: str
    detail: str
    posts: int
    due: datetime | None
    failures: int
    trouble: str


def source_states(case: Case) -> tuple[SourceState, ...]:
    """How each source of a case stands, by name; one whose file holds mistakes is told of by them."""
    roster = Roster(case.folder, lambda: 0.0)
    roster.refresh(datetime.now(UTC))
    wrong = {name: "; ".join(map(str, found)) for name, found in roster.mistakes.items()}
    watched = is_watched(case.folder)
    states = [_state(case, roster, name, wrong.get(name, ""), watched) for name in roster.sources]
    states += [_unreadable(name, why) for name, why in wrong.items() if name not in roster.sources]
    return tuple(sorted(states, key=lambda state: state.name))


def show_schedule(case: Case, as_json: bool) -> None:
    """Tell how each source stands."""
    states, settings = source_states(case), case.settings.schedule
    watched, note = is_watched(case.folder), read_note(case.folder, "watch")
    port = note.get("port", "") if watched else ""
    if as_json:
        for state in states:
            terminal.say_json({key: _plain(value) for key, value in asdict(state).items()})
        terminal.say_json({"watched": watched, "port": int(port) if port.isdecimal() else None})
        return
    if not states:
        terminal.say(f"There are no sources yet. Put YAML files into {case.folder}/sources.")
        return
    zone = read_zone(settings.timezone)
    columns = ("source", "every", "last", "outcome", "posts", "next", "")
    terminal.table(columns, [_row(state, zone) for state in states], numbers=["posts"])
    for state in states:
        if state.trouble:
            terminal.say(f"{state.name}: {state.trouble}", "yellow")
    terminal.say(f"Times are those of {settings.timezone}. Digest: {_digest(case, zone)}.", "dim")
    if not any(state.every for state in states):
        terminal.say(
            "No source is scheduled. Write into its file when it is to be crawled, for example: every: daily at 07:30"
        )
    if watched:
        terminal.say("`jejak watch` runs" + (f"; health and metrics on http://127.0.0.1:{port}" if port else "") + ".")
    else:
        terminal.say(f"Nobody watches now. Begin with: jejak watch {case.folder}", "bold")


# --------------------------------------------------------------------------------------------------------------------
def _state(case: Case, roster: Roster, name: str, mistakes: str, watched: bool) -> SourceState:
    source, turn = roster.sources[name], roster.turns.get(name)
    kept = roster.book.read(name)
    running = watched and kept is not None and kept.broke_off
    shown = kept if running else turn
    last = (shown.begun, str(shown.outcome or ""), shown.detail, shown.posts) if shown else (None, "", "", 0)
    if not running and (by_hand := _by_hand(case, name, turn)):
        last = by_hand.begun_at, str(by_hand.outcome), by_hand.detail, by_hand.posts_seen
    begun, outcome, detail, posts = last
    return SourceState(
        name=name,
        title=source.title,
        every=(source.every or "") if turn else "",
        paused=source.paused,
        running=running,
        last=begun,
        outcome=outcome,
        detail=detail,
        posts=posts,
        due=turn.due if turn else None,
        failures=turn.failures if turn else 0,
        trouble=mistakes or (_trouble(turn) if turn and not running else ""),
    )


def _by_hand(case: Case, name: str, turn: Turn | None) -> Crawl | None:
    """The last crawl, if it is none of the schedule's."""
    last = next(iter(case.store.crawls(name)), None)
    if last is None or turn is None or turn.begun is None:
        return last
    return last if turn.ended is not None and last.begun_at > turn.ended else None


def _unreadable(name: str, mistakes: str) -> SourceState:
    told = SETTINGS_FILE if name == SETTINGS_FILE else "its file holds mistakes"
    return SourceState(
        name=name, title="", every="", paused=False, running=False, last=None, outcome="", detail=told, posts=0,
        due=None, failures=0, trouble=mistakes,
    )  # fmt: skip


def _trouble(turn: Turn) -> str:
    if turn.failures:
        times = f"failed {turn.failures} times in a row" if turn.failures > 1 else "failed"
        return f"{times}: {turn.detail}" if turn.detail else times
    return f"ALARM: {turn.alarm}" if turn.alarm else ""


def _row(state: SourceState, zone: ZoneInfo) -> tuple[object, ...]:
    when = "running now" if state.running else _at(state.last, zone) or "never"
    every = state.every or ("paused" if state.paused else "not scheduled")
    mark = "!" if state.trouble else ""
    return (state.name, every, when, state.outcome, state.posts, _at(state.due, zone), mark)


def _digest(case: Case, zone: ZoneInfo) -> str:
    made = read_note(case.folder, "digest").get("told")
    last = f", the last one {_at(datetime.fromisoformat(made), zone)}" if made else ""
    return f"{case.settings.schedule.digest}{last}"


def _at(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
