"""Posts of people who warn or ask for help: that somebody looked at their contacts is written down."""

from __future__ import annotations

from collections.abc import Iterable

from casefile.case import Case
from casefile.records import Label, PostKind

_KINDS = {PostKind.PLEA, PostKind.WARNING}
_CONTACTS = {Label.PHONE, Label.HANDLE, Label.EMAIL}


def note_views(case: Case, post_ids: Iterable[str], by_command: str) -> None:
    """One line in the audit for those of the posts that are pleas or warnings with a contact; none if there is none."""
    seen = [post_id for post_id in dict.fromkeys(post_ids) if _is_sensitive(case, post_id)]
    if seen:
        case.audit("view", command=by_command, posts=", ".join(seen))


def _is_sensitive(case: Case, post_id: str) -> bool:
    reading = case.store.reading(post_id)
    return reading is not None and reading.kind in _KINDS and any(m.label in _CONTACTS for m in reading.mentions)
