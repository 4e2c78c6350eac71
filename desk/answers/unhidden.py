"""The posts of a case as analysis may see them: without what an investigator hid."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casefile.case import Case
from casefile.judgements import in_force
from casefile.records import ReadPost


def unhidden_posts(case: Case, post_ids: Collection[str] | None = None) -> Iterator[ReadPost]:
    """The read posts (all, or those asked for), without hidden posts and without mentions of hidden entities."""
    from graph.analysis.hidden import without_hidden

    return without_hidden(case.store.read_posts(post_ids), in_force(case.judgements()).hidden)
