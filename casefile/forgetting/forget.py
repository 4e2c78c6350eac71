"""Forgetting posts: found, made ready, written down in the manifest, taken out of files and database; whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from casefile.case import Case, user_name
from casefile.chain import Head
from casefile.errors import JudgementError
from casefile.evidence.reading import NO_POSTS
from casefile.forgetting.finding import Lying, find_lying
from casefile.forgetting.marks import mark
from casefile.forgetting.rewriting import alone, prepare, put_in_place, throw_away
from casefile.forgetting.subjects import Subject, SubjectKind, posts_of, signs_of
from casefile.progress import Progress, no_progress
from casefile.store.database import to_text
from casefile.store.forgotten import crawl_figures
from casefile.store.unindexed import Unindexed

_LONGEST_REASON = 2_000


class Cause(StrEnum):
    """Why something was forgotten: on request, or since it was older than the case keeps things."""

    REQUEST = "request"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be forgotten, where it lies, and the end of the manifest when it was looked for."""

    posts: frozenset[str]
    marks: tuple[str, ...]
    lying: Lying
    head: Head
    cause: Cause
    what: str


def plan_forgetting(case: Case, subject: Subject, progress: Progress = no_progress) -> Plan:
    """Look where a subject's posts lie, and where else it is named; nothing is changed."""
    posts = frozenset(posts_of(case.store, subject.keys))
    marks = [mark(key) for key in subject.keys]
    if subject.kind is not SubjectKind.CONTACT:  # posts that name a contact are other people's
        marks += [mark(f"post:{post}") for post in sorted(posts)]
    signs = signs_of(case.store, subject, posts)
    head = case.manifest.head()
    lying = find_lying(case.manifest, case.evidence_folder, posts, signs, progress)
    return Plan(posts, tuple(dict.fromkeys(marks)), lying, head, Cause.REQUEST, subject.kind.value)


def plan_removal(case: Case, posts: Iterable[str], progress: Progress = no_progress) -> Plan:
    """Look where posts lie that are too old; they may be collected again."""
    removed, head = frozenset(posts), case.manifest.head()
    lying = find_lying(case.manifest, case.evidence_folder, removed, (), progress)
    return Plan(removed, (), lying, head, Cause.AGE, "post")


def checked_reason(because: str) -> str:
    """A reason as it is kept for ever; raises JudgementError when it says nothing."""
    reason = because.strip()
    if not reason or len(reason) > _LONGEST_REASON:
        raise JudgementError(
            f"This needs a reason of 1 to {_LONGEST_REASON:,} letters.",
            'Write it after --because "…"; it is kept for ever, so name nobody in it.',
        )
    return reason


def forget(case: Case, plan: Plan, because: str) -> bool:
    """Do what was planned; False when the case grew since, so that it must be planned anew.

    Raises CaseError while a crawl or an import is at work.
    """
    reason = checked_reason(because)
    locks, now, token = case.folder / ".locks", datetime.now(UTC), secrets.token_hex(8)
    with case.keeper():
        pass  # opening one sets aside what nobody counted
    line: dict[str, Any] = {
        "type": "forgotten",
        "token": token,
        "at": to_text(now),
        "by": user_name(),
        "because": reason,
        "cause": plan.cause.value,
        "what": plan.what,
        "posts": sorted(plan.posts),
        "marks": list(plan.marks),
    }
    with alone(locks):
        line["replaced"] = prepare(case.evidence_folder, token, plan.lying.spans.values(), plan.posts, now)
        with case.store.writing():
            case.store.catch_up()
            if case.manifest.head() != plan.head:
                throw_away(case.evidence_folder, token)
                return False
            line["crawls"] = crawl_figures(case.store.database, plan.lying.crawls)
            [entry] = case.manifest.append([line])
            case.store.apply(entry, NO_POSTS)
            if plan.cause is Cause.REQUEST:
                _index_anew(Unindexed(case.store.database))
        put_in_place(case.evidence_folder, token)
    case.store.purge()
    case.audit("forget", cause=plan.cause.value, what=plan.what, posts=len(plan.posts), line=int(entry["seq"]))
    return True


def _index_anew(unindexed: Unindexed) -> None:
    """What the index held is not remembered; the whole of it is replaced, with its servers' rests of deleted text."""
    if unindexed.state():
        unindexed.watch_all()
