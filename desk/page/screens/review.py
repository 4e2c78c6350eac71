"""What the machine doubts, for a person to decide: two posts side by side, one key an answer."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.case import Case
from casefile.records import Connections, Decision, ReadPost
from desk.comparing import common_spans
from desk.judging import connect_if_quick
from desk.page.cutting import cut_at
from desk.page.forms import Stale, read_form
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.page.typed import whole_number
from desk.reviewing import Question, next_questions

_LETTERS = 1_500  # of each post
_ANSWERS = {"same": Decision.SAME, "different": Decision.DIFFERENT}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two posts: its text in pieces, marked where the other says the same."""

    read: ReadPost
    pieces: tuple[tuple[str, bool], ...]
    cut: bool


async def review(request: Request) -> Response:
    """The next question; `after` passes so many over, `done` is the judgement just given."""
    opened: OpenCase = request.app.state.opened
    after, done = request.query_params.get("after", ""), request.query_params.get("done", "")
    place = whole_number(after, 5) or 0
    asked = await run_in_threadpool(_questions, opened.case, opened.ties.connections, place + 1)
    question = asked[place] if place < len(asked) else None
    return page(
        request,
        "review.html.j2",
        question=question,
        sides=sides_of(question) if question else [],
        place=place,
        done=whole_number(done, 11),
        called=opened.ties.called,
    )


def _questions(case: Case, connections: Connections, most: int) -> list[Question]:
    with Case.open(case.folder) as own:  # a thread of its own keeps a connection of its own
        return next_questions(own, connections, most)


def sides_of(question: Question) -> list[Side]:
    """The posts of a question, one beside the other."""
    reads = [question.left, *([question.right] if question.right else [])]
    spans = common_spans(*(read.post.text for read in reads)) if question.right else ([],)
    return [
        Side(read, tuple(cut_at(read.post.text[:_LETTERS], marks)), len(read.post.text) > _LETTERS)
        for read, marks in zip(reads, spans, strict=True)
    ]


async def answer(request: Request) -> Response:
    """Keep an answer, or take the last one back, and go on with the next question."""
    opened: OpenCase = request.app.state.opened
    form = await read_form(request)
    done = await run_in_threadpool(_keep, opened.case, form)
    return RedirectResponse(f"/review?after={form.get('after', '0')}{f'&done={done}' if done else ''}", 303)


def _keep(case: Case, form: dict[str, str]) -> int | None:
    """The number of the judgement that was kept; None when one was taken back."""
    with Case.open(case.folder) as own:
        if (undone := whole_number(form.get("undo", ""))) is not None:
            own.undo(undone, "taken back in review")
            connect_if_quick(own)
            return None
        decision = _ANSWERS.get(form.get("answer", ""))
        if decision is None:
            raise Stale
        shown = " and ".join(filter(None, (form.get("left_post"), form.get("right_post"))))
        because = f"seen side by side in review, posts {shown}"
        kept = own.judge(decision, [(form.get("left", ""),), (form.get("right", ""),)], because)
        connect_if_quick(own)
        return kept.sequence
