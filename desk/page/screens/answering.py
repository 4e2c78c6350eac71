"""Answering programs: the documented questions of `desk.page.api`, in JSON, and what they are."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from casefile.case import Case
from casefile.errors import JejakError, NotFound
from desk.page.api import Operation, description
from desk.page.opened import OpenCase
from desk.terminal import gathering


def answering(operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    """The address that answers one question."""

    async def answer(request: Request) -> Response:
        """What the command says, as one object; what is wrong, where it cannot be said."""
        opened: OpenCase = request.app.state.opened
        asked = request.query_params
        try:
            unknown = set(asked) - {one.name for one in operation.parameters}
            told = {one.name: one.read(asked.get(one.name)) for one in operation.parameters}
            if unknown:
                raise NotFound(
                    f"“{min(unknown)[:60]}” is no parameter of {operation.name}.", "See /api/v1/openapi.json"
                )
            said = await run_in_threadpool(_say, opened.case, operation, told)
        except JejakError as error:
            wrong = {"error": str(error), "remedy": error.remedy}
            return JSONResponse(wrong, 404 if isinstance(error, NotFound) else 400)
        body = json.dumps({"answer": said}, ensure_ascii=False, default=str)
        return Response(body.encode("utf-8", "replace"), media_type="application/json")

    return answer


def _say(case: Case, operation: Operation, told: dict[str, Any]) -> list[Any]:
    with Case.open(case.folder) as own, gathering() as said:  # a thread of its own keeps a connection of its own
        operation.answer(own, told)
    return said


async def openapi(_: Request) -> Response:
    """What may be asked, as OpenAPI."""
    return JSONResponse(description())
