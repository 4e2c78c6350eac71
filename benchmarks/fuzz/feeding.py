"""Feeds inputs to what reads them, counts, and keeps each that broke something."""

from __future__ import annotations

import hashlib
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what is fed is loaded by who feeds: guided, it must be watched from its first line
    from benchmarks.fuzz.targets import Target

_LONGEST = 10.0  # seconds of the processor for one input of 20 kB


class TooLong(BaseException):
    """An input took longer than any may. Not an Exception, so that nobody on the way takes it for a broken file."""


@dataclass
class Fuzzing:
    """Counts what was fed, and keeps what it found: one input of each place where something broke."""

    finds: Path
    fed: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)

    def feed(self, target: Target, data: bytes) -> None:
        """One input."""
        self.fed[target.name] += 1
        start = time.process_time()
        try:
            try_one(target, data)
        except (Exception, TooLong) as error:  # noqa: BLE001  # what is looked for
            self._keep(target, data, error)
        self.slowest[target.name] = max(self.slowest.get(target.name, 0.0), time.process_time() - start)

    def told(self, name: str) -> str:
        """One line about a target."""
        return f"{name:10} {self.fed[name]:9,} inputs, the slowest took {self.slowest[name]:.2f} s"

    def _keep(self, target: Target, data: bytes, error: BaseException) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{target.name}: {type(error).__name__} in {Path(last.filename).name}:{last.lineno}"
        if place in self.places:
            return
        self.places.add(place)
        folder = self.finds / target.name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(data).hexdigest()[:16]
        path.write_bytes(data)
        print(f"FOUND {place}: {str(error)[:200]} ({path})", flush=True)
        traceback.print_exception(error, limit=-6)


def try_one(target: Target, data: bytes) -> None:
    """Let a target read an input; raises what is a find, and nothing where it reads or refuses it."""
    former = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)
    try:
        target.read(data)
    except target.refusals:
        return
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TooLong(f"longer than {_LONGEST:.0f} s")
