"""What follows a crawl, in a process of its own: read, connect, watch, index; once a day the digest, and a look at what is old.

`python -m desk.schedule.chores CASE work|digest NOW` does one of them; what it says goes to `logs/`.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from filelock import FileLock

from casefile.case import Case
from casefile.children import child_environment
from casefile.errors import JejakError
from desk.schedule.turns import read_note, write_note

Chore = Literal["work", "digest"]
CHORES: tuple[Chore, Chore] = ("work", "digest")
_A_DAY = timedelta(days=1)


def start_chore(folder: Path, chore: Chore, now: datetime) -> subprocess.Popen[bytes]:
    """Begin a chore; its exit code is 0 when all of it was done, and its words are in the case's `logs/`."""
    (folder / "logs").mkdir(exist_ok=True)
    with (folder / "logs" / f"{chore}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "desk.schedule.chores", str(folder), chore, now.isoformat()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=child_environment(),
            start_new_session=True,  # Ctrl-C reaches only the daemon, which ends its chores itself
        )


def last_words(folder: Path, chore: Chore) -> str:
    """The last line that a chore said."""
    try:
        lines = (folder / "logs" / f"{chore}.log").read_text("utf-8", "replace").split("\n")
    except OSError as error:
        return str(error)
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "it said nothing")


def work(case: Case, now: datetime) -> None:
    """Read and connect what is new, look for what is watched for, index; notes what was done, and how far."""
    from desk import indexing, watching, working
    from desk.answers.alerts import show_new

    head = case.manifest.head().seq
    done = working.process(case, None)
    working.show(done, as_json=False)
    alerts = watching.watch(case)
    show_new(alerts, as_json=False)
    if (indexed := indexing.index_after_work(case)) is not None:
        indexing.show(indexed, as_json=False)
    write_note(
        case.folder,
        "work",
        at=now.isoformat(),
        head=head,
        posts_read=done.posts_read,
        networks=done.networks,
        alerts=len(alerts),
    )


def keep_no_longer(case: Case, now: datetime) -> None:
    """Once a day: remove posts that are too old, or say that there are some; what hinders it hinders nothing else."""
    from desk import forgetting
    from desk.cli import tell

    looked = read_note(case.folder, "age").get("looked")
    if looked and now - datetime.fromisoformat(looked) < _A_DAY:
        return
    try:
        forgetting.retain_daily(case, now)
    except JejakError as error:  # a crawl is at work, say: it is tried again with the next chore
        tell(error)
        return
    write_note(case.folder, "age", looked=now.isoformat())


def digest(case: Case, now: datetime) -> None:
    """Make the digest since the last one, and tell it; exits with 1 when it could not be told everywhere."""
    from desk.digest.daily import tell_digest

    if not tell_digest(case, now):
        sys.exit(1)


def main(folder: Path, chore: str, now: datetime) -> None:
    """Do one chore, one at a time in a case; `now` is the time by the clock of who began it."""
    from desk.cli import tell

    try:
        with FileLock(folder / ".locks" / f"{chore}.lock"), Case.open(folder) as case:
            keep_no_longer(case, now)
            {"work": work, "digest": digest}[chore](case, now)
    except JejakError as error:
        tell(error)
        sys.exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3]))
