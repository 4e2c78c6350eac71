"""Setting a post's reading right from its screen, and taking that back."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.case import Case
from casefile.errors import CorrectionError, JudgementError
from casefile.records import Post
from desk.page.correction_form import CorrectionForm
from desk.page.forms import read_form
from desk.page.opened import OpenCase
from desk.page.screens.reading import show_post


async def correct(request: Request) -> Response:
    """Write down what a person knows better about a post, and show the post as it is read then."""
    opened: OpenCase = request.app.state.opened
    fields = await read_form(request)
    post = opened.case.store.find_post(request.path_params["post"])
    form = CorrectionForm.of(fields, post)
    try:
        await run_in_threadpool(_write_down, opened.case, post, form)
    except (CorrectionError, JudgementError) as error:
        return show_post(request, post, form, error)
    return RedirectResponse(f"/post/{post.id}", 303)


def _write_down(case: Case, post: Post, form: CorrectionForm) -> None:
    with Case.open(case.folder) as own:  # a thread of its own keeps a connection of its own
        form.write_down(own, post)
