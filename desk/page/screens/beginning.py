"""A new case: what is asked of whoever makes one, and why."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.errors import JejakError
from casefile.settings import CaseSettings, Handling
from desk.creating import create_case
from desk.page.forms import read_form
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.report.wording import TLP_MEANING, tlp

_ASKED = ("title", "purpose", "legal_basis", "contact", "handling", "region", "retention_days")


async def beginning(request: Request) -> Response:
    """The screen of a case that is still to be made; leads to the case once there is one."""
    return RedirectResponse("/", 303) if request.app.state.opened else _shown(request)


def _shown(
    request: Request, told: dict[str, str] | None = None, wrong: frozenset[str] = frozenset(), error: JejakError | None = None
) -> Response:  # fmt: skip
    fields = CaseSettings.model_fields
    return page(
        request,
        "new.html.j2",
        400 if wrong or error else 200,
        folder=str(request.app.state.folder),
        told={"handling": Handling.AMBER.value, "retention_days": str(fields["retention_days"].default), **(told or {})},
        examples={name: fields[name].examples[0] for name in _ASKED if fields[name].examples},  # type: ignore[index]
        handlings=[(one.value, tlp(one), TLP_MEANING[one]) for one in Handling],
        wrong=wrong,
        error=error,
    )  # fmt: skip


async def begin(request: Request) -> Response:
    """Make the case as it was told, open it, and show it."""
    if request.app.state.opened:
        return RedirectResponse("/", 303)
    form = await read_form(request)
    told = {name: form.get(name, "").strip() for name in _ASKED}
    folder: Path = request.app.state.folder
    try:
        settings = CaseSettings.model_validate({name: value for name, value in told.items() if value})
        case = create_case(folder, settings)
    except ValidationError as error:
        return _shown(request, told, frozenset(str(fault["loc"][0]) for fault in error.errors()))
    except JejakError as error:
        return _shown(request, told, error=error)
    request.app.state.opened = OpenCase(case)
    return RedirectResponse("/", 303)
