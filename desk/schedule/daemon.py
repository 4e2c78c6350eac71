"""`jejak watch`: crawls each source when it is due, then has the rest done; one a case."""

from __future__ import annotations

import random
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from casefile.case import Case
from casefile.errors import JejakError
from casefile.records import CrawlOutcome
from casefile.timetable import read_time, read_zone
from desk.schedule import planning
from desk.schedule.alone import alone
from desk.schedule.calendar import daily
from desk.schedule.chores import CHORES
from desk.schedule.clock import Clock, Jumps, MachineClock
from desk.schedule.crawling import Crawls
from desk.schedule.follow_up import FollowUp
from desk.schedule.health import Health, State
from desk.schedule.limits import Limits
from desk.schedule.roster import Roster
from desk.schedule.turns import Turn, read_note, write_note

if TYPE_CHECKING:  # Scrapy is loaded only when something is crawled
    from crawlers.events import CrawlResult

_BEAT = 0.5  # seconds between two looks
_READ_SETTINGS_EVERY = 15.0  # seconds
_PATIENCE = 60.0  # seconds that crawls and chores have to end


class Daemon:
    """One case, watched. `say` is given a line for each thing that happens."""

    def __init__(
        self,
        folder: Path,
        say: Callable[[str], None],
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.folder, self._say = folder, say
        self._clock: Clock = clock or MachineClock()
        self._roster = Roster(folder, chance)
        self._crawls = Crawls(folder)
        self._before: dict[str, Turn] = {}  # turns as they were before the crawls that run
        self._work, self._digest = (FollowUp(folder, chore, self._clock, say) for chore in CHORES)
        self._digest_due: datetime | None = None
        self._health = Health()
        self._disk = self._trouble = ""
        self._stopping = self._looked = False
        self._settings_read = float("-inf")
        self._jumps = Jumps(self._clock)

    def run(self, *, once: bool = False) -> None:
        """Watch until SIGTERM or Ctrl-C; or, `once`, do what is due now. Raises CaseError when another one watches."""
        with ExitStack() as open_here:
            open_here.enter_context(alone(self.folder))
            open_here.enter_context(self._stopped_by_signals())
            port = open_here.enter_context(self._health.served(self._roster.settings.port)) if not once else None
            open_here.callback(self._wind_down)
            self._begin(port)
            while not self._stopping and not (once and self._is_done()):
                self._look_safely()
                self._clock.wait(_BEAT)

    # From start to end -------------------------------------------------------------------------------------------------
    def _begin(self, port: int | None) -> None:
        now = self._clock.now()
        self._roster.refresh(now)
        with Case.open(self.folder) as case:
            scheduled = len(self._roster.turns)
            case.audit("watch begun", sources=scheduled)
            if str(case.manifest.head().seq) != read_note(self.folder, "work").get("head", "0"):
                self._work.want()
        write_note(self.folder, "watch", begun=now.isoformat(), port=port or "")
        self._say(f"watching {scheduled} of {len(self._roster.sources)} sources" + _at(port))
        self._tell_mistakes()
        self._plan_digest(now)

    def _wind_down(self) -> None:
        """End everything that runs; what was kept is kept, and what is left is done the next time."""
        self._crawls.stop(_PATIENCE)
        for result in self._crawls.ended():
            self._note_end(result, stopping=True)
        for follow_up in (self._work, self._digest):
            follow_up.stop(_PATIENCE)
        try:
            with Case.open(self.folder) as case:
                case.audit("watch ended")
        except JejakError as error:
            self._say(str(error))
        self._say("ended; nothing that was kept is lost")

    def _is_done(self) -> bool:
        """Whether nothing is due, nothing runs and nothing is wanted."""
        now = self._clock.now()
        left = self._work.is_open or self._digest.is_open or any(self._roster.due(now))
        return self._looked and not self._crawls and not left

    @contextmanager
    def _stopped_by_signals(self) -> Iterator[None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self._stopping = True

        former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    # Once a beat -------------------------------------------------------------------------------------------------------
    def _look_safely(self) -> None:
        """A disk that fails or a database that is busy is told, and looked at again: who watches does not go away."""
        try:
            self._look()
        except (JejakError, OSError) as error:
            if str(error) != self._trouble:
                self._say(f"{error}; tried again")
            self._trouble = str(error)
            self._looked = True
            self._health.beat(self._state(), self._roster.turns.values())
        else:
            self._trouble = ""

    def _look(self) -> None:
        now = self._clock.now()
        self._mind_jumps(now)
        self._read_settings(now)
        for result in self._crawls.ended():
            self._note_end(result)
        self._crawls.hold_to_limits()
        self._start_crawls(now)
        if self._digest_due is not None and now >= self._digest_due:
            self._digest.want()
        crawls_first = bool(self._crawls) or any(self._roster.due(now))
        for follow_up in (self._work, self._digest):
            if follow_up.look(crawls_first):
                self._health.count_chore(follow_up.chore, read_note(self.folder, follow_up.chore))
                self._plan_digest(now)
        self._looked = True
        self._health.beat(self._state(), self._roster.turns.values())

    def _mind_jumps(self, now: datetime) -> None:
        """Where the clock was set, or the machine slept: what was missed is due now, what is too far away is planned anew."""
        jumped = self._jumps.since_last(now)
        if jumped:
            way = "jumped by" if jumped > timedelta(0) else "was set back by"
            self._say(f"the clock {way} {abs(jumped)}")
            self._roster.replan(now)
            self._plan_digest(now)

    def _read_settings(self, now: datetime) -> None:
        if self._clock.steady() - self._settings_read < _READ_SETTINGS_EVERY:
            return
        first, self._settings_read = self._settings_read == float("-inf"), self._clock.steady()
        if self._roster.refresh(now) and not first:
            self._say(f"settings were changed: {len(self._roster.turns)} sources are scheduled")
            self._tell_mistakes()
            self._plan_digest(now)

    def _tell_mistakes(self) -> None:
        for mistake in (mistake for found in self._roster.mistakes.values() for mistake in found):
            self._say(str(mistake))

    # Crawls ------------------------------------------------------------------------------------------------------------
    def _start_crawls(self, now: datetime) -> None:
        settings = self._roster.settings
        for name in self._roster.due(now):
            if len(self._crawls) >= settings.parallel:
                return
            if name in self._crawls:
                continue
            if not self._has_room():
                return
            source = self._roster.sources[name]
            memory = source.schedule.memory_mb or settings.memory_mb
            self._before[name] = self._roster.turns[name]
            self._keep(planning.begun(self._roster.turns[name], now))
            limits = Limits.of(memory, source.gentle.max_minutes, browser=source.family == "rendered")
            self._crawls.start(name, limits)

    def _has_room(self) -> bool:
        free = shutil.disk_usage(self.folder).free // 1_000_000
        least = self._roster.settings.free_mb
        problem = (
            f"only {free:,} MB are free on the disk (schedule.free_mb: {least:,}): no crawl begins"
            if free < least
            else ""
        )
        if problem and not self._disk:
            self._say(problem)
        self._disk = problem
        return not problem

    def _note_end(self, result: CrawlResult, *, stopping: bool = False) -> None:
        from crawlers.events import BEING_CRAWLED

        name, now = result.source, self._clock.now()
        before = self._before.pop(name)
        turn, calendar = self._roster.turns.get(name), self._roster.calendars.get(name)
        if turn is None or calendar is None:  # its file was taken away meanwhile; what it kept is read all the same
            self._work.want()
            return
        if result.detail == BEING_CRAWLED:
            self._keep(planning.put_off(before, now))
        elif stopping and result.outcome in (CrawlOutcome.STOPPED, CrawlOutcome.FAILED):
            self._keep(before)  # still due: it goes on where it was stopped, be it before it could say a word
        else:
            self._keep(planning.ended(turn, calendar, result, now))
            self._health.count(self._roster.turns[name])
            self._work.want()
        self._say(_told(result, self._roster.turns[name]))

    def _keep(self, turn: Turn) -> None:
        if (problem := self._roster.keep(turn)) and problem != self._disk:
            self._disk = problem
            self._say(problem)

    # The digest -------------------------------------------------------------------------------------------------------
    def _plan_digest(self, now: datetime) -> None:
        """When the next digest is due: the first after the last one, so that one that was missed is made once."""
        settings = self._roster.settings
        at = read_time(settings.digest)
        if at is None:
            self._digest_due = None
            return
        made = read_note(self.folder, "digest").get("made")
        last = min(datetime.fromisoformat(made), now) if made else now
        if not made:
            write_note(self.folder, "digest", made=now.isoformat())
        self._digest_due = daily(at, read_zone(settings.timezone)).next_after(last)

    def _state(self) -> State:
        mistakes = [str(mistake) for found in self._roster.mistakes.values() for mistake in found]
        problems = [*filter(None, (self._trouble, self._disk, self._work.problem, self._digest.problem)), *mistakes]
        failing = sorted(turn.source for turn in self._roster.turns.values() if turn.failures)
        return State(
            running=len(self._crawls),
            scheduled=len(self._roster.turns),
            failing=tuple(failing),
            problems=tuple(problems),
        )


def _told(result: CrawlResult, turn: Turn) -> str:
    detail = f": {result.detail}" if result.detail else ""
    counts = f"{result.pages} pages, {result.posts} posts"
    again = f" ({turn.failures} times in a row)" if turn.failures > 1 else ""
    return f"{result.source} {result.outcome}{again}, {counts}{detail}; next {turn.due:%Y-%m-%d %H:%M} UTC"


def _at(port: int | None) -> str:
    return f"; health and metrics on http://127.0.0.1:{port}" if port else ""
