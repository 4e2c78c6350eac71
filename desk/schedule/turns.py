"""Where each source stands: when it was crawled last, how that went, when it is due. One small file a source, in `.schedule/`.

Nothing is lost with them: without them the last crawl is looked up in the evidence, and the source is due as after it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from casefile.atomic import write_text
from casefile.errors import CaseError
from casefile.records import CrawlOutcome

FOLDER = ".schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """`begun` without `ended`: the crawl runs, or broke off. `by` is the timetable that `due` was found by."""

    source: str
    due: datetime
    by: str
    begun: datetime | None = None
    ended: datetime | None = None
    outcome: CrawlOutcome | None = None
    detail: str = ""
    alarm: str = ""
    pages: int = 0
    posts: int = 0
    failures: int = 0
    good: datetime | None = None

    @property
    def broke_off(self) -> bool:
        """Whether nobody saw the end of the last crawl."""
        return self.begun is not None and self.ended is None


_TURN = TypeAdapter(Turn)


class TurnBook:
    """The turns of a case, on the disk."""

    def __init__(self, case_folder: Path) -> None:
        self._folder = case_folder / FOLDER / "turns"

    def read(self, source: str) -> Turn | None:
        """Where a source stands; None when nothing was written, or what was written cannot be read."""
        try:
            return _TURN.validate_json((self._folder / f"{source}.json").read_bytes())
        except (OSError, ValidationError):
            return None

    def write(self, turn: Turn) -> None:
        """Keep where a source stands, all of it or nothing; raises CaseError or EvidenceError."""
        make_folder(self._folder)
        write_text(self._folder / f"{turn.source}.json", _TURN.dump_json(turn).decode())

    def drop(self, source: str) -> None:
        """Forget a source that is not scheduled any more."""
        (self._folder / f"{source}.json").unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """The sources that something was written of."""
        return (path.stem for path in sorted(self._folder.glob("*.json")))


def read_note(case_folder: Path, name: str) -> dict[str, str]:
    """What was noted under a name (`write_note`); nothing when there is nothing readable."""
    try:
        told = json.loads((case_folder / FOLDER / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in told.items()} if isinstance(told, dict) else {}


def write_note(case_folder: Path, name: str, **told: object) -> None:
    """Keep a few words of the schedule's own; raises CaseError or EvidenceError."""
    make_folder(case_folder / FOLDER)
    write_text(case_folder / FOLDER / f"{name}.json", json.dumps(told, default=str))


def make_folder(folder: Path) -> None:
    """Make a folder of the schedule; raises CaseError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CaseError(
            f"{folder}: cannot be made ({error.strerror})", "Check the permissions and the disk."
        ) from error
