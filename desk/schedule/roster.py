"""The sources that are scheduled, with their calendars and turns; a file that is changed is read again while all goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from casefile.case import Case
from casefile.errors import JejakError, Mistake, SettingsError
from casefile.settings import SourceSettings
from casefile.settings_files import SETTINGS_FILE, read_case_settings, read_source_file
from desk.schedule.calendar import Calendar, calendar_of
from desk.schedule.planning import broken_off, first_turn, replanned
from desk.schedule.turns import Turn, TurnBook

Stamp = tuple[int, int]


class Roster:
    """What `jejak watch` goes by. A source with mistakes in its file keeps the settings it had, and is told of."""

    def __init__(self, folder: Path, chance: Callable[[], float]) -> None:
        self.folder, self._chance = folder, chance
        self.book = TurnBook(folder)
        self.settings = read_case_settings(folder).schedule
        self.sources: dict[str, SourceSettings] = {}
        self.calendars: dict[str, Calendar] = {}
        self.turns: dict[str, Turn] = {}
        self.mistakes: dict[str, list[Mistake]] = {}
        self._stamps: dict[Path, Stamp] = {}

    def refresh(self, now: datetime) -> bool:
        """Read what was changed in the settings; True when anything was. Raises JejakError when the case cannot be used."""
        stamps = {path: _stamp(path) for path in self._files()}
        if stamps == self._stamps:
            return False
        whole = self._read_case(stamps)
        for path in stamps:
            if path.name != SETTINGS_FILE and stamps[path] != self._stamps.get(path):
                self._read_source(path)
        names = {path.stem for path in stamps if path.name != SETTINGS_FILE}
        for name in self.sources.keys() - names:
            self._leave(name)
        self.mistakes = {name: found for name, found in self.mistakes.items() if name in names | {SETTINGS_FILE}}
        self._stamps = stamps
        self._plan(now, anew=whole)
        return True

    def replan(self, now: datetime) -> None:
        """After the clock jumped: no source may wait for a day that is years away now."""
        for name, turn in self.turns.items():
            self.turns[name] = replanned(turn, turn.by, self.calendars[name], now)

    def due(self, now: datetime) -> Iterator[str]:
        """The sources that may be crawled now, the longest due first."""
        ready = (turn for turn in self.turns.values() if turn.due <= now)
        for turn in sorted(ready, key=lambda turn: (turn.due, turn.source)):
            if not self.calendars[turn.source].is_quiet(now):
                yield turn.source

    # ------------------------------------------------------------------------------------------------------------------
    def _files(self) -> Iterator[Path]:
        yield self.folder / SETTINGS_FILE
        yield from sorted((self.folder / "sources").glob("*.yml"))

    def _read_case(self, stamps: dict[Path, Stamp]) -> bool:
        path = self.folder / SETTINGS_FILE
        if stamps[path] == self._stamps.get(path):
            return False
        try:
            self.settings = read_case_settings(self.folder).schedule
        except SettingsError as error:
            self.mistakes[SETTINGS_FILE] = error.mistakes
            return False
        self.mistakes.pop(SETTINGS_FILE, None)
        return True

    def _read_source(self, path: Path) -> None:
        try:
            self.sources[path.stem] = read_source_file(path)
        except SettingsError as error:
            self.mistakes[path.stem] = error.mistakes
        else:
            self.mistakes.pop(path.stem, None)

    def _leave(self, name: str) -> None:
        for known in (self.sources, self.calendars, self.turns):
            known.pop(name, None)
        self.book.drop(name)

    def _plan(self, now: datetime, *, anew: bool) -> None:
        """Give each scheduled source a calendar and a turn; those that are not scheduled any more have none."""
        missing: list[tuple[str, str]] = []
        for name, source in self.sources.items():
            calendar = calendar_of(source, self.settings, self._chance)
            if calendar is None:
                self.calendars.pop(name, None)
                self.turns.pop(name, None)
                continue
            self.calendars[name] = calendar
            by = _by(source, calendar)
            known = self.turns.get(name)
            turn = known or self._read_turn(name, now)
            if turn is None:
                missing.append((name, by))
            elif anew or known is None or by != turn.by:
                self.turns[name] = replanned(turn, by, calendar, now)
        if missing:
            self._look_up(missing, now)

    def _read_turn(self, name: str, now: datetime) -> Turn | None:
        turn = self.book.read(name)
        return broken_off(turn, now) if turn is not None and turn.broke_off else turn

    def _look_up(self, missing: list[tuple[str, str]], now: datetime) -> None:
        with Case.open(self.folder) as case:
            for name, by in missing:
                self.turns[name] = first_turn(name, by, self.calendars[name], case.store.crawls(name), now)

    def keep(self, turn: Turn) -> str:
        """Keep a turn, in memory whatever happens and on the disk if it can be; returns what is wrong with the disk."""
        self.turns[turn.source] = turn
        try:
            self.book.write(turn)
        except JejakError as error:
            return str(error)
        return ""


def _by(source: SourceSettings, calendar: Calendar) -> str:
    """The timetable in words; another one means that a source is planned anew."""
    return f"{source.every} ({calendar.zone.key})"


def _stamp(path: Path) -> Stamp:
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return (told.st_mtime_ns, told.st_size)
