"""Files that somebody gave: dragged in, looked at before anything is kept, then imported; and what was set aside of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from casefile.errors import ImportRefused, JejakError
from crawlers.importing.model import DateOrder
from desk.page.forms import check_mark, read_fields
from desk.page.incoming import Bundle, bundle, new_name
from desk.page.jobs import Jobs
from desk.page.opened import OpenCase
from desk.page.rendering import page

if TYPE_CHECKING:  # the readers are loaded only when something is imported
    from crawlers.importing.preview import Preview

_FILES_SHOWN = 30
_PROBLEMS_SHOWN = 200
_ONCE = ("source", "timezone", "region", "lang", "date_order")
FIELDS = ("text", "author", "published", "title", "url", "thread", "id", "reply_to", "lang", "region", "views")
"""What a column of a table may be said to hold."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about files: words as they were typed, and FIELD=HEADING for columns."""

    words: dict[str, str]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, fields: Iterable[tuple[str, str]]) -> Said:
        """Out of the fields of a form or an address."""
        told = [(name, value.strip()) for name, value in fields]
        words = {name: value for name, value in told if name in _ONCE}
        return cls(words, tuple(value for name, value in told if name == "column" and value))

    def arguments(self) -> list[str]:
        """The same for the command."""
        told = [f"--{name.replace('_', '-')}={value}" for name, value in self.words.items() if value]
        return told + [f"--column={column}" for column in self.columns]

    def address(self) -> str:
        """The same for an address."""
        return urlencode([*self.words.items(), *(("column", column) for column in self.columns)])


async def importing(request: Request) -> Response:
    """The screen onto which files are dragged; below, what was set aside of those imported before."""
    return _shown(request)


def _shown(request: Request, error: JejakError | None = None) -> Response:
    opened: OpenCase = request.app.state.opened
    problems = [problem for problem in opened.case.store.problems() if problem.stage == "import"]
    return page(
        request,
        "import.html.j2",
        400 if error else 200,
        held=new_name(),
        problems=problems[:_PROBLEMS_SHOWN],
        more=max(0, len(problems) - _PROBLEMS_SHOWN),
        error=error,
    )


async def take_file(request: Request) -> Response:
    """Hold one file: its bytes are the body, `path` says where it lay. Answers in JSON, for the script of the screen."""
    try:
        check_mark(request, request.headers.get("x-jejak-mark", ""))
        size = request.headers.get("content-length", "")
        if not size.isdecimal():
            raise ImportRefused("Nothing tells how long this file is.", "Give it once more.")
        await _bundle(request).take(request.query_params.get("path", ""), int(size), request.stream())
    except JejakError as error:
        return JSONResponse({"error": str(error), "remedy": error.remedy}, 400)
    return JSONResponse({"bytes": int(size)}, 201)


async def preview_files(request: Request) -> Response:
    """The screen of what an import would make of the files that are held; nothing is kept yet."""
    held, said = _bundle(request), Said.of(request.query_params.multi_items())
    files, error = held.entries(), None
    looked: list[Preview] = []
    try:
        looked = await run_in_threadpool(_look, request.app.state.opened, files, said)
    except ImportRefused as refused:
        error = refused
    return page(
        request,
        "import_looked_at.html.j2",
        400 if error else 200,
        held=held.name,
        previews=looked,
        files=files,
        more_are_held=len(looked) == _FILES_SHOWN,
        said=said,
        fields=FIELDS,
        orders=[order.value for order in DateOrder],
        readable=any(one.posts for one in looked),
        error=error,
    )


def _look(opened: OpenCase, files: Sequence[Path], said: Said) -> list[Preview]:
    from crawlers.importing.options import columns_told, make_options
    from crawlers.importing.preview import preview

    words = {name: value or None for name, value in said.words.items()}
    order = words.get("date_order")
    if order and order not in [one.value for one in DateOrder]:
        raise ImportRefused(f"{order[:20]!r} is no order of dates.", "Choose one of those that are offered.")
    columns = columns_told(said.columns)

    def looks() -> Iterable[Preview]:
        for file in files:
            options = make_options(
                file,
                source=words.get("source"),
                columns=columns,
                timezone=words.get("timezone"),
                region=words.get("region") or opened.case.settings.region,
                lang=words.get("lang"),
                date_order=DateOrder(order) if order else None,
            )
            yield from preview(file, options)

    return list(islice(looks(), _FILES_SHOWN))


async def keep_files(request: Request) -> Response:
    """Import the files that are held, then read and connect their posts."""
    opened: OpenCase = request.app.state.opened
    jobs: Jobs = request.app.state.jobs
    held, said = _bundle(request), Said.of(await read_fields(request))
    files = held.entries()
    case = str(opened.case.folder)
    about = files[0].name if len(files) == 1 else f"{files[0].name} + {len(files) - 1}"
    jobs.start(
        "Import",
        ["import", case, *map(str, files), *said.arguments()],
        ["process", case],
        about=about,
        afterwards=held.discard,
    )
    return RedirectResponse("/doing", 303)


async def discard_files(request: Request) -> Response:
    """Take the files away that are held, and keep nothing of them."""
    await read_fields(request)
    _bundle(request).discard()
    return RedirectResponse("/import", 303)


def _bundle(request: Request) -> Bundle:
    opened: OpenCase = request.app.state.opened
    return bundle(opened.case.folder, request.path_params["held"])
