"""Forms that the page sends to itself: read with a limit, and believed only with the mark of their session."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from casefile.errors import JejakError
from desk.page.guard import session_of

_LONGEST = 20_000  # bytes


class Stale(JejakError):
    """A form that is too old, or was not sent from this page."""

    def __init__(self) -> None:
        super().__init__(
            "This form is too old, or was not sent from this page.", "Go back, load the page again, and decide anew."
        )


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name; raises Stale where it is not one of this page in this session."""
    return dict(await read_fields(request))


async def read_fields(request: Request) -> list[tuple[str, str]]:
    """The same, with all fields that share a name."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            raise Stale
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    check_mark(request, dict(fields).get("mark", ""))
    return fields


def check_mark(request: Request, mark: str) -> None:
    """Raises Stale where the mark is not that of the session: another site may have sent this."""
    if not request.app.state.door.is_marked(session_of(request.scope), mark):
        raise Stale
