"""Whom or what a person names when something is to be forgotten or held: a post, an author, a contact."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from casefile.errors import NotFound
from casefile.forgetting.marks import mark
from casefile.search.tokens import digits_in
from casefile.store.store import Store
from casefile.watched_names import contact_ids

_FEWEST_DIGITS = 7
_MOST_SHOWN = 8


class SubjectKind(StrEnum):
    """What can be forgotten or held."""

    POST = "post"
    AUTHOR = "author"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Subject:
    """What was named: its keys (`post:ID`, `author:SOURCE/NAME`, `profile:URL`, `contact:ENTITY`), by which it is known again."""

    kind: SubjectKind
    keys: tuple[str, ...]


def find_subject(store: Store, typed: str, kind: SubjectKind | None = None) -> Subject:
    """What was typed, as `kind` or as whatever the case has; raises NotFound when it has none or more than one."""
    found = [
        Subject(one, keys)
        for one, look in ((SubjectKind.POST, _post), (SubjectKind.CONTACT, _contact), (SubjectKind.AUTHOR, _author))
        if kind in (None, one) and (keys := look(store, typed.strip()))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        kinds = " and ".join(f"{'an' if one.kind is SubjectKind.AUTHOR else 'a'} {one.kind}" for one in found)
        raise NotFound(f"“{typed}” is {kinds} in this case.", f"Say which: --as {found[0].kind}")
    what = kind.value if kind else "post, contact or author"
    raise NotFound(f"There is no {what} “{typed}” in this case.", "Find posts with `jejak search CASE WORDS`.")


def _post(store: Store, typed: str) -> tuple[str, ...]:
    with suppress(NotFound):
        return (f"post:{store.find_post(typed).id}",)
    # One that was forgotten, and lies in a file that was given again.
    return (f"post:{typed}",) if store.is_forgotten([mark(f"post:{typed}")]) else ()


def _author(store: Store, typed: str) -> tuple[str, ...]:
    # As connecting names accounts: account:SOURCE/NAME or account:SOURCE/PROFILE.
    source, name = None, typed
    if typed.startswith("account:"):
        source, _, name = typed.removeprefix("account:").partition("/")
    query = (
        "SELECT DISTINCT source, author, author_url FROM posts "
        "WHERE (author = ?1 OR author_url = ?1) AND (?2 IS NULL OR source = ?2) ORDER BY source, author"
    )
    keys: list[str] = []
    for row in store.database.execute(query, (name, source)):
        keys += [f"profile:{row['author_url']}"] if row["author_url"] else [f"author:{row['source']}/{row['author']}"]
    return tuple(dict.fromkeys(keys))


def _contact(store: Store, typed: str) -> tuple[str, ...]:
    known = [one for one in sorted({typed, *contact_ids(typed)}) if store.posts_naming(one)]
    digits = digits_in(typed).lstrip("0")
    if not known and len(digits) >= _FEWEST_DIGITS:
        query = (
            "SELECT DISTINCT entity_id FROM mentions WHERE entity_id >= 'phone:' AND entity_id < 'phone;' "
            "AND entity_id LIKE '%' || ?"
        )
        known = [row[0] for row in store.database.execute(query, (digits,))]
        if len(known) > 1:
            raise NotFound(f"“{typed}” may be {', '.join(known[:_MOST_SHOWN])}.", "Give one of these.")
    return tuple(f"contact:{one}" for one in known)


def posts_of(store: Store, keys: Iterable[str]) -> set[str]:
    """The ids of the posts that these keys stand for now."""
    found: set[str] = set()
    for key in keys:
        kind, _, value = key.partition(":")
        if kind == "post":
            found.add(value)
        elif kind == "contact":
            found.update(store.posts_naming(value))
        elif kind == "profile":
            query = "SELECT id FROM posts WHERE author_url = ?"
            found.update(row[0] for row in store.database.execute(query, (value,)))
        else:
            source, _, author = value.partition("/")
            query = "SELECT id FROM posts WHERE source = ? AND author = ?"
            found.update(row[0] for row in store.database.execute(query, (source, author)))
    return found


def signs_of(store: Store, subject: Subject, posts: Iterable[str]) -> list[str]:
    """Words by which pages tell of the subject even where no post of it was read: addresses, a contact as it is written."""
    signs = {key.removeprefix("profile:") for key in subject.keys if key.startswith("profile:")}
    for key in subject.keys:
        if key.startswith("contact:"):
            query = "SELECT DISTINCT surface FROM mentions WHERE entity_id = ?"
            signs.update(row[0] for row in store.database.execute(query, (key.removeprefix("contact:"),)))
    if subject.kind is not SubjectKind.CONTACT:
        for post_id in posts:
            row = store.database.execute("SELECT url FROM posts WHERE id = ?", (post_id,)).fetchone()
            signs.update([row["url"]] if row and row["url"] else [])
    return sorted(sign for sign in signs if len(sign) >= _FEWEST_DIGITS)
