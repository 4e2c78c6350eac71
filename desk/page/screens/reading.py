"""One post: its text with what was found in it, what it leads to, and the evidence that proves it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from casefile.case import Case
from casefile.corrections import BY_A_PERSON, by_post
from casefile.errors import JejakError, NotFound
from casefile.evidence.reading import record_body, warc_path
from casefile.identity import entity_id
from casefile.records import Mention, Post, Reading
from desk.answers.corrections import in_words
from desk.answers.sensitive import note_views
from desk.page.correction_form import CorrectionForm
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.report.marking import pieces_of
from desk.report.shield import is_negated
from desk.report.wording import KIND_WORDS, LABEL_WORDS, ROLE_WORDS

_MOST_FOUND = 200
_MOST_OF_A_CAMPAIGN = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found in the text, and the entity that it names (empty where that has no screen of its own)."""

    label: str
    words: str
    role: str
    mention: Mention
    entity: str

    @property
    def by_a_person(self) -> bool:
        """Whether a person told it, not the machine."""
        return self.mention.extractor == BY_A_PERSON


async def reading(request: Request) -> Response:
    """The screen of one post; `start`, `end` and `label` name what is to be set right."""
    opened: OpenCase = request.app.state.opened
    post = opened.case.store.find_post(request.path_params["post"])
    note_views(opened.case, [post.id], "desk")
    return show_post(request, post, CorrectionForm.of(request.query_params, post))


def show_post(request: Request, post: Post, form: CorrectionForm, error: JejakError | None = None) -> Response:
    """The screen of one post, with the form that sets it right as it was filled in."""
    opened: OpenCase = request.app.state.opened
    case, ties = opened.case, opened.ties
    read = case.store.reading(post.id)
    told = by_post(case.corrections()).get(post.id, ()) if read and read.corrections else ()
    mentions = [] if read is None else [m for m in read.mentions if not is_negated(m)]
    campaign = ties.campaign_of.get(post.id)
    return page(
        request,
        "post.html.j2",
        400 if error else 200,
        post=post,
        reading=read,
        kind=KIND_WORDS[read.kind] if read else "",
        pieces=pieces_of(post.text, sorted(mentions, key=lambda m: (m.start, -m.end)), []),
        found=found_in(read, ties.nodes) if read else [],
        actors=_actors(opened, mentions),
        campaign=campaign,
        copies=[one for one in campaign.posts if one != post.id][:_MOST_OF_A_CAMPAIGN] if campaign else [],
        captures=case.store.captures(post.id),
        history=case.store.history(post.id),
        called=ties.called,
        corrections=[(one, in_words(case, one)) for one in told],
        form=form,
        error=error,
        kinds=KIND_WORDS,
        labels=LABEL_WORDS,
        roles=ROLE_WORDS,
    )


def found_in(read: Reading, known: Container[str]) -> list[Found]:
    """What was found in a post, in the order of the text; what is denied there is said to be so. Only `known` entities have a screen."""
    found = []
    for mention in read.mentions[:_MOST_FOUND]:
        role = next((words for role, words in ROLE_WORDS.items() if role.value == mention.attributes.get("role")), "")
        words = str(mention.attributes.get("title") or mention.attributes.get("name") or mention.value)
        words = f"not: {words}" if is_negated(mention) else words
        entity = entity_id(mention) or ""
        found.append(Found(LABEL_WORDS[mention.label], words, role, mention, entity if entity in known else ""))
    return found


def _actors(opened: OpenCase, mentions: list[Mention]) -> list[str]:
    """The recruiters whose contacts a post gives."""
    named = (opened.ties.actor_of.get(entity_id(mention) or "") for mention in mentions)
    return sorted({actor.id for actor in named if actor})


async def raw_capture(request: Request) -> Response:
    """The bytes of one capture as they were received, shown as plain text: nothing in them can act."""
    opened: OpenCase = request.app.state.opened
    post = opened.case.store.find_post(request.path_params["post"])
    body = _body(opened.case, post, request.path_params["capture"])
    note_views(opened.case, [post.id], "desk raw")
    return PlainTextResponse(body.decode("utf-8", "replace"), headers={"Content-Security-Policy": "sandbox"})


def _body(case: Case, post: Post, capture_id: str) -> bytes:
    capture = next((one for one in case.store.captures(post.id) if one.id == capture_id), None)
    if capture is None:
        raise NotFound("This post has no such capture.", "Go back to the post; its captures are listed there.")
    return record_body(warc_path(case.evidence_folder, capture.warc_file), capture.warc_offset)
