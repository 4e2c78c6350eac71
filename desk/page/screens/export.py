"""What leaves the case: chosen, looked at with all that is held back, given, and checked again later."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casefile.case import Case
from casefile.errors import JejakError, NotFound
from casefile.records import AuditEntry
from casefile.settings import Handling
from desk.handing_over.profiles import OURSELVES, find_profile, profiles
from desk.page.forms import read_form
from desk.page.jobs import Jobs
from desk.page.opened import OpenCase
from desk.page.rendering import page
from desk.report.wording import tlp

if TYPE_CHECKING:  # the graph is loaded only when something is to leave
    from desk.handing_over.door import Prepared

_NETWORKS, _LEFT = 100, 50
_CHOICES = ("network", "actor", "search", "handling")
_REASONS = ("purpose", "legal_basis")


async def export(request: Request) -> Response:
    """The screen of what leaves; with a recipient in the address, the preview of what would."""
    told = {name: request.query_params.get(name, "").strip() for name in ("recipient", *_CHOICES)}
    if not told["recipient"]:
        return _shown(request, told)
    try:
        prepared = await run_in_threadpool(_prepare, request.app.state.opened.case, told)
    except JejakError as error:
        return _shown(request, told, error=error)
    return _shown(request, told, prepared)


def _prepare(case: Case, told: Mapping[str, str]) -> Prepared:
    from desk.handing_over import door
    from desk.handing_over.selection import Wanted

    wanted = Wanted(network=told["network"] or None, actor=told["actor"] or None, query=told["search"] or None)
    handling = Handling(told["handling"]) if told["handling"] in list(Handling) else None
    with Case.open(case.folder) as own:  # a thread of its own keeps a connection of its own
        return door.prepare(own, door.Request(wanted=wanted, recipient=told["recipient"], handling=handling))


def _shown(
    request: Request,
    told: Mapping[str, str],
    prepared: Prepared | None = None,
    error: JejakError | None = None,
    checked: tuple[str, tuple[str, ...]] | None = None,
) -> Response:
    opened: OpenCase = request.app.state.opened
    left = [entry for entry in opened.case.audit_log() if entry.action == "export"]
    return page(
        request,
        "export.html.j2",
        400 if error else 200,
        told=told,
        recipients=sorted(profiles(opened.case).values(), key=lambda one: (one.name != OURSELVES, one.title)),
        networks=[opened.ties.networks[one] for one in opened.ties.ranked[:_NETWORKS]],
        handlings=[(one.value, tlp(one)) for one in Handling],
        tlp=tlp,
        own=OURSELVES,
        prepared=_told(prepared) if prepared else None,
        left=[(entry, _place(opened, entry).exists()) for entry in left[::-1][:_LEFT]],
        checked=checked,
        error=error,
    )


def _told(prepared: Prepared) -> dict[str, object]:
    from desk.handing_over.door import held_back
    from desk.handing_over.telling import counted, may_have

    return {
        "profile": prepared.profile,
        "marking": tlp(prepared.handling),
        "selection": prepared.selection,
        "leaves": counted(prepared.view),
        "may_have": may_have(prepared.profile),
        "held_back": held_back(prepared.held),
        "formats": [one.value for one in prepared.formats],
    }


async def give(request: Request) -> Response:
    """Let it leave as it was looked at: as work that is shown, by the command that anybody can run."""
    opened: OpenCase = request.app.state.opened
    jobs: Jobs = request.app.state.jobs
    form = await read_form(request)
    recipient = find_profile(opened.case, form.get("recipient", ""))
    told = {name: form.get(name, "").strip() for name in (*_CHOICES, *_REASONS)}
    options = [f"--{name.replace('_', '-')}={value}" for name, value in told.items() if value]
    packed = ["--package"] if form.get("packed") else []
    jobs.start(
        "Export",
        ["export", str(opened.case.folder), f"--for={recipient.name}", *options, *packed],
        about=recipient.title,
    )
    return RedirectResponse("/doing", 303)


async def check(request: Request) -> Response:
    """Check one package that left: its digests and its signature."""
    from desk.handing_over.checking import check_package

    opened: OpenCase = request.app.state.opened
    number = (await read_form(request)).get("left", "")
    entry = next(
        (one for one in opened.case.audit_log() if str(one.sequence) == number and one.action == "export"), None
    )
    if entry is None:
        raise NotFound("Nothing of this number left the case.", "Choose one of the list.")
    told = dict.fromkeys(("recipient", *_CHOICES), "")
    try:
        faults = await run_in_threadpool(
            check_package, _place(opened, entry), str(entry.details.get("manifest_sha256", ""))
        )
    except JejakError as error:
        return _shown(request, told, error=error)
    return _shown(request, told, checked=(str(entry.details.get("folder", "")), faults))


def _place(opened: OpenCase, entry: AuditEntry) -> Path:
    """Where a package that left was put; those that were put elsewhere are not found there."""
    return opened.case.folder / "exports" / Path(str(entry.details.get("folder", ""))).name
