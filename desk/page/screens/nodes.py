"""One entity or recruiter: what is known, why its contacts are held to be one's, links, posts; and judging that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.case import Case
from casefile.errors import JejakError
from casefile.records import Actor, Decision, Link
from desk.judging import judge
from desk.names import find_node
from desk.page.forms import Stale, read_form
from desk.page.notes import notes_on
from desk.page.opened import OpenCase, Ties
from desk.page.rendering import address_of_node, page
from desk.report.wording import LABEL_WORDS, LINK_WORDS, ROLE_WORDS

_MOST_LINKS, _MOST_POSTS, _MOST_JOINS = 150, 40, 60
_KINDS = {label.value: words for label, words in LABEL_WORDS.items()}
_DECISIONS = (Decision.SAME, Decision.DIFFERENT, Decision.CONFIRM, Decision.REJECT)


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as seen from one of its ends."""

    link: Link
    words: str
    outward: bool
    other: str
    role: str


async def node(request: Request) -> Response:
    """The screen of one entity or recruiter; a former id leads to what it is now."""
    opened: OpenCase = request.app.state.opened
    ties, asked = opened.ties, request.path_params["node"]
    found = asked if asked in ties.nodes else find_node(ties.connections, asked)
    if found != asked:
        return RedirectResponse(address_of_node(found), 303)
    return _shown(request, opened, found)


def _shown(request: Request, opened: OpenCase, found: str, error: JejakError | None = None) -> Response:
    ties = opened.ties
    known = ties.nodes[found]
    actor = known if isinstance(known, Actor) else None
    posts = list(actor.posts) if actor else opened.case.store.posts_naming(found)
    tied = [tie_of(link, found) for link in ties.links.get(found, ())]
    tied.sort(key=lambda tie: (-tie.link.confidence, tie.link.id))
    return page(
        request,
        "node.html.j2",
        400 if error else 200,
        node=known,
        kind="" if isinstance(known, Actor) else _KINDS.get(known.label, known.label.lower()),
        actor=actor,
        owner=None if actor else ties.actor_of.get(found),
        joins=sorted(actor.joins, key=lambda join: (join.left, join.right, -join.weight))[:_MOST_JOINS]
        if actor
        else (),
        ties=tied[:_MOST_LINKS],
        more_ties=max(0, len(tied) - _MOST_LINKS),
        posts=openings_of(opened.case, posts[:_MOST_POSTS]),
        more_posts=max(0, len(posts) - _MOST_POSTS),
        notes=notes_on(opened.noted, known),
        called=ties.called,
        error=error,
    )


def tie_of(link: Link, end: str) -> Tie:
    """A link as seen from `end`."""
    outward = link.from_id == end
    role = next((words for role, words in ROLE_WORDS.items() if role is link.role), "")
    return Tie(link, LINK_WORDS[link.kind], outward, link.to_id if outward else link.from_id, role)


def openings_of(case: Case, posts: Sequence[str]) -> list[tuple[str, str]]:
    """The ids of posts with their title, or their text."""
    return [(read.post.id, read.post.title or read.post.text) for read in case.store.read_posts(posts)]


async def judging(request: Request) -> Response:
    """Write down a decision from the form of a node's screen, connect again, and show the node as it is then."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    decision = next((one for one in _DECISIONS if one.value == form.get("decision")), None)
    subjects = [form[name] for name in ("one", "other") if form.get(name)]
    back = form.get("back", "")
    if decision is None or back not in opened.ties.nodes:
        raise Stale
    try:
        await run_in_threadpool(_judge, opened.case, decision, subjects, form.get("because", ""))
    except JejakError as error:
        return _shown(request, opened, back, error)
    return RedirectResponse(address_of_node(_now(opened.ties, back, subjects)), 303)


def _judge(case: Case, decision: Decision, subjects: Sequence[str], because: str) -> None:
    with Case.open(case.folder) as own:  # a thread of its own keeps a connection of its own
        judge(own, decision, subjects, because)


def _now(ties: Ties, back: str, subjects: Sequence[str]) -> str:
    """Where the person goes on: the same node, or the recruiter who has its contact now."""
    if back in ties.nodes:
        return back
    owners = (ties.actor_of[one].id for one in subjects if one in ties.actor_of)
    return next(owners, next((one for one in subjects if one in ties.nodes), back))
