"""What is being done, and starting it: crawl, read and connect, all of it, the report, the proof of the evidence."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from casefile.errors import CaseError, JejakError
from desk.page.forms import Stale, read_form
from desk.page.jobs import Job, Jobs
from desk.page.opened import OpenCase
from desk.page.rendering import page

_ACTIONS = {
    "run": "Crawl, read and connect everything",
    "crawl": "Crawl",
    "process": "Read and connect",
    "report": "Write the report",
    "verify": "Prove the evidence",
}


async def work(request: Request) -> Response:
    """The screen of what is being done."""
    return _shown(request)


def _shown(request: Request, status: int = 200, error: JejakError | None = None) -> Response:
    jobs: Jobs = request.app.state.jobs
    return page(
        request,
        "work.html.j2",
        status,
        jobs=jobs.all(),
        error=error,
        said={job.number: _said(job) for job in jobs.all()},
    )


async def work_as_json(request: Request) -> Response:
    """The same for programs, and for the screen that looks again every second."""
    jobs: Jobs = request.app.state.jobs
    return JSONResponse(
        {
            "work": [
                {
                    "id": job.number,
                    "words": job.words,
                    "running": job.is_running,
                    "code": job.code,
                    "about": job.about,
                    "progress": [asdict(advance) for advance in job.told.values()],
                    "output": _said(job),
                }
                for job in jobs.all()
            ]
        }
    )


async def start_work(request: Request) -> Response:
    """Start one of the actions, on one source or on all."""
    opened: OpenCase = request.app.state.opened
    jobs: Jobs = request.app.state.jobs
    form = await read_form(request)
    action, source = form.get("action", ""), form.get("source", "")
    if action not in _ACTIONS:
        raise Stale
    names = [opened.case.source(source).name] if source and action == "crawl" else []
    try:
        jobs.start(_ACTIONS[action], [action, str(opened.case.folder), *names], about=source if names else "")
    except CaseError as error:
        return _shown(request, 409, error)
    return RedirectResponse("/doing", 303)


async def stop_work(request: Request) -> Response:
    """Stop one job."""
    jobs: Jobs = request.app.state.jobs
    await read_form(request)
    jobs.stop(request.path_params["job"])
    return RedirectResponse("/doing", 303)


def _said(job: Job) -> str:
    return "\n".join(job.lines)
