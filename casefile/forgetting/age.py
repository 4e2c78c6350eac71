"""Posts that are older than the case, or their source, keeps things."""

from __future__ import annotations

from datetime import datetime, timedelta

from casefile.case import Case
from casefile.forgetting.finding import posts_beside
from casefile.forgetting.holds import WHOLE_CASE, holds_of
from casefile.forgetting.subjects import posts_of
from casefile.store.database import to_text


def old_posts(case: Case, now: datetime) -> frozenset[str]:
    """The ids of posts not seen for as many days as `retention_days` of their source, or of the case, says.

    What a legal hold keeps stays, and what lies on a page or in a file with it: that could not be proven any more.
    Raises SettingsError when a source's file is wrong: a mistake in it must not remove anything.
    """
    days = {source.name: source.retention_days for source in case.sources() if source.retention_days}
    old = {
        row["id"]
        for row in case.store.database.execute("SELECT id, source, last_seen FROM posts")
        if row["last_seen"] < to_text(now - timedelta(days=days.get(row["source"], case.settings.retention_days)))
    }
    holds = [one for one in holds_of(case) if one.released is None]
    if not old or any(WHOLE_CASE in one.keys for one in holds):
        return frozenset()
    held = {post for one in holds for post in posts_of(case.store, one.keys)}
    return frozenset(old - posts_beside(case.manifest, case.evidence_folder, held)) if held else frozenset(old)
