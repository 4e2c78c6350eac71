"""How sure a join in doubt is: asked of connecting itself, less strictly, on the posts in doubt only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from casefile.judgements import InForce, Pair, pair_of
from casefile.progress import Progress, no_progress
from casefile.records import Connections, JoinReason, ReadPost
from graph.chains import reasons_by_pair
from graph.connect import connect
from graph.doubts import LEAST_DOUBT, Doubt, in_order, posts_first, posts_of_contacts, probability_of, uncertainty
from graph.settings import load_settings

MOST_WEIGHED = 1_000  # doubts; who needs only the next few waits less for fewer
_POSTS_WEIGHED = 20  # posts of each side of a doubt that are connected for it
_LEAST_SURE = 0.02  # joins that are less sure are no doubt

ReadPosts = Callable[[Collection[str]], Iterable[ReadPost]]


def weigh(
    doubts: Sequence[Doubt],
    connections: Connections,
    read_posts: ReadPosts,
    judged: InForce,
    progress: Progress = no_progress,
    most: int = MOST_WEIGHED,
) -> list[Doubt]:
    """The first `most` doubts, the most useful first, with the sureness that connecting itself gives to joins that it did not make.

    Only the posts of the contacts in doubt are connected for it, so the cost does not grow with the case.
    """
    doubts = doubts[:most]
    apart = [doubt for doubt in doubts if not doubt.joined]
    posts = {post for d in apart for post in (*d.left_posts[:_POSTS_WEIGHED], *d.right_posts[:_POSTS_WEIGHED])}
    owner = {contact: actor.id for actor in connections.actors for contact in actor.identifiers}
    surest: dict[Pair, tuple[float, list[JoinReason]]] = {}  # by the two actors: the surest join of their contacts
    for reasons in _loose_joins(read_posts(posts), judged, progress) if posts else ():
        actors = pair_of(owner.get(reasons[0].left, ""), owner.get(reasons[0].right, ""))
        sure = probability_of(reasons)
        if sure > surest.get(actors, (0.0, []))[0]:
            surest[actors] = sure, reasons
    posts_of = posts_of_contacts(connections.links)
    weighed = [doubt for doubt in doubts if doubt.joined]
    for doubt in apart:
        sure, reasons = surest.get(pair_of(owner[doubt.left], owner[doubt.right]), (0.0, []))
        if uncertainty(sure) >= LEAST_DOUBT:
            left, right = reasons[0].left, reasons[0].right
            if owner[left] != owner[doubt.left]:
                left, right = right, left
            weighed.append(
                replace(
                    doubt,
                    left=left,
                    right=right,
                    sure=round(sure, 6),
                    reasons=tuple(dict.fromkeys(reason.reason for reason in reasons)),
                    left_posts=posts_first(doubt.left_posts, posts_of.get(left, ())),
                    right_posts=posts_first(doubt.right_posts, posts_of.get(right, ())),
                )
            )
    return in_order(weighed)


def _loose_joins(posts: Iterable[ReadPost], judged: InForce, progress: Progress) -> Iterable[list[JoinReason]]:
    """The reasons of every join that is not out of the question, by pairs of contacts."""
    settings = load_settings()
    loose = settings.joins.model_copy(update={"enough": _LEAST_SURE})
    found = connect(posts, settings=settings.model_copy(update={"joins": loose}), progress=progress, judged=judged)
    return reasons_by_pair(reason for actor in found.actors for reason in actor.joins).values()
