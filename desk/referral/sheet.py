"""What stands in a referral sheet: enough to find and help a person, and nothing of the case beside it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from casefile.case import Case
from casefile.errors import ExportRefused, NotFound, SettingsError
from casefile.judgements import in_force
from casefile.records import Label, Mention, Post, PostKind, ReadPost, Role
from desk.referral.hotlines import Hotline, fitting
from desk.report.shield import is_negated, is_sign

_WAYS_TO_ANSWER = (Label.PHONE, Label.HANDLE, Label.EMAIL)
_THERE = (Role.DESTINATION, Role.WORKSITE, Role.TRANSIT, Role.MENTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One person, or several, who may need help, as one post tells of them."""

    post: Post
    kind: PostKind | None  # None: not read yet
    language: str
    because: str
    places: tuple[str, ...]
    signs: tuple[str, ...]
    contacts: tuple[tuple[Label, str], ...]
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None
    captured: tuple[tuple[datetime, str], ...]  # when, and the SHA-256 of what was captured
    hotlines: tuple[Hotline, ...]

    @property
    def author(self) -> str | None:
        """Who wrote it: only where nothing else leads to them."""
        return None if self.contacts or self.post.url else self.post.author


def make_sheet(case: Case, called: str, because: str | None) -> Sheet:
    """The sheet of a post. Raises NotFound; ExportRefused for what is hidden, or no plea and nobody said why."""
    post = case.store.find_post(called)
    if post.id in in_force(case.judgements()).hidden:
        raise ExportRefused(
            "This post was hidden by a judgement: what is hidden does not leave.",
            "`jejak judgements CASE` shows which; `jejak judge CASE undo NUMBER --because …` takes it back.",
        )
    read = next(case.store.read_posts([post.id]), None)
    kind = read.reading.kind if read else None
    if kind is not PostKind.PLEA and not (because or "").strip():
        told = f"as {_WORDS[kind]}" if kind else "by nobody yet"
        raise ExportRefused(
            f"This post was read {told}, not as a plea for help.",
            'If you see a person at risk in it, say why: --because "…". It is kept in the journal.',
        )
    history = case.store.history(post.id)
    return Sheet(
        post=post,
        kind=kind,
        language=read.reading.lang if read else post.lang or "",
        because=" ".join((because or "").split()),
        places=_places(read),
        signs=_signs(read),
        contacts=_contacts(read),
        first_seen=history.first_seen,
        last_seen=history.last_seen,
        gone_at=history.gone_at,
        captured=tuple((one.captured_at, one.payload_sha256) for one in case.store.captures(post.id)[-1:]),
        hotlines=tuple(_hotlines(case, post, read)),
    )


_WORDS = {
    PostKind.RECRUITMENT: "a job offer",
    PostKind.WARNING: "a warning",
    PostKind.NEWS: "news",
    PostKind.OTHER: "something else",
}


def _mentions(read: ReadPost | None) -> list[Mention]:
    return [one for one in read.reading.mentions if not is_negated(one)] if read else []


def _places(read: ReadPost | None) -> tuple[str, ...]:
    named = (
        str(one.attributes.get("name") or one.surface) + f" ({one.value.partition('/')[0]})"
        for one in _mentions(read)
        if one.label is Label.LOC
    )
    return tuple(dict.fromkeys(named))


def _signs(read: ReadPost | None) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(str(one.attributes.get("title") or one.value) for one in _mentions(read) if is_sign(one))
    )


def _contacts(read: ReadPost | None) -> tuple[tuple[Label, str], ...]:
    """The contacts as they were written: whose they are is not known, so the sheet says so."""
    return tuple(dict.fromkeys((one.label, one.surface) for one in _mentions(read) if one.label in _WAYS_TO_ANSWER))


def _hotlines(case: Case, post: Post, read: ReadPost | None) -> list[Hotline]:
    """Those of the countries named; where the post names none, that of the source's own country."""
    there: set[str] = set()
    home: set[str] = set()
    for one in _mentions(read):
        if one.label is Label.LOC:
            role, country = str(one.attributes.get("role") or Role.MENTION), one.value.partition("/")[0].lower()
            (there if role in _THERE else home).add(country)
    if not there | home:
        with suppress(NotFound, SettingsError):  # the source of an imported file has no country
            home.add(case.source(post.source).country)
    return fitting(there, home)
